"""Targets to keep a figure within limits: each state at its boundary, and what must hold for any figures."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.engine.facts import BaselineFact, BreakFact, TargetValueFact
from benefits.engine.verdicts import RESULT_OF, Result, Severity, State
from tests.benefits.engine.build import (
    END,
    HALF,
    QUARTERS,
    START,
    codes,
    finding,
    judge,
    judge_project,
    project,
    quarters,
    target,
)

LATER = date(2016, 3, 31)


def kept(low=4.0, high=6.0, **changes):
    """To be kept within limits until the end of 2014, measured each quarter; exact unless `declared_sd` is given."""
    facts = target(
        baseline=None, direction=None, keep_min=low, keep_max=high, tolerance=None, mmc=0.5,
        values=(TargetValueFact(END, 5.0),), effect_starts_on=START,
    )  # fmt: skip
    return replace(facts, **changes)


@pytest.mark.parametrize(
    ("values", "sd", "state"),
    [
        ((5.0,), 0.0, State.ON_TRACK),
        ((4.0,), 0.0, State.ON_TRACK),  # on the limit is inside
        ((6.0,), 0.0, State.ON_TRACK),
        ((3.99,), 0.0, State.BEHIND),
        ((6.01,), 0.0, State.BEHIND),
        ((5.0, 6.01), 0.0, State.BEHIND),
        ((6.01, 6.01), 0.0, State.AT_RISK),  # surely outside twice in a row
        ((6.01, 3.99), 0.0, State.AT_RISK),  # on either side
        ((6.01, 5.0), 0.0, State.ON_TRACK),  # back inside
        # σ = 0.5: surely outside beyond 6 + 1.28·0.5 = 6.64, two together beyond 6 + 0.64/√2 = 6.4525
        ((5.0, 6.64), 0.5, State.WITHIN_UNCERTAINTY),
        ((5.0, 6.65), 0.5, State.BEHIND),
        ((6.45, 6.45), 0.5, State.WITHIN_UNCERTAINTY),
        ((6.46, 6.46), 0.5, State.BEHIND),
        ((6.65, 6.65), 0.5, State.AT_RISK),
    ],
)
def test_so_far(values, sd, state):
    facts = kept(declared_sd=sd, mmc=None if sd else 0.5)
    assert judge(facts, quarters(*values), QUARTERS[len(values) - 1]).state is state


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ((5, 5, 5, 5, 5, 5, 5, 5), State.REALISED),
        ((9, 9, 9, 9, 9, 9, 5, 5), State.REALISED),  # it is kept now
        ((5, 5, 5, 5, 5, 5, 6.2, 6.0), State.NEARLY_REACHED),  # 0.1 outside on average, MMC 0.5
        ((5, 5, 5, 5, 5, 5, 6.5, 6.5), State.NEARLY_REACHED),
        ((5, 5, 5, 5, 5, 5, 6.6, 6.6), State.NOT_ACHIEVED),
        ((5, 5, 5, 5, 5, 5, 3.0, 7.0), State.NOT_ACHIEVED),  # the mean is in the middle, and nothing is kept
    ],
)
def test_at_the_target_date(values, state):
    assert judge(kept(), quarters(*values), QUARTERS[7]).state is state


def test_one_point_at_the_date_needs_another():
    assert judge(kept(), [(END, 5.0)], END).state is State.ACHIEVED_UNCONFIRMED
    assert judge(kept(), [(END, 9.0)], END).state is State.NOT_ACHIEVED


@pytest.mark.parametrize(
    ("after", "state"),
    [
        ((5, 5, 5, 5), State.SUSTAINED),
        ((5, 5, 5), State.REALISED),  # not a year yet
        ((5, 5, 5, 8.1), State.NOT_ACHIEVED),  # inside on average, outside now
        ((7, 7, 7, 7), State.NOT_ACHIEVED),
    ],
)
def test_after_it(after, state):
    points = quarters(*[5] * 8, *after)
    assert judge(kept(), points, points[-1][0]).state is state


@pytest.mark.parametrize(
    ("limits", "inside", "outside"), [((4.0, None), 99.0, 3.9), ((None, 6.0), -50.0, 6.1), ((4.0, 6.0), 5.0, 6.1)]
)
def test_one_limit_may_be_open(limits, inside, outside):
    facts = kept(*limits)
    assert judge(facts, [(HALF, inside)], HALF).state is State.ON_TRACK
    assert judge(facts, [(HALF, outside)], HALF).state is State.BEHIND


def test_a_tolerance_is_accepted_outside_the_limits():
    assert judge(kept(tolerance=0.5), [(HALF, 6.5)], HALF).state is State.ON_TRACK
    assert judge(kept(tolerance=0.5), [(HALF, 6.51)], HALF).state is State.BEHIND


def test_the_attainment_is_the_share_of_points_inside():
    verdict = judge(kept(), quarters(5, 5, 7, 5), QUARTERS[3])
    assert (verdict.attainment, verdict.expected, verdict.best, verdict.forecast) == (0.75, None, None, ())
    assert verdict.reasons[0].values == {"value": 5.0, "low": 4.0, "high": 6.0, "inside": 3, "points": 4}


def test_it_needs_neither_baseline_nor_direction():
    verdict = judge_project(project(kept()), {1: quarters(5, 5)}, QUARTERS[1])
    assert finding(verdict, "F3", 1).severity in (Severity.NONE, Severity.INFO)
    assert verdict.result is Result.ON_TRACK


def test_there_is_nothing_to_fall_back_from():
    facts = kept(baseline=BaselineFact(9.0, START), direction=-1)
    verdict = judge_project(project(facts), {1: quarters(*[5] * 6, 9, 9)}, QUARTERS[7])
    assert finding(verdict, "R0", 1).severity is Severity.NONE
    assert verdict.targets[0].state is State.NOT_ACHIEVED


def test_sick_leave_is_kept_by_whole_years():
    season = (2.0, 0.0, -2.0, 0.0)
    facts = kept(kind="absence_rate", unit="%", declared_sd=None, population=4000, mmc=0.2)
    values = [5 + season[i % 4] for i in range(7)]
    early = judge(facts, quarters(*values[:3]), QUARTERS[2])
    assert (early.state, codes(early)) == (State.TOO_EARLY, ["season_incomplete"])
    assert judge(facts, quarters(*values[:5]), QUARTERS[4]).state is State.ON_TRACK


def test_points_on_either_side_of_a_break_are_no_pair():
    facts = kept(breaks=(BreakFact(QUARTERS[1], "merger"),))
    assert judge(facts, quarters(7, 7), QUARTERS[1]).state is State.BEHIND


def test_without_measurements_nothing_is_said_and_a_late_one_is_unknown():
    assert judge(kept(), [], QUARTERS[0]).state is State.TOO_EARLY
    assert judge(kept(), [], QUARTERS[3]).state is State.UNKNOWN
    assert judge(kept(), quarters(5), QUARTERS[3]).state is State.UNKNOWN
    assert RESULT_OF[judge(kept(kind=None), quarters(5), QUARTERS[0]).state] is Result.MISSING


VALUES = st.lists(st.integers(0, 40).map(lambda x: x / 4), min_size=1, max_size=10)


@settings(max_examples=80, deadline=None)
@given(VALUES, st.sampled_from([0.25, 8.0]), st.sampled_from([-16.0, 0.0, 32.0]), st.sampled_from([1, -1]))
def test_unit_zero_point_and_side_do_not_matter(values, scale, shift, sign):
    def written(value):
        return sign * scale * value + shift

    low, high = sorted((written(4.0), written(6.0)))
    day = QUARTERS[len(values) - 1]
    one = judge(kept(declared_sd=0.5), quarters(*values), day)
    facts = kept(low, high, declared_sd=0.5 * scale, mmc=0.5 * scale)
    other = judge(facts, quarters(*map(written, values)), day)
    assert (one.state, one.attainment, codes(one)) == (other.state, other.attainment, codes(other))


@settings(max_examples=80, deadline=None)
@given(VALUES, st.floats(0, 1))
def test_a_value_nearer_the_middle_never_makes_it_worse(values, nearer):
    better = [*values[:-1], values[-1] + nearer * (5.0 - values[-1])]
    day = min(QUARTERS[len(values) - 1], END - timedelta(days=100))
    before, after = (judge(kept(declared_sd=0.5), quarters(*some), day) for some in (values, better))
    ladder = [State.AT_RISK, State.BEHIND, State.WITHIN_UNCERTAINTY, State.ON_TRACK]
    if before.state in ladder and after.state in ladder:
        assert ladder.index(after.state) >= ladder.index(before.state)
        assert after.attainment >= before.attainment
