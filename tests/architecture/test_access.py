"""Every address is walked with every role and method, and answers as access_table.py says.

An address without a row fails, so nobody can add a page without deciding who sees it.
"""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from benefits.models import EvaluationPoint, PitfallWarning, SeriesBreak
from saman import clock
from tests import factories
from tests.architecture.access_table import ACTORS, CLOSED, DONE, KINDS, OTHER_METHODS, SEEN, TABLE, TRIERS
from tests.architecture.objects import annual_reports, grant_of, plan_of

pytestmark = pytest.mark.django_db


def names(resolver=None):
    """The name of every address in the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


@pytest.fixture
def world(
    project, leader, owner, benefit_owner, adviser, reader, admin, stranger, other_leader, union_representative,
    settings,
):  # fmt: skip
    """The personas, and one object of each kind an address may name."""
    target = factories.target(project, is_main=True)
    value = factories.measurement(target, date(2014, 12, 31), 10)
    warning = PitfallWarning.objects.create(
        project=project, rule="F3", target=target, severity=3, cause="baseline_missing",
        opened_on=date(2015, 1, 5), last_seen_on=date(2015, 1, 5),
    )  # fmt: skip
    warning.events.create(kind="opened", on=warning.opened_on, recorded_at=clock.now(), severity=3)
    series_break = SeriesBreak.objects.create(
        target=target, on=date(2014, 7, 1), kind="other", note="Ny enhet", recorded_at=clock.now()
    )
    post, allocation = factories.freed_time(project)
    seen = factories.stakeholder(project, -1, 3)
    link = factories.map_link(factories.map_box(project), factories.map_box(project, kind="effect"))
    return {
        "post": post.number,
        "allocation": allocation.pk,
        "counting": factories.counted_elsewhere(factories.target(project), target).pk,
        "place": project.municipalities.get().number,
        "slug": project.slug,
        "group": seen.group.number,
        "stakeholder": seen.pk,
        "objection": factories.objection_answer(seen.group).pk,
        **annual_reports(project, leader, adviser),
        **plan_of(project, leader),
        **grant_of(project, leader, adviser),
        "programme": project.cohort.programme.slug,
        "number": target.number,
        "measurement": value.pk,
        "break": series_break.pk,
        "evaluation": EvaluationPoint.objects.create(target=target, on=date(2015, 1, 5), recorded_at=clock.now()).pk,
        "person": leader.pk,
        "milestone": factories.milestone(project).pk,
        "box": link.origin_id,
        "link": link.pk,
        "warning": warning.pk,
        "handover": factories.handover(project, leader, benefit_owner).pk,
        "case": warning.pk,
        "rule": warning.rule,
        "page": "gevinster",
        "view": factories.saved_view(project.cohort.programme, adviser).pk,
        "figure": "status",
        "form": "csv",
        "cohort": project.cohort.slug,
        "threshold": "grace_days",
        "role": project.roles.earliest("pk").pk,
        "people": {
            "deactivated": factories.user("Inaktiv", is_active=False, is_administrator=True),
            "stranger": stranger, "leader": leader, "other_leader": other_leader, "owner": owner,
            "benefit_owner": benefit_owner, "adviser": adviser, "reader": reader, "admin": admin,
            "union_rep": union_representative,
        },
    }  # fmt: skip


def address(name, world):
    """The address with the world's objects in its places."""
    patterns = get_resolver().reverse_dict.getlist(name)
    wanted = patterns[0][0][0][1]
    return reverse(name, kwargs={parameter: argument(parameter, name, world) for parameter in wanted})


def argument(parameter, name, world):
    """The world's value for an address's parameter; `pk` means whatever the address is named after."""
    if parameter == "pk":
        return world[name.split("_", 1)[0]]
    own = f"setup_{parameter}"
    return world[own] if name.startswith("setup_") and own in world else world[parameter]


def signed_in(world):
    """Each actor's cookies, signed in once."""
    clients = {actor: Client() for actor in ACTORS}
    for actor, person in world["people"].items():
        clients[actor].force_login(person)
    return {actor: client.cookies for actor, client in clients.items()}


def client_with(cookies):
    """A browser with these cookies and no more."""
    client = Client()
    client.cookies.load(cookies.output(header=""))
    return client


def expected(kind, actor, method):
    """The answers the house rule allows."""
    if kind is None:
        return {405, 404, 302} if method == "GET" else {405, 403, 404, 302}
    let_in, told = KINDS[kind]
    if kind == "public":
        return SEEN if method == "GET" else DONE | {404}
    if actor in let_in:
        return SEEN if method == "GET" else DONE
    if actor in {"anonymous", "deactivated"}:
        return {302}
    return {403} if actor in told else {404}


def test_every_address_has_a_row():
    rowless = {name or "(nameless)" for name in names()} - set(TABLE) - CLOSED
    assert not rowless, f"decide who may use these addresses, in TABLE: {sorted(rowless)}"
    assert not set(TABLE) - set(names()), "rows for addresses that are gone"


@pytest.mark.parametrize("kinds", sorted(set(TABLE.values()), key=str), ids=str)
def test_everyone_gets_what_the_table_says(kinds, world):
    cookies, wrong = signed_in(world), []
    for name in (name for name, row in TABLE.items() if row == kinds):
        url = address(name, world)
        with transaction.atomic():
            for actor in ACTORS:
                wrong += wrong_answers(url, kinds, actor, cookies[actor])
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def wrong_answers(url, kinds, actor, cookies):
    """What an address answers an actor that the table does not say."""
    for method, kind in zip(("GET", "POST"), kinds, strict=True):
        client = client_with(cookies)
        response = client.generic(method, url)
        if not is_right(response, kind, actor, method):
            yield f"{method} {url} as {actor}: {response.status_code}, not as «{kind}»"
    for method in OTHER_METHODS if actor in TRIERS else ():
        if is_answered(client.generic(method, url)):
            yield f"{method} {url} as {actor}"


def is_right(response, kind, actor, method):
    """Whether the answer is one the house rule allows; being sent to sign in is not being let in."""
    sent_away = response.status_code == 302 and response.headers["Location"].startswith("/logg-inn/")
    let_in = kind not in (None, "public") and actor in KINDS[kind][0]
    return response.status_code in expected(kind, actor, method) and not (let_in and sent_away)


def is_answered(response):
    """Whether a method nobody uses did something."""
    return response.status_code not in {302, 403, 404, 405}
