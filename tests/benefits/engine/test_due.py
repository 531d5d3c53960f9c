"""When the next measurement is due."""

from datetime import date

import pytest

from benefits.engine.due import add_months, next_due
from benefits.engine.facts import PlannedPoint
from tests.benefits.engine.build import END, HALF, START, project, target


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2013, 12, 31), 3, date(2014, 3, 31)),
        (date(2013, 3, 31), 3, date(2013, 6, 30)),
        (date(2013, 6, 30), 3, date(2013, 9, 30)),
        (date(2013, 2, 28), 1, date(2013, 3, 31)),  # a month's last day stays one
        (date(2012, 2, 29), 12, date(2013, 2, 28)),
        (date(2013, 1, 15), 12, date(2014, 1, 15)),
        (date(2013, 1, 30), 1, date(2013, 2, 28)),
    ],
)
def test_months(day, months, later):
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("measured_on", "due"),
    [
        (None, date(2013, 3, 31)),
        (date(2013, 3, 1), date(2013, 6, 30)),  # thirty days early is early enough
        (date(2013, 2, 28), date(2013, 3, 31)),
        (date(2013, 3, 31), date(2013, 6, 30)),
        (date(2013, 6, 30), date(2013, 9, 30)),  # nothing planned after: one period on
    ],
)
def test_planned_dates_come_first(measured_on, due):
    planned = (PlannedPoint(date(2013, 6, 30)), PlannedPoint(date(2013, 3, 31)), PlannedPoint(START, "baseline"))
    assert next_due(target(planned=planned), project(), measured_on).on == due


@pytest.mark.parametrize(
    ("frequency", "due"),
    [("monthly", date(2014, 1, 31)), ("quarterly", date(2014, 3, 31)), ("yearly", END), (None, END)],
)
def test_else_the_frequency_says(frequency, due):
    assert next_due(target(frequency=frequency), project(), HALF).on == due


def test_the_first_one_comes_a_period_after_the_effect_began():
    assert next_due(target(effect_starts_on=HALF), project(), None).on == date(2014, 3, 31)


def test_two_years_after_the_end_no_more_are_expected():
    facts = target(frequency="yearly")
    assert next_due(facts, project(), date(2015, 12, 31)).on is None  # the next would be a day too late
    assert next_due(facts, project(), date(2015, 12, 30)).on == date(2016, 12, 30)
    assert next_due(facts, project(ends_on=date(2015, 1, 1)), date(2015, 12, 31)).on == date(2016, 12, 31)
    assert not next_due(facts, project(), date(2016, 12, 30)).is_stale(date(2030, 1, 1))
