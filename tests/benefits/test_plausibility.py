"""Figures that look like slips are asked about; figures about few people are hidden from others."""

from datetime import date
from decimal import Decimal as D

import pytest

from benefits.models import Measurement
from benefits.plausibility import Doubt, Reference, doubts, nearest
from benefits.suppression import seen


@pytest.mark.parametrize(
    ("value", "before", "found"),
    [
        ("12.5", "12.5", []),
        ("125", "12.5", [Doubt.MUCH_MORE]),
        ("1250", "12.5", [Doubt.MUCH_MORE]),
        ("1.25", "12.5", [Doubt.MUCH_LESS]),
        ("0.125", "12.5", [Doubt.MUCH_LESS]),
        ("87", "12.5", []),
        ("87.5", "12.5", [Doubt.MUCH_MORE]),
        ("0", "12.5", []),
        ("12.5", "0", []),
    ],
)
def test_a_jump_of_a_power_of_ten_is_asked_about(value, before, found):
    assert doubts(D(value), Reference(date(2014, 1, 1), D(before))) == found


@pytest.mark.parametrize(("value", "asked"), [("0.4", True), ("0.5", False), ("30", False), ("30.1", True)])
def test_a_value_outside_the_usual_range_is_asked_about(value, asked):
    assert bool(doubts(D(value), None, D("0.5"), D(30))) is asked


def test_a_value_is_compared_with_the_nearest_other_day():
    known = [Reference(date(2013, 1, 1), D(1)), Reference(date(2014, 1, 1), D(2)), Reference(date(2015, 1, 1), D(3))]
    assert nearest(date(2014, 2, 1), known).value == 2
    assert nearest(date(2014, 1, 1), known).value == 1
    assert nearest(date(2014, 1, 1), known[1:2]).value == 2
    assert nearest(date(2014, 1, 1), []) is None


@pytest.mark.parametrize(
    ("kind", "value", "counts", "hidden"),
    [
        ("survey_share", "50", {"n": 4}, True),
        ("survey_share", "50", {"n": 1}, True),
        ("survey_share", "50", {"n": 5}, True),
        ("survey_share", "50", {"n": 10}, False),
        ("survey_share", "50", {}, False),
        ("survey_share", "100", {"n": 9}, True),
        ("survey_share", "0", {"n": 9}, True),
        ("survey_share", "0", {"n": 10}, False),
        ("register_share", "2", {"numerator": D(2), "denominator": D(100)}, True),
        ("absence_rate", "8", {"denominator": D(3), "numerator": D("0.2")}, True),
        ("mean", "60", {"n": 3}, True),
        ("count", "3", {"n": 3}, False),
    ],
)
def test_figures_about_few_people_are_hidden_from_others(kind, value, counts, hidden):
    measurement = Measurement(measured_on=date(2014, 1, 1), value=D(value), **counts)
    assert seen(measurement, kind, is_inside=False).is_suppressed is hidden
    assert (seen(measurement, kind, is_inside=False).value is None) is hidden
    assert seen(measurement, kind, is_inside=True).value == D(value)
