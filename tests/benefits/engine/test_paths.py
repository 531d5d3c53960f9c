"""The planned path."""

from datetime import date

import numpy as np
import pytest

from benefits.engine.facts import BaselineFact, TargetValueFact
from benefits.engine.paths import expected_values, nodes, path_start
from tests.benefits.engine.build import END, HALF, START, target

QUARTER, LATE = date(2013, 7, 1), date(2014, 7, 2)  # 182 and 548 days into the 730


def path(facts, *days):
    """The planned values on days."""
    return expected_values(np.array([[day.toordinal() for day in days]]), *nodes([facts]))[0]


@pytest.mark.parametrize(
    ("trajectory", "values"),
    [
        ("linear", (10, 10 + 10 * 182 / 730, 15, 20, 20)),
        ("stepwise", (10, 10, 10, 20, 20)),
        ("s_curve", (10, 10 + 10 * (3 * (182 / 730) ** 2 - 2 * (182 / 730) ** 3), 15, 20, 20)),
        ("unheard_of", (10, 10 + 10 * 182 / 730, 15, 20, 20)),
    ],
)
def test_trajectories(trajectory, values):
    found = path(target(trajectory=trajectory), START, QUARTER, HALF, END, date(2020, 1, 1))
    assert found == pytest.approx(values)


@pytest.mark.parametrize("trajectory", ["linear", "milestones", "stepwise", "s_curve"])
def test_every_path_keeps_the_promises_on_the_way(trajectory):
    facts = target(trajectory=trajectory, values=(TargetValueFact(END, 20.0), TargetValueFact(HALF, 12.0)))
    assert path(facts, START, HALF, END) == pytest.approx((10, 12, 20))


def test_nothing_is_expected_before_the_effect():
    assert path(target(effect_starts_on=HALF), HALF, LATE, END) == pytest.approx((10, 10 + 10 * 183 / 365, 20))


def test_a_path_starts_at_the_baseline_and_before_the_target():
    assert path_start(target(effect_starts_on=date(2012, 1, 1))) == START
    assert path_start(target(effect_starts_on=date(2016, 1, 1))) == date(2014, 12, 30)
    assert path_start(target(baseline=BaselineFact(10.0, date(2016, 1, 1)))) == date(2014, 12, 30)
    assert path_start(target(baseline=None)) is None


def test_a_promise_on_the_starting_day_is_the_baseline():
    facts = target(values=(TargetValueFact(START, 13.0), TargetValueFact(END, 20.0)))
    assert path(facts, START, HALF, END) == pytest.approx((10, 15, 20))
