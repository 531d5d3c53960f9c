"""Who may do what at every address: a table over the whole URLconf, walked with every role and method.

An address without a row fails, so nobody can add a page without deciding who sees it. House rule: a stranger to a
project gets 404 and learns nothing; someone who may read but not do this gets 403; who is not signed in is sent to
sign in.
"""

from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.actor import Actor
from benefits.models import PitfallWarning, SeriesBreak
from reporting.annual.actions import reviews
from saman import clock
from tests import factories
from tests.reporting.annual.writing import a_round, begun, filled, submitted

pytestmark = pytest.mark.django_db

ACTORS = (
    "anonymous", "deactivated", "stranger", "leader", "other_leader", "owner", "benefit_owner", "adviser", "reader",
    "admin",
)  # fmt: skip
PROJECT_PEOPLE = {"leader", "owner", "benefit_owner", "adviser"}
DONE = {200, 302, 303, 400, 409, 422, 428}  # the actor got in; what the page thought of an empty form is another matter
SEEN = {200, 302, 303}
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "TRACE")

# What each kind of page asks for: those let in; those who are told 403. Everyone else signed in gets 404.
KINDS = {
    "public": (set(ACTORS), set()),
    "signed_in": (set(ACTORS) - {"anonymous", "deactivated"}, set()),
    "project_read": (PROJECT_PEOPLE, set()),
    "project_measure": ({"leader", "benefit_owner"}, PROJECT_PEOPLE - {"leader", "benefit_owner"}),
    "project_write": ({"leader"}, PROJECT_PEOPLE - {"leader"}),
    "project_draft": (PROJECT_PEOPLE - {"adviser"}, {"adviser"}),
    "project_sign": ({"owner"}, PROJECT_PEOPLE - {"owner"}),
    "project_answer": ({"leader", "owner"}, PROJECT_PEOPLE - {"leader", "owner"}),
    "programme_adviser": ({"adviser"}, set()),
    "programme_watch": ({"adviser", "admin"}, set()),
    "programme_hold": ({"admin"}, {"adviser"}),
    "administrator": ({"admin"}, set(ACTORS) - {"admin"}),
    "nobody": (set(), set()),
}

# name of the address: (kind for GET, kind for POST); None: the method is not answered (405).
TABLE = {
    "front": ("public", None),
    "catalogue": ("public", None),
    "public_project": ("public", None),
    "about": ("public", None),
    "how": ("public", None),
    "privacy": ("public", None),
    "accessibility": ("public", None),
    "health_live": ("public", None),
    "health_ready": ("public", None),
    "health_operations": ("public", None),
    "set_language": (None, "public"),
    "account_login": ("public", "public"),
    "account_request_login_code": ("public", "public"),
    "account_confirm_login_code": ("public", "public"),
    "account_inactive": ("public", None),
    "account_logout": ("public", "public"),
    "demo_sign_in": (None, "public"),
    "account": ("signed_in", None),
    "sign_out_everywhere": (None, "signed_in"),
    "my_work": ("signed_in", None),
    "project_overview": ("project_read", None),
    "target_new": ("project_write", "project_write"),
    "target": ("project_read", None),
    "target_edit": ("project_write", "project_write"),
    "target_main": (None, "project_write"),
    "target_withdraw": (None, "project_write"),
    "target_history": ("project_read", None),
    "break_new": (None, "project_write"),
    "break_withdraw": (None, "project_write"),
    "measurement_new": ("project_measure", "project_measure"),
    "measurements_paste": ("project_measure", "project_measure"),
    "measurements_csv": ("project_read", None),
    "measurement_edit": ("project_measure", "project_measure"),
    "measurement_withdraw": (None, "project_measure"),
    "project_history": ("project_read", None),
    "warning": ("project_read", None),
    "warning_seen": (None, "project_answer"),
    "warning_action": ("project_answer", "project_answer"),
    "warning_accept": ("project_sign", "project_sign"),
    "warning_false": ("project_answer", "project_answer"),
    "milestones": ("project_read", None),
    "milestone_new": ("project_write", "project_write"),
    "milestone_edit": ("project_write", "project_write"),
    "milestone_report": ("project_write", "project_write"),
    "milestone_decide": ("project_sign", "project_sign"),
    "milestone_withdraw": ("project_write", "project_write"),
    "report_list": ("project_read", None),
    "report_receipt": ("project_read", None),
    "report_submitted": ("project_read", None),
    "report_round": ("project_draft", "project_write"),
    "report_section": ("project_write", "project_write"),
    "report_preview": ("project_draft", None),
    "report_to_owner": (None, "project_write"),
    "report_sign": (None, "project_sign"),
    "report_submit": (None, "project_write"),
    "dashboard": ("programme_adviser", None),
    "dashboard_evidence": ("programme_adviser", None),
    "rule_record": ("programme_watch", None),
    "rule_release": ("programme_hold", "programme_hold"),
    "report_queue": ("programme_adviser", None),
    "report_review": ("programme_adviser", None),
    "report_comment": (None, "programme_adviser"),
    "report_comment_withdraw": (None, "programme_adviser"),
    "report_section_read": (None, "programme_adviser"),
    "report_questions": (None, "programme_adviser"),
    "report_decide": (None, "programme_adviser"),
    "setup": ("administrator", None),
    "operations": ("administrator", None),
    "setup_load_places": (None, "administrator"),
    "setup_programme": ("administrator", None),
    "setup_cohort": ("administrator", None),
    "setup_project": ("administrator", None),
    "setup_people": ("administrator", None),
    "setup_person": ("administrator", "administrator"),
    "setup_place_new": ("administrator", "administrator"),
    "setup_programme_new": ("administrator", "administrator"),
    "setup_programme_edit": ("administrator", "administrator"),
    "setup_programme_role_new": ("administrator", "administrator"),
    "setup_theme_new": ("administrator", "administrator"),
    "setup_cohort_new": ("administrator", "administrator"),
    "setup_cohort_edit": ("administrator", "administrator"),
    "setup_project_new": ("administrator", "administrator"),
    "setup_project_edit": ("administrator", "administrator"),
    "setup_project_follow": ("administrator", "administrator"),
    "setup_participation": ("administrator", "administrator"),
    "setup_role_new": ("administrator", "administrator"),
    "setup_role_end": ("administrator", "administrator"),
    "setup_thresholds": ("administrator", None),
    "setup_threshold": ("administrator", "administrator"),
    "setup_threshold_default": ("administrator", "administrator"),
    "setup_rounds": ("administrator", None),
    "setup_round_new": ("administrator", "administrator"),
    "setup_round": ("administrator", None),
    "setup_round_edit": ("administrator", "administrator"),
    "setup_round_close": (None, "administrator"),
    "setup_round_section": ("administrator", "administrator"),
    "setup_round_question": ("administrator", "administrator"),
    "setup_round_question_new": ("administrator", "administrator"),
    "setup_round_question_remove": ("administrator", "administrator"),
    "setup_round_question_move": (None, "administrator"),
}
# Addresses that only exist so that the sign-in library can name them; nothing is behind them.
CLOSED = {
    "account_email_verification_sent", "account_reauthenticate", "account_signup", "openid_connect_callback",
    "openid_connect_login", "socialaccount_connections", "socialaccount_login_cancelled", "socialaccount_login_error",
    "socialaccount_signup",
}  # fmt: skip


def names(resolver=None):
    """The name of every address in the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


@pytest.fixture
def world(project, leader, owner, benefit_owner, adviser, reader, admin, stranger, other_leader, settings):
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
    return {
        "slug": project.slug,
        **annual_reports(project, leader, adviser),
        "programme": project.cohort.programme.slug,
        "number": target.number,
        "measurement": value.pk,
        "break": series_break.pk,
        "person": leader.pk,
        "milestone": factories.milestone(project).pk,
        "warning": warning.pk,
        "rule": warning.rule,
        "cohort": project.cohort.slug,
        "threshold": "grace_days",
        "role": project.roles.earliest("pk").pk,
        "people": {
            "deactivated": factories.user("Inaktiv", is_active=False, is_administrator=True),
            "stranger": stranger, "leader": leader, "other_leader": other_leader, "owner": owner,
            "benefit_owner": benefit_owner, "adviser": adviser, "reader": reader, "admin": admin,
        },
    }  # fmt: skip


def annual_reports(project, leader, adviser):
    """A report of the year before, submitted and under review, and this year's begun."""
    earlier = a_round(
        project.cohort.programme, year=2013, period_start=date(2013, 1, 1), period_end=date(2013, 12, 31),
        opens_on=date(2013, 12, 1), deadline=date(2014, 2, 3),
    )  # fmt: skip
    submission = submitted(filled(begun(project, leader, earlier), leader), leader)
    begun(project, leader, a_round(project.cohort.programme))
    shown = {"round": "2014", "section": "videre", "receipt": submission.number}
    return {**shown, **under_review(submission, adviser)}


def under_review(submission, adviser):
    """The submission's review with a comment, and its round."""
    review = reviews.open_review(by=Actor(adviser, clock.now()), submission=submission)
    key = submission.contents["content"]["sections"][0]["key"]
    comment = reviews.comment(by=Actor(adviser, clock.now()), review=review, section=key, text="Hva skjedde?")
    question = submission.report.form.sections.first().questions.first()
    return {
        "submission": submission.pk, "comment": comment.pk, "setup_round": submission.report.round_id,
        "kind": "full", "setup_section": question.section.key, "question": question.key,
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


def client_of(actor, world):
    """A browser in which the actor is signed in."""
    client = Client(raise_request_exception=True)
    if actor != "anonymous":
        client.force_login(world["people"][actor])
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


@pytest.mark.parametrize("name", sorted(TABLE))
def test_everyone_gets_what_the_table_says(name, world):
    url = address(name, world)
    wrong = []
    for actor in ACTORS:
        for method, kind in zip(("GET", "POST"), TABLE[name], strict=True):
            client = client_of(actor, world)
            response = client.generic(method, url)
            if not is_right(response, kind, actor, method):
                wrong.append(f"{method} {url} as {actor}: {response.status_code}, not as «{kind}»")
        wrong += [f"{method} {url} as {actor}" for method in OTHER_METHODS if is_answered(client.generic(method, url))]
    assert not wrong, "\n".join(wrong)


def is_right(response, kind, actor, method):
    """Whether the answer is one the house rule allows; being sent to sign in is not being let in."""
    sent_away = response.status_code == 302 and response.headers["Location"].startswith("/logg-inn/")
    let_in = kind not in (None, "public") and actor in KINDS[kind][0]
    return response.status_code in expected(kind, actor, method) and not (let_in and sent_away)


def is_answered(response):
    """Whether a method nobody uses did something."""
    return response.status_code not in {302, 403, 404, 405}
