"""F5: the leader goes, or has gone, and who takes over."""

from datetime import date, timedelta

import pytest

from benefits.engine.facts import PlannedPoint
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import END, HALF, LONG_AGO, evidence, finding, judge_project, project, role, target

DAY = timedelta(days=1)
LINE = role("measurement_responsible", 9)
OWNER = role("owner", 2)


def f5(*roles, targets=None, as_of=HALF, **changes):
    """The finding of F5 in a project with these roles."""
    facts = project(*(targets if targets is not None else [target()]), roles=roles, **changes)
    return finding(judge_project(facts, {}, as_of), "F5")


def leader(days, person=1, **more):
    """A leader whose role ends so many days after the date looked at."""
    return role(person=person, ends_on=HALF + days * DAY, **more)


@pytest.mark.parametrize(
    ("days", "severity", "cause"),
    [
        (0, Severity.CRITICAL, "leader_leaving"),
        (60, Severity.CRITICAL, "leader_leaving"),
        (61, Severity.NONE, "none"),
        (-1, Severity.WATCH, "leader_vacant"),
        (-30, Severity.WATCH, "leader_vacant"),
        (-31, Severity.WARN, "leader_vacant"),
    ],
)
def test_the_leader_goes_and_nobody_takes_over(days, severity, cause):
    found = f5(leader(days), OWNER, LINE)
    assert (found.severity, found.cause) == (severity, cause)


@pytest.mark.parametrize(("gap", "cause"), [(1, "handover_missing"), (30, "handover_missing"), (31, "leader_leaving")])
def test_a_successor_must_come_within_thirty_days(gap, cause):
    successor = role(person=3, starts_on=HALF + (40 + gap) * DAY)
    assert f5(leader(40), successor, OWNER, LINE).cause == cause


def test_a_move_with_successor_and_record_is_good():
    roles = (leader(40), role(person=3, starts_on=HALF + 41 * DAY), OWNER, LINE)
    assert f5(*roles, handover_recorded_on=HALF).severity is Severity.NONE
    assert f5(*roles, handover_recorded_on=LONG_AGO - DAY).severity is Severity.WARN  # another leader's record
    assert f5(*roles, handover_recorded_on=HALF + DAY).severity is Severity.WARN  # not yet recorded


def test_a_record_not_everyone_has_accepted_is_said_so():
    roles = (leader(40), role(person=3, starts_on=HALF + 41 * DAY), OWNER, LINE)
    found = f5(*roles, handover_waits_since=HALF - DAY)
    assert (found.cause, evidence(found, "handover_waits_since")) == ("handover_missing", [HALF - DAY])
    assert evidence(f5(*roles, handover_waits_since=LONG_AGO - DAY), "handover_waits_since") == []


def test_no_record_is_missed_where_handovers_are_not_kept():
    roles = (leader(40), role(person=3, starts_on=HALF + 41 * DAY), OWNER, LINE)
    assert f5(*roles, keeps_handovers=False).severity is Severity.NONE


def test_a_deputy_stands_in():
    deputy = role("leader_deputy", 3)
    assert f5(leader(40), deputy, OWNER, LINE).severity is Severity.NONE
    assert f5(leader(-40), deputy, OWNER, LINE).severity is Severity.NONE


def test_one_of_two_leaders_may_go():
    assert f5(leader(40), role(person=3), OWNER, LINE).severity is Severity.NONE


@pytest.mark.parametrize(("days", "severity"), [(30, None), (31, Severity.WARN)])
def test_a_project_that_never_had_a_leader(days, severity):
    found = f5(OWNER, LINE, starts_on=LONG_AGO, followed_since=HALF - days * DAY - 180 * DAY)
    assert found.severity is Severity.WARN
    young = f5(OWNER, LINE, followed_since=HALF - days * DAY)
    assert young.severity is (severity and Severity.WATCH)
    assert young.missing == (() if severity else ("roles",))


@pytest.mark.parametrize(("days", "cause"), [(60, "project_ending"), (61, "none")])
def test_the_project_ends_and_nobody_measures_on(days, cause):
    end = HALF + days * DAY
    facts = target(measurement_responsible=None)
    found = f5(role(), OWNER, targets=[facts], ends_on=end)
    assert found.cause == cause
    if cause != "none":
        assert (found.severity, evidence(found, "orphan")) == (Severity.CRITICAL, [1])


@pytest.mark.parametrize(
    ("roles", "responsible", "is_orphaned"),
    [
        ((), None, True),
        ((role("benefit_owner", 4),), None, False),
        ((role("measurement_responsible_deputy", 4),), None, False),
        ((role("benefit_owner", 4, ends_on=HALF - DAY),), None, True),
        ((), 7, False),  # a person named on the target, with no role that has ended
        ((role("owner", 7, ends_on=HALF - DAY),), 7, True),
        ((role(person=7, ends_on=HALF - 9 * DAY),), 7, True),  # the leader who left
    ],
)
def test_benefits_are_orphaned_when_all_have_gone(roles, responsible, is_orphaned):
    facts = target(measurement_responsible=responsible)
    for changes in ({"ends_on": HALF - DAY}, {}):  # the project has ended, or only the leader's role
        found = f5(leader(-5), *roles, targets=[facts], **changes)
        assert (found.cause == "benefits_orphaned") is is_orphaned
        assert (found.severity is Severity.CRITICAL) is is_orphaned


def test_a_finished_project_with_its_benefits_settled_is_left_alone():
    facts = project(target(measurement_responsible=None), roles=(leader(-5),), ends_on=HALF - DAY)
    reached = {1: [(date(2013, 9, 30), 20.0), (HALF, 20.0)]}
    assert finding(judge_project(facts, reached, HALF), "F5").severity is Severity.NONE


@pytest.mark.parametrize(("days", "cause"), [(180, "one_person"), (181, "none")])
def test_most_of_what_is_left_rests_on_one_who_leaves(days, cause):
    planned = (PlannedPoint(END), PlannedPoint(END + DAY))
    roles = (role(), role("measurement_responsible", 9, ends_on=HALF + days * DAY))
    assert f5(*roles, targets=[target(planned=planned)]).cause == cause


def test_half_is_not_most():
    leaving, staying = role("measurement_responsible", 9, ends_on=HALF + 90 * DAY), role("union_representative", 8)
    targets = [target(planned=(PlannedPoint(END),)),
               target(id=2, number=2, measurement_responsible=8, planned=(PlannedPoint(END),))]  # fmt: skip
    assert f5(role(), leaving, staying, targets=targets).severity is Severity.NONE
    more = [target(planned=(PlannedPoint(END), PlannedPoint(END + DAY))), targets[1]]
    assert f5(role(), leaving, staying, targets=more).cause == "one_person"


def test_a_project_that_has_not_begun_needs_no_leader():
    assert f5(starts_on=HALF + DAY).severity is Severity.NONE
