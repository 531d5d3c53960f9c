"""Each fine state at its boundary: just under, at, just over."""

from datetime import date, timedelta

import pytest

from benefits.engine.assess import assess
from benefits.engine.facts import BaselineFact, PlannedPoint, TargetValueFact
from benefits.engine.verdicts import RESULT_OF, Result, State
from tests.benefits.engine.build import END, HALF, START, batch, codes, judge, project, quarters, target

DAY = timedelta(days=1)


def half_way(value, before=15.0):
    """Four quarters, the last of them half way through the path; the three first well on plan."""
    return quarters(before, before, before, value)


@pytest.mark.parametrize(
    ("value", "sd", "state"),
    [
        (13.99, 0.0, State.BEHIND),
        (14.0, 0.0, State.ON_TRACK),
        (14.01, 0.0, State.ON_TRACK),
        # σ_a = √(0.5² + 0.5²)/10 = 0.0707; behind under 0.4 − 1.28·0.0707 = 0.3095
        (13.09, 0.5, State.BEHIND),
        (13.10, 0.5, State.WITHIN_UNCERTAINTY),
        (13.99, 0.5, State.WITHIN_UNCERTAINTY),
        (14.0, 0.5, State.ON_TRACK),
        (20.0, 0.5, State.ACHIEVED_UNCONFIRMED),
        (19.99, 0.5, State.ON_TRACK),
    ],
)
def test_behind_needs_more_than_tolerance_and_chance(value, sd, state):
    verdict = judge(target(declared_sd=sd), [(HALF, value)], HALF)
    assert verdict.state is state
    assert verdict.expected == pytest.approx(0.5)
    assert verdict.attainment == pytest.approx((value - 10) / 10)


@pytest.mark.parametrize(
    ("before", "last", "state"),
    [
        (12.2, 13.4, State.BEHIND),  # both beyond, together surely
        (12.6, 13.3, State.WITHIN_UNCERTAINTY),  # both beyond, but the two together may be chance
        (12.8, 13.3, State.WITHIN_UNCERTAINTY),  # the first is within tolerance (e = 0.374)
    ],
)
def test_two_points_in_a_row_are_surer_than_one(before, last, state):
    points = [(date(2013, 9, 30), before), (HALF, last)]
    facts = target(declared_sd=0.5, baseline=BaselineFact(10.0, START, points=4))
    assert judge(facts, points, HALF).state is state


def test_unknown_noise_needs_two_points_in_a_row():
    facts = target(declared_sd=None, mmc=None)
    once = judge(facts, [(date(2013, 9, 30), 14.0), (HALF, 12.0)], HALF)
    twice = judge(facts, [(date(2013, 9, 30), 11.0), (HALF, 13.9)], HALF)
    assert (once.state, codes(once)) == (State.WITHIN_UNCERTAINTY, ["noise_unknown"])
    assert twice.state is State.BEHIND


@pytest.mark.parametrize(
    ("value", "state"),
    [(13.34, State.BEHIND), (13.33, State.AT_RISK), (10.0, State.AT_RISK), (9.7, State.AT_RISK)],
)
def test_at_risk_when_the_pace_must_more_than_double(value, state):
    assert judge(target(), half_way(value), HALF).state is state


def test_no_pace_is_judged_on_one_point():
    assert judge(target(), [(HALF, 11.0)], HALF).state is State.BEHIND


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ((9.5, 9.5), State.AT_RISK),  # mean exactly one MMC below: not below baseline
        ((9.49, 9.49), State.BELOW_BASELINE),
        ((10.6, 8.3), State.BELOW_BASELINE),
        ((11.0, 8.5), State.AT_RISK),
    ],
)
def test_below_baseline_needs_more_than_the_minimum_change(values, state):
    points = [(date(2013, 9, 30), values[0]), (HALF, values[1])]
    assert judge(target(), points, HALF).state is state


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ((19.9, 20.1), State.REALISED),
        ((19.9, 20.09), State.ACHIEVED_UNCONFIRMED),
        ((20.1, 19.9), State.REALISED),
        ((20.1, 19.89), State.ON_TRACK),
    ],
)
def test_realised_is_the_mean_of_the_last_two_points(values, state):
    points = [(date(2013, 9, 30), values[0]), (HALF, values[1])]
    assert judge(target(), points, HALF).state is state


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ((19.4, 19.5), State.NEARLY_REACHED),  # MMC 0.5 is a margin of 0.05
        ((19.4, 19.49), State.NOT_ACHIEVED),
        ((15.0, 20.0), State.ACHIEVED_UNCONFIRMED),  # the year before may lie lower: the path climbs
        ((19.0, 20.0), State.ACHIEVED_UNCONFIRMED),
        ((19.6, 19.4), State.NEARLY_REACHED),
        ((10.0, 10.0), State.NOT_ACHIEVED),
    ],
)
def test_at_the_target_date(values, state):
    points = [(date(2014, 9, 30), values[0]), (END, values[1])]
    assert judge(target(), points, END).state is state


def test_the_target_date_is_not_judged_before_it_comes():
    early = [(date(2014, 9, 30), 18.0), (END - DAY, 19.0)]
    assert judge(target(), early, END - DAY).state is State.ON_TRACK
    assert judge(target(), early, END).state is State.NOT_ACHIEVED


def test_chance_widens_what_is_nearly_reached():
    points = [(date(2014, 9, 30), 19.0), (END, 19.1)]
    assert judge(target(declared_sd=0.0), points, END).state is State.NOT_ACHIEVED
    assert judge(target(declared_sd=0.5), points, END).state is State.NEARLY_REACHED


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ((20, 20, 18, 18, 18, 18), State.SUSTAINED),
        ((20, 20, 18.1, 18, 18, 17.9), State.SUSTAINED),
        ((20, 20, 18, 18, 18, 17.9), State.NOT_ACHIEVED),
        ((20, 20, 17.9, 17.9, 17.9, 17.9), State.NOT_ACHIEVED),
        ((20, 20, 18, 18, 18), State.REALISED),  # not yet twelve months after the target date
        ((18, 18, 18, 18, 18, 18), State.NOT_ACHIEVED),  # never reached: nothing to sustain
    ],
)
def test_sustained_is_a_year_at_four_fifths_of_the_gain(values, state):
    points = quarters(*values, first=6)
    assert judge(target(), points, points[-1][0]).state is state


@pytest.mark.parametrize(("days", "frequency"), [(30, "monthly"), (45, "quarterly"), (90, "yearly")])
@pytest.mark.parametrize(("late", "is_stale"), [(-1, False), (0, False), (1, True)])
def test_a_late_measurement_makes_the_state_unknown(days, frequency, late, is_stale):
    planned = PlannedPoint(date(2013, 6, 30), "midway")
    as_of = planned.on + timedelta(days=days + late)
    facts = target(frequency=frequency, planned=(planned,))
    verdict = judge(facts, [(date(2013, 3, 31), 12.0)], as_of)
    assert (verdict.state is State.UNKNOWN) is is_stale
    assert ("measurement_stale" in codes(verdict)) is is_stale


def test_what_was_last_known_is_not_forgotten():
    verdict = judge(target(), quarters(9.0, 8.0), date(2014, 12, 1))
    assert verdict.state is State.UNKNOWN
    assert verdict.reasons[1].values["state"] == State.BELOW_BASELINE


@pytest.mark.parametrize(
    ("changes", "state", "code"),
    [
        ({"withdrawn_on": HALF}, State.WITHDRAWN, "withdrawn"),
        ({"withdrawn_on": HALF + DAY, "values": ()}, State.NOT_DEFINED, "slot_how_much_missing"),
        ({"is_measurable": False}, State.NOT_MEASURABLE, "not_measurable"),
        ({"kind": None}, State.NOT_DEFINED, "slot_what_missing"),
        ({"direction": None}, State.NOT_DEFINED, "slot_what_missing"),
        ({"values": ()}, State.NOT_DEFINED, "slot_how_much_missing"),
        ({"values": (TargetValueFact(END, 10.0),)}, State.NOT_DEFINED, "target_equals_baseline"),
        ({"values": (TargetValueFact(END, 9.0),)}, State.NOT_DEFINED, "target_wrong_direction"),
        ({"direction": -1}, State.NOT_DEFINED, "target_wrong_direction"),
        ({"baseline": None}, State.NO_BASELINE, "baseline_missing"),
        ({"baseline": None, "baseline_due_on": HALF}, State.PLANNED, "baseline_planned"),
        ({"baseline": None, "baseline_due_on": HALF - DAY}, State.NO_BASELINE, "baseline_overdue"),
        (
            {"baseline": None, "baseline_due_on": HALF + DAY, "effect_starts_on": HALF},
            State.NO_BASELINE,
            "baseline_missing",
        ),
        ({"effect_starts_on": HALF + DAY}, State.PLANNED, "effect_not_started"),
        ({"effect_starts_on": HALF}, State.TOO_EARLY, "first_measurement_not_due"),
        ({}, State.UNKNOWN, "never_measured"),
        ({"kind": "absence_rate"}, State.NO_BASELINE, "baseline_one_season"),
    ],
)
def test_states_without_a_measurement(changes, state, code):
    verdict = judge(target(**changes), [], HALF)
    assert verdict.state is state
    assert code in codes(verdict)
    assert verdict.result not in (Result.ON_TRACK, Result.ACHIEVED, Result.BEHIND, Result.AT_RISK)


def test_a_point_from_before_the_effect_says_nothing_yet():
    facts = target(effect_starts_on=HALF)
    assert judge(facts, [(HALF - DAY, 15.0)], HALF).state is State.TOO_EARLY
    assert judge(facts, [(HALF, 15.0)], HALF).state is State.ON_TRACK


@pytest.mark.parametrize(
    ("tail", "state"),
    [
        ((20, 20, 20, 20, 20, 20, 20, 10), State.NOT_ACHIEVED),  # a first hit is only watched
        ((20, 20, 20, 20, 20, 10, 10, 10), State.BACK_TO_ZERO),
        ((20, 20, 20, 20, 20, 14, 14, 14), State.RELAPSE),
        ((20, 20, 20, 20, 20, 9, 9, 9), State.BELOW_BASELINE_AFTER_GAIN),
    ],
)
def test_relapse_outranks_the_path(tail, state):
    points = quarters(*tail)
    assert judge(target(), points, points[-1][0]).state is state


def test_one_that_fell_back_to_its_target_has_lost_nothing_promised():
    points = quarters(32, 32, 32, 32, 32, 20, 20, 20)
    assert judge(target(), points, END).state is State.REALISED


def test_points_of_another_definition_are_not_compared():
    verdict = judge(target(definition_version=2), quarters(20, 20), date(2013, 7, 1))
    assert verdict.value is None
    assert "other_definition" in codes(verdict)


def test_a_broken_series_starts_again():
    points = quarters(19, 20, 20.2)
    whole = judge(target(), points, points[-1][0], denominators={1: [100, 100, 115]})
    broken = judge(target(), points, points[-1][0], denominators={1: [100, 100, 116]})
    assert whole.state is State.REALISED
    assert (broken.state, codes(broken)) == (
        State.ACHIEVED_UNCONFIRMED,
        ["reached_once", "series_break", "unit_changed"],
    )


def test_a_survey_few_answered_is_not_used():
    facts = target(kind="survey_share", unit="%", population=100, baseline=BaselineFact(10.0, START, n=100))
    assert judge(facts, [(HALF, 20.0)], HALF, n=60).value == 20.0
    refused = judge(facts, [(HALF, 20.0)], HALF, n=59)
    assert (refused.value, codes(refused)) == (None, ["never_measured", "too_few_answers"])


def test_sick_leave_is_compared_with_the_same_quarter():
    season = (2.0, 0.0, -2.0, 0.0)
    base = [
        (date(2012, m, d), 10.0 + s) for (m, d), s in zip(((3, 31), (6, 30), (9, 30), (12, 31)), season, strict=True)
    ]
    year = quarters(*(9.5 + s for s in season))
    facts = target(
        kind="absence_rate", unit="%", direction=-1, population=10_000, baseline=BaselineFact(10.0, START, points=4),
        values=(TargetValueFact(END, 9.0),), tolerance=0.1, mmc=0.1,
    )  # fmt: skip
    for last in range(4):
        verdict = judge(facts, base + year[: last + 1], year[last][0])
        assert verdict.attainment == pytest.approx(0.5)
        assert verdict.value == year[last][1]
    pooled = judge(facts, year, HALF)
    assert (pooled.attainment, codes(pooled)[-1]) == (pytest.approx(0.5), "season_pooled")
    assert codes(judge(facts, year[:3], date(2013, 9, 30))) == ["season_incomplete"]


def test_every_state_has_a_result():
    assert set(RESULT_OF) == set(State)


def test_points_after_the_date_are_not_known_yet():
    verdict = assess([project(target())], batch({1: quarters(12.0, 30.0)}), date(2013, 4, 1))[0]
    assert verdict.targets[0].value == 12.0
