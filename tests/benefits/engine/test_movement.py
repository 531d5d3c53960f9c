"""V6 and V8: a figure that cannot move, and a change too small to be seen."""

from dataclasses import replace

import pytest

from benefits.engine.facts import BaselineFact, TargetValueFact
from benefits.engine.noise import detectable_change
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import END, HALF, QUARTERS, START, evidence, finding, judge_project, project, target

STILL = [(day, 10.2) for day in QUARTERS[:5]]  # to March 2014: one year and a quarter after the baseline


def found(rule, facts, points=(), as_of=QUARTERS[4]):
    """One rule's finding about one target."""
    return finding(judge_project(project(facts), {1: list(points)}, as_of), rule, 1)


@pytest.mark.parametrize(
    ("last", "severity"),
    [(10.49, Severity.WATCH), (10.5, Severity.WATCH), (10.51, Severity.NONE), (9.4, Severity.NONE)],
)
def test_three_points_without_movement(last, severity):
    assert found("V6", target(), [*STILL[:-1], (QUARTERS[4], last)]).severity is severity


def test_it_shows_what_was_compared():
    answer = found("V6", target(), STILL)
    assert (answer.cause, evidence(answer, "still_points"), evidence(answer, "movement_limit")) == ("inert", [3], [0.5])
    assert evidence(answer, "furthest") == [pytest.approx(0.2)]


@pytest.mark.parametrize(("days", "severity"), [(365, Severity.WATCH), (364, Severity.NONE)])
def test_the_effect_must_have_begun_long_ago(days, severity):
    began = QUARTERS[4].fromordinal(QUARTERS[4].toordinal() - days)
    facts = target(effect_starts_on=began, values=(TargetValueFact(QUARTERS[5], 20.0),))
    assert found("V6", facts, STILL).severity is severity


def test_half_the_way_must_be_behind_by_the_plan():
    slow = target(values=(TargetValueFact(QUARTERS[11], 20.0),))  # three years: March 2014 is under half of them
    assert found("V6", slow, STILL).severity is Severity.NONE


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        ({}, STILL[-2:]),  # two points
        ({}, [(QUARTERS[0], 10.2), (QUARTERS[3], 14.0), (QUARTERS[4], 10.2)]),  # it has moved
        ({"declared_sd": 9.0}, STILL),  # what should have come is within chance: another question, V8
        ({"declared_sd": 4.0}, [(day, 13.0) for day in QUARTERS[:5]]),  # on its way, and chance could explain it
    ],
)
def test_what_must_not_open_it(changes, points):
    assert found("V6", target(**changes), points).severity is Severity.NONE


def test_without_noise_and_without_what_matters_nobody_can_tell():
    answer = found("V6", target(declared_sd=None, mmc=None), STILL)
    assert (answer.severity, answer.missing) == (None, ("noise",))
    assert found("V6", target(values=()), STILL).missing == ("target_value",)
    assert found("V6", target(baseline=None), STILL).missing == ("baseline",)


def share(value, direction, goal, kind="register_share"):
    """A share in per cent with its baseline near an edge."""
    return target(
        kind=kind, unit="%", direction=direction, baseline=BaselineFact(value, START, points=4),
        values=(TargetValueFact(END, goal),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        (share(94.9, 1, 99.0), Severity.NONE),
        (share(95.0, 1, 99.0), Severity.WATCH),
        (share(95.1, 1, 99.0), Severity.WATCH),
        (share(97.0, -1, 50.0), Severity.NONE),  # plenty to win that way
        (share(4.9, -1, 1.0), Severity.WATCH),
        (share(5.0, -1, 1.0), Severity.WATCH),
        (share(5.1, -1, 1.0), Severity.NONE),
        (share(4.5, -1, 4.0, kind="absence_rate"), Severity.NONE),  # sick leave at its ordinary floor
        (share(98.0, 1, 99.0, kind="mean"), Severity.NONE),
    ],
)
def test_a_share_at_its_edge(facts, severity):
    answer = found("V6", facts, as_of=HALF)
    assert answer.severity is severity
    assert (answer.cause == "at_edge") is (severity is Severity.WATCH)


@pytest.mark.parametrize(("more", "severity"), [(-0.01, Severity.INFO), (0.0, Severity.NONE), (0.01, Severity.NONE)])
def test_a_change_within_chance(more, severity):
    small = target(kind="mean", declared_sd=20.0)
    chance, seen = detectable_change(small)
    answer = found("V8", replace(small, values=(TargetValueFact(END, 10.0 + chance + more),)))
    assert answer.severity is severity
    if severity:
        assert evidence(answer, "chance_change") + evidence(answer, "seen_change") == [chance, seen]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"values": ()}, "target_value"), ({"baseline": None}, "baseline"), ({"kind": None}, "definition"),
        ({"frequency": None}, "frequency"), ({"population": None}, "noise"),
    ],
)  # fmt: skip
def test_what_cannot_be_told(changes, missing):
    answer = found(
        "V8", target(kind="mean", **{"declared_sd": 20.0, **changes}) if "kind" not in changes else target(**changes)
    )
    assert (answer.severity, answer.missing) == (None, (missing,))
