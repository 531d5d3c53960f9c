"""The noise of one point by kind of indicator, against figures worked out by hand."""

from math import sqrt

import numpy as np
import pytest

from benefits.engine.facts import BaselineFact
from benefits.engine.noise import detectable_change, inflation, moving_range_sd, season_sd
from tests.benefits.engine.build import HALF, START, judge, quarters, target


def sd_of(kind, value, *, n=np.nan, frequency="quarterly", **changes):
    """The sd of one point measured a year after the baseline."""
    facts = target(kind=kind, frequency=frequency, unit="%", mmc=None, **changes)
    return judge(facts, [(HALF, value)], HALF, n=n).sd


@pytest.mark.parametrize(
    ("kind", "value", "more", "sd"),
    [
        ("register_share", 50.0, {"n": 100}, 100 * sqrt(0.25 * 0.2 * 365 / 365.25 / 100)),
        ("survey_share", 50.0, {"n": 60}, 100 * sqrt(0.25 / 60 * 0.4)),
        ("survey_share", 50.0, {"n": 60, "population": None}, 100 * sqrt(0.25 / 60)),
        ("survey_share", 50.0, {"n": 100}, 0.0),  # everybody answered
        ("survey_share", 0.0, {"n": 50, "population": None}, 100 * sqrt(0.01 * 0.99 / 50)),  # half an answer
        ("mean", 50.0, {"n": 25, "declared_sd": 10.0}, 2.0),
        ("mean", 50.0, {"declared_sd": 10.0}, 1.0),  # the population of 100 stands in
        ("count", 49.0, {}, 7.0),
        ("count", 0.0, {}, 1.0),
        ("index", 50.0, {"declared_sd": 3.0}, 3.0),
        ("index", 50.0, {"declared_sd": None}, None),
    ],
)
def test_by_kind(kind, value, more, sd):
    found = sd_of(kind, value, **more)
    assert found == (None if sd is None else pytest.approx(sd))


@pytest.mark.parametrize(("frequency", "spread"), [("yearly", 0.18), ("quarterly", 0.24), ("monthly", 0.30)])
def test_sick_leave_without_history(frequency, spread):
    points = {"yearly": 1, "quarterly": 4, "monthly": 12}[frequency]
    base = [(START, 10.0)] if points == 1 else []
    facts = target(
        kind="absence_rate", unit="%", frequency=frequency, baseline=BaselineFact(10.0, START, points=points)
    )
    if points == 1:
        verdict = judge(facts, [*base, (HALF, 12.0)], HALF)
        assert verdict.sd == pytest.approx(100 * spread / sqrt(100) * sqrt(1.3 / 0.7))
    else:
        whole = 100 * spread / sqrt(100) * sqrt(1.3 / 0.7)
        x, _ = detectable_change(facts)
        assert x == pytest.approx(1.96 * whole * sqrt(1 + 1 / points))


def test_declared_change_stands_in_for_unknown_noise():
    assert judge(target(declared_sd=None, mmc=3.0), quarters(12.0), HALF).sd == 1.5


def test_moving_ranges():
    values = np.array([[1.0, 2.0, 4.0, 3.0, 3.0, 5.0]])
    assert moving_range_sd(values, np.array([6]), 5)[0] == pytest.approx(6 / 5 / 1.128 * 1.1)  # widened by 1 + 1/(2·5)
    assert np.isnan(moving_range_sd(values, np.array([5]), 5)[0])


def test_season_leaves_no_trace_in_the_noise():
    rng = np.random.default_rng(1)
    chance = rng.normal(0, 0.5, (2000, 24))
    season = np.tile([3.0, 0.0, -3.0, 0.0], 6)
    counts = np.full(2000, 24)
    found = season_sd(chance + season, counts, 4, 5)
    assert found == pytest.approx(season_sd(chance, counts, 4, 5))
    assert found.mean() == pytest.approx(0.5, rel=0.02)


def test_autocorrelation_inflates():
    assert inflation(0.0) == 1.0
    assert inflation(0.5) == pytest.approx(sqrt(3))


def test_detectable_change():
    facts = target(kind="mean", declared_sd=10.0, baseline=BaselineFact(10.0, START, n=100))
    assert detectable_change(facts) == (pytest.approx(1.96 * sqrt(2)), pytest.approx(2.8 * sqrt(2)))
    assert detectable_change(target(baseline=None)) is None
    assert detectable_change(target(kind="mean", declared_sd=None)) is None
