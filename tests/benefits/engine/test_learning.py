"""The learning points: each INFO or WATCH, with its boundary and what must not open it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benefits.engine.facts import CommentFact, PlannedPoint, TargetValueFact
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import END, HALF, QUARTERS, evidence, finding, judge_project, project, quarters, target

DAY = timedelta(days=1)
TWO = (target(), target(id=2, number=2))


def learn(rule, *targets, series=None, as_of=HALF, **changes):
    """One learning point's finding about a project."""
    return finding(judge_project(project(*(targets or TWO), **changes), series or {}, as_of), rule)


SECOND = QUARTERS[1] + 45 * DAY  # the last day the second quarterly point is not late


@pytest.mark.parametrize(("late", "severity"), [(0, Severity.NONE), (1, Severity.WATCH)])
def test_the_second_point_must_be_late(late, severity):
    assert learn("L1", series={1: quarters(12)}, as_of=SECOND + late * DAY).severity is severity


@pytest.mark.parametrize(
    ("second", "severity"),
    [([12], Severity.WATCH), ([12, 13], Severity.NONE)],  # none of two, and one of two: a half is enough
)
def test_half_of_the_targets_must_be_measured_twice(second, severity):
    found = learn("L1", series={1: quarters(12), 2: quarters(*second)})
    assert found.severity is severity
    if severity:
        assert (evidence(found, "targets_due"), evidence(found, "measured_twice")) == ([2], [0])


def test_what_is_not_ready_to_be_measured_is_another_warning():
    assert learn("L1", target(baseline=None), target(id=2, number=2, values=())).severity is Severity.NONE
    assert learn("L1", target(level="process")).severity is Severity.NONE
    assert learn("L1", target(frequency=None)).severity is Severity.NONE


def test_a_yearly_project_is_left_alone_before_its_second_point():
    yearly = target(frequency="yearly", planned=(PlannedPoint(HALF), PlannedPoint(END)))
    assert learn("L1", yearly, series={1: [(HALF, 12)]}, as_of=END + 90 * DAY).severity is Severity.NONE
    assert learn("L1", yearly, series={1: [(HALF, 12)]}, as_of=END + 91 * DAY).severity is Severity.WATCH


def test_too_few_measurements_follow_from_a_late_one():
    late = judge_project(project(*TWO), {1: quarters(12)}, HALF)
    assert "few_measured" not in [concern.cause for concern in late.concerns]
    fresh = judge_project(project(*TWO), {1: [(QUARTERS[3], 12)], 2: [(QUARTERS[3], 12)]}, HALF)
    assert [concern.cause for concern in fresh.concerns] == ["few_measured"]


WITHIN = (PlannedPoint(HALF), PlannedPoint(END - 30 * DAY), PlannedPoint(END))


@pytest.mark.parametrize(
    ("as_of", "severity"),
    [(END - 181 * DAY, Severity.INFO), (END - 180 * DAY, Severity.WATCH), (END, Severity.WATCH)],
)
def test_nothing_is_measured_after_the_end(as_of, severity):
    found = learn("L2", target(planned=WITHIN), as_of=as_of, ends_on=END)
    assert (found.severity, found.cause, evidence(found, "last_target_on")) == (severity, "short_term", [END])


@pytest.mark.parametrize(
    "targets",
    [
        (target(planned=(*WITHIN, PlannedPoint(END + DAY))),),  # a follow-up
        (target(planned=WITHIN), target(id=2, number=2, planned=(PlannedPoint(END + 90 * DAY),))),
        (target(planned=WITHIN, values=(TargetValueFact(END + DAY, 20.0),)),),
        (target(),),  # as often as it says, for two years more
    ],
)
def test_work_that_lasts(targets):
    assert learn("L2", *targets, as_of=END, ends_on=END).severity is Severity.NONE


def test_without_an_end_or_a_target_value_nobody_can_tell():
    assert learn("L2", target(planned=WITHIN)).missing == ("project_dates",)
    assert learn("L2", target(values=()), ends_on=END).missing == ("target_value",)


@pytest.mark.parametrize(("days", "severity"), [(183, Severity.NONE), (184, Severity.INFO)])
def test_something_is_due_within_six_months(days, severity):
    assert learn("L3", open_milestones=(HALF + days * DAY,)).severity is severity
    step = target(id=3, number=3, level="process", values=(TargetValueFact(HALF + days * DAY, 20.0),))
    assert learn("L3", target(), step).severity is severity


def test_a_late_milestone_is_still_the_next_step():
    assert learn("L3", open_milestones=(HALF - 90 * DAY,)).severity is Severity.NONE


def test_a_target_that_is_due_itself_needs_no_step():
    assert learn("L3", target(), as_of=END - 183 * DAY).severity is Severity.NONE
    assert learn("L3", target(), as_of=END - 184 * DAY).severity is Severity.INFO
    assert learn("L3", target(), starts_on=HALF + DAY).severity is Severity.NONE


def test_a_missing_step_is_never_a_concern():
    verdict = judge_project(project(target()), {1: quarters(13, 14, 15, 16)}, HALF)
    assert finding(verdict, "L3").severity is Severity.INFO
    assert verdict.concerns == ()


def comment(**changes):
    """A comment on a report that was sent back a month ago and is due in a week."""
    facts = {
        "id": 1,
        "report": 7,
        "year": 2013,
        "round": "2013",
        "returned_on": HALF - 30 * DAY,
        "due_on": HALF + 7 * DAY,
    }
    return CommentFact(**{**facts, **changes})


@pytest.mark.parametrize(
    ("changes", "severity"),
    [
        ({"due_on": HALF + 8 * DAY}, Severity.NONE),
        ({"due_on": HALF + 7 * DAY}, Severity.WATCH),
        ({"due_on": HALF - DAY}, Severity.WATCH),
        ({"due_on": None, "returned_on": HALF - 13 * DAY}, Severity.NONE),
        ({"due_on": None, "returned_on": HALF - 14 * DAY}, Severity.WATCH),
        ({"due_on": HALF + 90 * DAY, "resubmitted_on": HALF}, Severity.WATCH),
        ({"due_on": HALF + 90 * DAY, "resubmitted_on": HALF + DAY}, Severity.NONE),
        ({"returned_on": HALF + DAY}, Severity.NONE),
    ],
)
def test_a_comment_is_answered_before_the_report_is_due_again(changes, severity):
    assert learn("L4", comments=(comment(**changes),)).severity is severity


def test_it_counts_the_comments_and_says_where_they_stand():
    found = learn("L4", comments=(comment(), comment(id=2)))
    assert (evidence(found, "comments"), evidence(found, "round"), found.due_on) == ([2], ["2013"], HALF + 7 * DAY)


FULL_TIME = target(indicator="heltidsandel", is_catalogued=True, indicator_level="effect", indicator_theme="heltid")


@pytest.mark.parametrize(
    ("drivers", "severity"),
    [
        ((), Severity.NONE),  # no map, or no driver on it
        (("structure",), Severity.INFO),
        (("structure", "structure"), Severity.INFO),
        (("structure", "culture"), Severity.NONE),
        (("culture",), Severity.NONE),
    ],
)
def test_a_full_time_map_of_structure_alone_lacks_culture(drivers, severity):
    found = learn("L5", FULL_TIME, map_drivers=drivers)
    assert found.severity is severity
    if severity:
        assert evidence(found, "structural_drivers") == [len(drivers)]


def test_culture_is_asked_for_in_full_time_projects_only():
    other = replace(FULL_TIME, indicator="ubesatte_stillinger", indicator_theme="kompetanse")
    assert learn("L5", other, map_drivers=("structure",)).severity is Severity.NONE
    own = replace(FULL_TIME, indicator="", is_catalogued=False, indicator_level=None, indicator_theme=None)
    assert learn("L5", own, map_drivers=("structure",)).severity is Severity.NONE
    withdrawn = replace(FULL_TIME, withdrawn_on=HALF)
    assert learn("L5", withdrawn, map_drivers=("structure",)).severity is Severity.NONE


def test_that_culture_is_lacking_is_said_at_the_map_and_is_no_concern():
    verdict = judge_project(project(FULL_TIME, map_drivers=("structure",)), {}, HALF)
    assert "no_culture" not in [concern.cause for concern in verdict.concerns]
