"""F3: what opens it, how grave it is, and what must not open it."""

from datetime import date, timedelta

import pytest

from benefits.engine.facts import BaselineFact, PlannedPoint, TargetValueFact
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import (
    END,
    HALF,
    QUARTERS,
    START,
    evidence,
    finding,
    judge_project,
    project,
    quarters,
    target,
)

DAY = timedelta(days=1)


def f3(facts, points=(), as_of=HALF, **changes):
    """The finding of F3 for one target of a project."""
    return finding(judge_project(project(facts, **changes), {1: list(points)}, as_of), "F3", 1)


@pytest.mark.parametrize(
    ("changes", "severity", "cause"),
    [
        ({"baseline": None, "effect_starts_on": HALF - 91 * DAY}, Severity.CRITICAL, "effect_without_baseline"),
        ({"baseline": None, "effect_starts_on": HALF - 90 * DAY}, Severity.WARN, "baseline_missing"),
        (
            {"baseline": None, "effect_starts_on": HALF - 91 * DAY, "baseline_due_on": HALF + DAY},
            Severity.CRITICAL,
            "effect_without_baseline",
        ),
        ({"kind": None}, Severity.WARN, "target_undefined"),
        ({"values": ()}, Severity.WARN, "target_undefined"),
        ({"values": (TargetValueFact(END, 10.0),)}, Severity.WARN, "target_equals_baseline"),
        ({"values": (TargetValueFact(END, 9.0),)}, Severity.WARN, "target_wrong_direction"),
        ({"baseline": None}, Severity.WARN, "baseline_missing"),
        ({"baseline": None, "baseline_due_on": HALF - DAY}, Severity.WARN, "baseline_overdue"),
        ({"plausible_max": 19.9}, Severity.WARN, "target_outside_range"),
        ({"plausible_min": 20.1}, Severity.WARN, "target_outside_range"),
        ({"kind": "absence_rate"}, Severity.WARN, "baseline_one_season"),
        ({"is_measurable": False}, Severity.INFO, "not_measurable"),
        ({"level": "process", "values": ()}, Severity.WATCH, "target_undefined"),
    ],
)
def test_what_opens_it(changes, severity, cause):
    points = quarters(12, 13, 14, 15)
    found = f3(target(**changes), points)
    assert (found.severity, found.cause) == (severity, cause)
    assert found.action
    assert found.closes_when


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"plausible_max": 20.0, "plausible_min": 20.0},
        {"baseline": BaselineFact(0.0, START)},  # 0 is a value
        {"values": (TargetValueFact(END, 0.0),), "direction": -1},
        {"baseline": None, "baseline_due_on": HALF},  # «etablere nullpunkt innen dato»
        {"kind": "absence_rate", "baseline": BaselineFact(10.0, START, points=4)},
    ],
)
def test_what_must_not_open_it(changes):
    assert f3(target(**changes), quarters(12, 13, 14, 15)).severity is Severity.NONE


@pytest.mark.parametrize(
    ("changes", "slots"),
    [
        ({"kind": None}, ["what"]),
        ({"direction": None}, ["what"]),
        ({"values": ()}, ["how_much", "when"]),
        ({"kind": None, "values": ()}, ["what", "how_much", "when"]),
    ],
)
def test_the_empty_slots_are_named(changes, slots):
    assert evidence(f3(target(**changes)), "slot_missing") == slots


@pytest.mark.parametrize(("late", "severity"), [(0, Severity.NONE), (1, Severity.WATCH)])
def test_a_late_measurement(late, severity):
    as_of = date(2013, 6, 30) + timedelta(days=45 + late)
    found = f3(target(), quarters(12), as_of)
    assert found.severity is severity
    if late:
        assert (found.cause, evidence(found, "days_late")) == ("measurement_stale", [1])


def test_a_yearly_project_is_left_alone_before_its_second_point():
    facts = target(frequency="yearly", planned=(PlannedPoint(HALF), PlannedPoint(END)))
    assert f3(facts, [], as_of=HALF + 90 * DAY).severity is Severity.NONE
    assert f3(facts, [(HALF, 12.0)], as_of=END).severity is Severity.NONE


def test_a_withdrawn_target_is_left_alone():
    verdict = judge_project(project(target(withdrawn_on=HALF, values=()), target(id=2, number=2)), {}, HALF)
    assert {found.target for found in verdict.findings if found.rule == "F3"} == {2}


def test_a_project_without_targets():
    found = finding(judge_project(project(), {}, HALF), "F3")
    assert (found.severity, found.cause) == (Severity.WARN, "no_targets")
    not_begun = project(starts_on=HALF + DAY)
    assert finding(judge_project(not_begun, {}, HALF), "F3").severity is Severity.NONE


@pytest.mark.parametrize(("age", "severity"), [(179, Severity.WATCH), (180, Severity.WARN)])
@pytest.mark.parametrize("began", ["starts_on", "followed_since"])
def test_a_young_project_is_only_watched(age, severity, began):
    young = {began: HALF - timedelta(days=age)}
    assert f3(target(values=()), **young).severity is severity


def test_an_effect_without_baseline_is_grave_also_in_a_young_project():
    facts = target(baseline=None, effect_starts_on=HALF - 91 * DAY)
    assert f3(facts, followed_since=HALF).severity is Severity.CRITICAL


@pytest.mark.parametrize(
    ("planned", "cause"),
    [
        ((END,), "few_points"),  # the baseline and one more
        ((HALF, END), "none"),
        ((), "none"),  # as often as it says
    ],
)
def test_three_points_are_planned(planned, cause):
    found = f3(target(planned=tuple(PlannedPoint(on) for on in planned)), as_of=QUARTERS[0])
    assert found.cause == cause
    if cause != "none":
        assert (found.severity, evidence(found, "points_planned")) == (Severity.WATCH, [2])


def test_what_has_been_measured_counts_as_planned():
    assert f3(target(planned=(PlannedPoint(END),)), quarters(12, 13)).severity is Severity.NONE
