"""Freed time of under five positions: warnings tell those outside that there is a sign, and never how much."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from accounts.actor import Actor
from benefits import wording
from benefits.actions.warnings import register_action
from benefits.discretion import AMOUNTS, withhold
from benefits.models import Concern, FreedTimeVersion, PitfallWarning
from tests import factories
from tests.factories import noon
from tests.reporting.work.assessing import assess

pytestmark = pytest.mark.django_db
TODAY, BEFORE = date(2015, 1, 22), date(2014, 9, 1)
# Warnings say one decimal, the programme's sum two. The small post has 3,33 of the årsverk, of which 1,12 are used.
FREED, USED = Decimal("43.74"), Decimal("21.43")
SUMS = ("43,7", "21,4", "22,3")
WORDS = "Av de 3,3 er 2,2 ikke bestemt"
SENTENCE = "Noe av tiden som er frigitt, eller snart blir det, har ingen bestemt bruk."


@pytest.fixture
def few(project, leader):
    """F6: time of four positions beside that of forty, with an action of the leader's that names the amounts."""
    factories.target(project, is_main=True)
    factories.freed_time(project, Decimal("1.12"), amount=Decimal("3.33"), posts=4, starts_on=BEFORE)
    factories.freed_time(project, Decimal("20.31"), amount=Decimal("40.41"), posts=40, starts_on=BEFORE)
    return seen(project, leader)


def seen(project, leader):
    assess(project, on=TODAY)
    found = PitfallWarning.objects.get(rule="F6", closed_on=None)
    assert (found.cause, found.severity) == ("freed_unallocated", 3)
    register_action(by=Actor(leader, noon(TODAY)), warning=found, note=WORDS)
    assess(project, on=TODAY)
    Concern.objects.exclude(cause=found.cause).delete()  # «Min side» names the first only
    found.refresh_from_db()
    return found


def pages(project, warning):
    """Every page where the warning may be met, by what it is called."""
    slug, programme = project.slug, project.cohort.programme.slug
    addresses = {name: reverse(name, args=[slug]) for name in ("project_overview", "continuation", "plan", "freed_time",
                 "benefit_map", "public_project", "counting")}  # fmt: skip
    addresses |= {name: reverse(name, args=[programme]) for name in ("dashboard", "rule_record")}
    addresses |= {name: reverse(name, args=[slug, warning.pk]) for name in ("warning", "case", "case_docx")}
    addresses["project_history"] = reverse("project_history", args=[slug]) + "?dato=22.01.2015"
    addresses["my_work"] = reverse("my_work")
    addresses["popup"] = reverse("dashboard_evidence", args=[programme, slug, "F6"])
    return addresses


def read(client, address):
    headers = {"HX-Request": "true"} if "grunnlag" in address else {}
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    content = answer.content
    if address.endswith(".docx"):
        content = ZipFile(BytesIO(content)).read("word/document.xml")
    return " ".join(content.decode().replace("\u00a0", " ").split())


def told(page):
    return [words for words in (*SUMS, WORDS) if re.search(rf"\b{words}\b", page)]


# Where the sign is told to an adviser at all, and by which of its words.
TELLS = {
    "project_overview": SENTENCE,
    "dashboard": SENTENCE,
    "my_work": SENTENCE,
    "warning": SENTENCE,
    "case": SENTENCE,
    "case_docx": SENTENCE,
    "popup": "Fri fra",
}


def test_an_adviser_is_told_of_the_sign_and_of_no_amount(client, project, adviser, few):
    client.force_login(adviser)
    for name, address in pages(project, few).items():
        page = read(client, address)
        assert not told(page), name
        assert TELLS.get(name, "") in page, name


def test_the_projects_own_people_see_all_of_it(client, project, leader, owner, benefit_owner, few):
    for person in (leader, owner, benefit_owner):
        client.force_login(person)
        addresses = pages(project, few)
        page = read(client, addresses["project_overview"])
        assert "Av 43,7 årsverk som er frigitt eller snart blir det, er bruken av 22,3 ikke bestemt" in page
        assert WORDS in read(client, addresses["warning"])
        assert {"43,7", "22,3"} <= set(told(read(client, addresses["case"])))


@pytest.mark.parametrize("posts", [5, None])
def test_an_adviser_sees_amounts_that_tell_of_nobody(client, project, leader, adviser, posts):
    factories.target(project, is_main=True)
    factories.freed_time(project, USED, amount=FREED, posts=posts, starts_on=BEFORE)
    warning = seen(project, leader)
    client.force_login(adviser)
    addresses = pages(project, warning)
    for name in TELLS:
        assert {"43,7", "22,3"} <= set(told(read(client, addresses[name]))), name
    assert WORDS in read(client, addresses["warning"])


@pytest.mark.parametrize(
    ("uses", "cause"),
    [
        ([], "freed_unused"),
        ([{"fte": "2.71"}], "freed_over_allocated"),
        ([{"fte": "0.87", "use": "budget_cut"}], "cut_without_line"),
    ],
)
def test_none_of_the_causes_tells(project, uses, cause):
    made, _use = factories.freed_time(
        project, None, amount=Decimal("0.87"), posts=4, starts_on=BEFORE, attested_on=BEFORE
    )
    for use in uses:
        factories.allocation(made, use.pop("fte"), starts_on=BEFORE, decided_on=BEFORE, **use)
    factories.target(project, is_main=True)
    assess(project, on=TODAY)
    concern, warning = Concern.objects.get(cause=cause), PitfallWarning.objects.get(cause=cause)
    withhold([concern], [warning])
    said = " ".join([wording.concern_sentence(concern), *map(" ".join, wording.evidence_lines(warning.evidence))])
    assert not re.search(r"\d,\d", said), said
    assert (concern.cause, warning.cause) == (cause, cause)


def test_the_amounts_have_a_name_in_every_finding(few):
    """What is not a date, a number of a post or a code is an amount, so that none is forgotten."""
    amounts = {row["label"] for row in few.evidence if isinstance(row["value"], float)}
    assert amounts <= AMOUNTS


def grown(version, on):
    """The same post is said to be of forty positions from a day on."""
    facts = {field.attname: getattr(version, field.attname) for field in version._meta.concrete_fields}
    FreedTimeVersion.objects.filter(pk=version.pk).update(superseded_at=noon(on))
    FreedTimeVersion.objects.create(**facts | {"id": None, "posts": 40, "valid_from": on, "recorded_at": noon(on)})


def test_a_closed_warning_is_judged_by_what_the_ledger_was(client, project, adviser, few):
    factories.allocation(project.freed_time.get(number=2), Decimal("20.1"), starts_on=BEFORE)
    assess(project, on=TODAY)
    few.refresh_from_db()
    assert few.closed_on == TODAY
    grown(FreedTimeVersion.objects.get(posts=4), TODAY + timedelta(days=1))
    client.force_login(adviser)
    addresses = pages(project, few)
    for name in ("warning", "project_overview"):
        assert not told(read(client, addresses[name])), name


def test_a_slip_that_is_corrected_hides_nothing(client, project, leader, adviser):
    factories.target(project, is_main=True)
    factories.freed_time(project, USED, amount=FREED, posts=4, starts_on=BEFORE)
    grown(FreedTimeVersion.objects.get(), BEFORE)
    warning = seen(project, leader)
    client.force_login(adviser)
    assert {"43,7", "22,3"} <= set(told(read(client, pages(project, warning)["project_overview"])))


def test_what_is_told_a_reader_is_never_stored(client, project, adviser, few):
    before = list(Concern.objects.values("values")), list(PitfallWarning.objects.values("evidence"))
    client.force_login(adviser)
    for address in pages(project, few).values():
        client.get(address)
    assert before == (list(Concern.objects.values("values")), list(PitfallWarning.objects.values("evidence")))


def test_it_costs_one_question(project, few, django_assert_num_queries):
    concerns, warnings = list(Concern.objects.all()), list(PitfallWarning.objects.all())
    with django_assert_num_queries(1):
        withhold(concerns, warnings)
