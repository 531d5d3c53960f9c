"""Run charts, limits and forecasts: against plain Python, at their boundaries, and when they refuse."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.engine.facts import BaselineFact, TargetValueFact
from benefits.engine.forecast import Past, Refusal, find_forecast
from benefits.engine.judging import figures_of
from benefits.engine.runcharts import fewest_crossings, run_chart, xmr_limits
from benefits.engine.verdicts import Chance, State
from tests.benefits.engine import oracle
from tests.benefits.engine.build import QUARTERS, START, batch, codes, judge, quarters, target

VALUES = st.integers(-200, 200).map(lambda x: x / 8)
ROWS = st.lists(st.lists(VALUES, min_size=1, max_size=24), min_size=1, max_size=4)
FAR = date(2019, 12, 31)
SLOW = target(values=(TargetValueFact(date(2016, 6, 30), 20.0),), tolerance=0.1, declared_sd=0.3)


def padded(rows):
    """Rows as a matrix with their lengths."""
    matrix = np.full((len(rows), max(map(len, rows))), np.nan)
    for i, row in enumerate(rows):
        matrix[i, : len(row)] = row
    return matrix, np.array([len(row) for row in rows])


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_run_chart_and_limits(rows):
    matrix, count = padded(rows)
    chart, limits = run_chart(matrix, count), xmr_limits(matrix, count)
    for i, row in enumerate(rows):
        found = (chart.run[i], chart.most_run[i], chart.crossings[i], chart.fewest[i])
        assert (found if chart.useful[i] else None) == oracle.run_chart(row)
        wanted = oracle.limits(row)
        assert np.isnan(limits.low[i]) if wanted is None else (limits.low[i], limits.high[i]) == pytest.approx(wanted)


def test_a_signal_at_the_end_of_a_shorter_series_is_its_own_last_point():
    row = [0.0, 1.0] * 10 + [2.6, 2.6]  # the last two near the upper limit, and the series beside it is longer
    limits = xmr_limits(*padded([row, [0.0] * 30]))
    assert (limits.near[0], limits.outside[0]) == (len(row) - 1, -1)


def test_crossings_as_published():
    # Anhøj & Olesen 2014: n = 12 has a run over 7 or under 3 crossings, n = 24 a run over 8 or under 8
    assert [fewest_crossings(n) for n in (10, 12, 24)] == [2, 3, 8]


WAVE = [10.1, 12.1, 10.2, 12.2, 10.3, 12.3, 10.4, 12.4, 10.5]  # nine points, alternating, none on the median


@pytest.mark.parametrize(
    ("values", "signals"),
    [
        (WAVE, []),
        ([*WAVE, 12.5], ["run_calm"]),
        ([10, 10.1, 10.2, 10.3, 10.4, 12, 12.1, 12.2, 12.3, 12.4], ["few_crossings"]),
        ([*WAVE, 12, 12, 12], ["limits_preliminary"]),  # three on the median: nine useful points
        ([11, 13] * 4 + [10] * 8, ["run_worse_latest", "few_crossings", "limits_preliminary"]),
        ([13, 11] * 4 + [14] * 8, ["run_better_latest", "few_crossings", "limits_preliminary"]),
        ([10.5, 12] * 5 + [10.5, 30], ["run_calm", "limits_preliminary", "outside_limits"]),
        ([10, 12] * 10, ["run_calm", "limits"]),
    ],
)
def test_signals(values, signals):
    facts = target(values=(TargetValueFact(FAR, 40.0),), declared_sd=9.0)
    found = judge(facts, quarters(*values), QUARTERS[len(values) - 1]).signals
    assert [signal.code for signal in found] == signals


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=6, max_size=11), min_size=1, max_size=4), st.sampled_from([0.0, 1.0]))
def test_forecast(rows, sd):
    matrix, count = padded(rows)
    s, length = matrix.shape
    whole = np.tile(np.rint(np.arange(length) * 365.25), (s, 1)).astype(np.int64)
    column, day = np.ones(s), np.full(s, 9_000_000)
    no = np.zeros(s, bool)
    past = Past(whole, matrix, count, sd * column, column.astype(int), 5 * column, column, day, 0 * column, no, no)
    found = find_forecast(past)
    for i, row in enumerate(rows):
        points = [(d / 365.25, value) for d, value in zip(whole[i], row, strict=False)]
        for h in range(1, min(len(row) // 2, 4) + 1):
            wanted = oracle.forecast(points, h, sd=sd, rho=0.29)
            mine = (found.value[i, h - 1], found.low[i, h - 1], found.high[i, h - 1])
            assert mine == pytest.approx(wanted, rel=1e-6, abs=1e-6)
        assert np.isnan(found.value[i, min(len(row) // 2, 4) :]).all()


@pytest.mark.parametrize(("n", "steps"), [(5, 0), (6, 3), (7, 3), (8, 4), (12, 4)])
def test_a_forecast_takes_six_points_and_reaches_half_as_far(n, steps):
    facts = target(values=(TargetValueFact(FAR, 20.0),), declared_sd=0.3)
    verdict = judge(facts, quarters(*(10 + 0.2 * i for i in range(n))), QUARTERS[n - 1])
    assert len(verdict.forecast) == steps
    assert verdict.chance is None  # the target date is further off
    assert verdict.no_forecast == ("few_points" if steps == 0 else "")


@pytest.mark.parametrize(
    ("pace", "chance"),
    [(1.0, Chance.LIKELY), (0.71, Chance.UNCERTAIN), (0.5, Chance.VERY_UNLIKELY), (-0.1, Chance.VERY_UNLIKELY)],
)
def test_the_word_follows_where_the_series_is_heading(pace, chance):
    verdict = judge(SLOW, quarters(*(10 + pace * i + 0.2 * (i % 2) for i in range(1, 11))), QUARTERS[9])
    assert verdict.forecast[-1].on == date(2016, 6, 30)
    assert verdict.chance is chance


def test_behind_with_no_chance_is_at_risk():
    # 7.5 of 10 when 7.1 points were to be reached, but it has stood still the last year: the pace alone is enough
    values = (11, 12.2, 13.4, 14.5, 15.5, 15.6, 15.4, 15.6, 15.5, 15.6)
    verdict = judge(SLOW, quarters(*values), QUARTERS[9])
    assert verdict.state is State.AT_RISK
    assert codes(verdict)[:2] == ["forecast_very_unlikely", "behind_plan"]


@pytest.mark.parametrize(
    ("values", "more", "why"),
    [
        ([*range(11, 17)], {"denominators": {1: [100.0] * 2 + [130.0] * 4}}, "break"),
        ([20] * 6 + [10] * 3, {}, "relapse"),
        ([20] * 6 + [10] * 3 + [20] * 4, {}, "relapse"),  # regained, but no smooth path
        ([11] * 14 + [19] * 8, {}, "unsteady"),
    ],
)
def test_a_forecast_is_refused(values, more, why):
    facts = target(values=(TargetValueFact(FAR, 40.0 if why == "unsteady" else 20.0),), declared_sd=0.1)
    verdict = judge(facts, quarters(*values), QUARTERS[len(values) - 1], **more)
    assert (verdict.forecast, verdict.chance, verdict.no_forecast) == ((), None, why)


def test_nothing_is_foreseen_after_the_target_date():
    verdict = judge(target(), quarters(*range(11, 19)), QUARTERS[7])
    assert (verdict.forecast, verdict.no_forecast) == ((), "")
    figures = figures_of([target()], batch({1: quarters(*range(11, 19))}), QUARTERS[7])
    assert figures[1].trend.no_forecast == Refusal.PAST.name.lower()


@settings(max_examples=40, deadline=None)
@given(st.lists(VALUES, min_size=6, max_size=12), st.sampled_from([0.25, 8.0]), st.sampled_from([1, -1]))
def test_unit_and_direction_do_not_matter(values, scale, sign):
    one, other = (
        judge(
            target(
                baseline=BaselineFact(0.0, START),
                values=(TargetValueFact(START + timedelta(days=1300), s * k * 20.0),),
                direction=s, declared_sd=0.5 * k, mmc=0.5 * k, tolerance=k,
            ),
            quarters(*(s * k * value for value in values)),
            QUARTERS[len(values) - 1],
        )
        for s, k in ((1, 1.0), (sign, scale))
    )  # fmt: skip
    assert (one.state, one.chance, one.no_forecast) == (other.state, other.chance, other.no_forecast)
    assert [s.code for s in one.signals] == [s.code for s in other.signals]
    assert [sign * scale * step.value for step in one.forecast] == pytest.approx([s.value for s in other.forecast])
