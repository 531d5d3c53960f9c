"""F4: nobody owns the project, its leader does, or a report waits for the owner's signature."""

from datetime import date, timedelta

import pytest

from benefits.engine.facts import OpenWarning, ReportFact
from benefits.engine.verdicts import Severity, Urgency
from tests.benefits.engine.build import HALF, LONG_AGO, evidence, finding, judge_project, project, role, target

DAY = timedelta(days=1)
OWNER, LEADER, LINE = role("owner", 2), role("leader", 1), role("measurement_responsible", 9)


def f4(*roles, as_of=HALF, **changes):
    """The finding of F4 in a project with these roles, or the usual ones."""
    return finding(judge_project(project(target(), roles=roles or (LEADER, OWNER, LINE), **changes), {}, as_of), "F4")


def report(days, signed=None):
    """A report received so many days ago, signed so many days after."""
    on = HALF - days * DAY
    return ReportFact(7, 2012, on, None if signed is None else on + signed * DAY)


def test_an_owner_who_is_not_the_leader_is_no_sign():
    assert f4().severity is Severity.NONE


@pytest.mark.parametrize(("days", "cause"), [(30, "none"), (31, "owner_vacant")])
def test_nobody_has_owned_it_for_more_than_thirty_days(days, cause):
    gone = role("owner", 2, ends_on=HALF - days * DAY)
    assert f4(LEADER, LINE, gone).cause == cause


def test_a_vacancy_says_how_long_it_has_lasted():
    found = f4(LEADER, LINE, role("owner", 2, ends_on=HALF - 45 * DAY))
    assert (found.severity, evidence(found, "days_without_owner")) == (Severity.WARN, [45])


def test_a_deputy_owns_it_too():
    assert f4(LEADER, LINE, role("owner_deputy", 5)).cause == "none"


def test_a_new_project_has_time_to_find_an_owner():
    began = HALF - 40 * DAY
    found = f4(LEADER, LINE, starts_on=began, followed_since=began)
    assert (found.cause, found.severity) == ("owner_vacant", Severity.WATCH)


def test_the_leader_owns_it():
    found = f4(LEADER, LINE, role("owner", 1))
    assert (found.cause, found.severity) == ("owner_is_leader", Severity.WARN)


def test_one_owner_of_a_joint_project_who_does_not_lead_it_is_enough():
    assert f4(LEADER, LINE, role("owner", 1), role("owner", 4)).cause == "none"


@pytest.mark.parametrize(
    ("days", "signed", "cause"),
    [(59, None, "none"), (60, None, "report_unsigned"), (200, 5, "none"), (200, 201, "report_unsigned")],
)
def test_a_report_is_signed_within_sixty_days(days, signed, cause):
    assert f4(reports=(report(days, signed),)).cause == cause


def test_the_signature_closes_it():
    assert f4(reports=(report(200, 201),), as_of=HALF + DAY).cause == "none"


def test_an_ended_project_needs_no_owner_but_its_reports_are_still_signed():
    ended = {"ends_on": HALF - 90 * DAY, "starts_on": LONG_AGO}
    assert f4(LINE, **ended).cause == "none"
    assert f4(LINE, reports=(report(70),), **ended).cause == "report_unsigned"


def test_the_evidence_names_the_oldest_report():
    found = f4(reports=(report(100), ReportFact(8, 2013, HALF - 61 * DAY)))
    assert evidence(found, "report_year") == ["2012"]
    assert evidence(found, "days_unsigned") == [100]


def test_july_does_not_count_while_a_signature_is_waited_for():
    may = ReportFact(7, 2012, date(2013, 5, 15))
    assert f4(reports=(may,), as_of=date(2013, 8, 13)).cause == "none"  # 90 days, 31 of them in July
    assert f4(reports=(may,), as_of=date(2013, 8, 14)).cause == "report_unsigned"


def warning(days, severity=3, seen=None, **changes):
    """A warning that was opened so many days ago."""
    facts = {
        "rule": "F3",
        "target": 1,
        "cause": "baseline_missing",
        "severity": severity,
        "opened_on": HALF - days * DAY,
    }
    return OpenWarning(**{**facts, "acknowledged_on": seen, **changes})


@pytest.mark.parametrize(
    ("warnings", "cause"),
    [
        ((46, 46), "warnings_unanswered"),
        ((45, 46), "none"),
        ((200,), "none"),
        ((), "none"),
    ],
)
def test_two_warnings_nobody_has_answered(warnings, cause):
    opened = tuple(warning(days, target=number) for number, days in enumerate(warnings, 1))
    found = f4(open_warnings=opened)
    assert found.cause == cause
    if cause != "none":
        assert (found.severity, evidence(found, "unanswered")) == (Severity.WARN, [2])


@pytest.mark.parametrize("changes", [{"seen": HALF - DAY}, {"severity": 2}])
def test_what_has_been_seen_or_is_only_watched_does_not_count(changes):
    assert f4(open_warnings=(warning(100), warning(100, **changes))).cause == "none"


def test_warnings_nobody_answers_raise_the_concerns_they_are_about_and_are_none_themselves():
    facts = project(target(values=()), open_warnings=(warning(100), warning(90, rule="F5", target=None)))
    (concern,) = judge_project(facts, {}, HALF).concerns
    assert (concern.cause, concern.rules, concern.urgency) == ("target_undefined", ("F3", "F4"), Urgency.DEADLINE)
    (plain,) = judge_project(project(target(values=())), {}, HALF).concerns
    assert plain.urgency is Urgency.REST
