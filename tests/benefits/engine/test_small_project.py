"""An ordinary small project: one target, four yearly numbers, a leader, an owner and someone who measures.

Whatever it has not got round to, it is never met with more than three concerns (decisions 18a and 18d).
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benefits.engine.due import add_months
from benefits.engine.facts import BaselineFact, PlannedPoint, ProjectFacts, TargetFacts, TargetValueFact
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import judge_project, role

BEGUN, END = date(2011, 3, 1), date(2014, 12, 31)
YEARS = [date(year, 12, 31) for year in (2011, 2012, 2013, 2014)]
MONTHS = [add_months(BEGUN, months) for months in range(66)]
ROLES = (
    role("owner", 2, BEGUN, END),
    role("leader", 1, BEGUN, END),
    role("measurement_responsible", 9, date(2014, 10, 1)),
)
TARGET = TargetFacts(
    1, 1, True, "effect", 1, title="Sykefravær, legemeldt", kind="absence_rate", unit="%", direction=-1,
    frequency="yearly", mmc=0.5, plausible_min=0.5, plausible_max=30.0, population=60, is_catalogued=True,
    indicator="sykefravaer_legemeldt", indicator_level="effect", counters=("turnover",),
    baseline=BaselineFact(10.8, date(2010, 12, 31), 60), values=(TargetValueFact(YEARS[-1], 9.0),),
    planned=tuple(PlannedPoint(date(year, 12, 31)) for year in range(2011, 2017)),
    statement="Vi vil redusere sykefravær, legemeldt i pleie og omsorg fra 10,8 % i 2010 til 9,0 % i 2014.",
)  # fmt: skip


def concerns(measured, day, **changes):
    """The project's concerns on a day, with the yearly values that had been registered by then a month later."""
    facts = ProjectFacts(1, 1, BEGUN, END, BEGUN, (replace(TARGET, **changes),), ROLES)
    points = [
        (on, value) for on, value in zip(YEARS, measured, strict=True) if value and on + timedelta(days=31) <= day
    ]
    return judge_project(facts, {1: points}, day).concerns


@pytest.mark.parametrize(
    "values",
    [
        (10.4, 9.9, 9.5, 8.9),  # as planned
        (10.9, 10.7, 10.8, 10.8),  # nothing happens
        (11.5, 12.0, 12.4, 12.9),  # worse and worse
        (9.0, 8.8, 10.6, 10.9),  # won and lost
        (10.4, None, None, None),  # measured once
        (None, None, None, None),  # never measured
    ],
)
def test_it_meets_at_most_three_concerns(values):
    worst = max((concerns(values, day) for day in MONTHS), key=len)
    assert len(worst) <= 3, [concern.cause for concern in worst]


def test_when_all_is_well_it_meets_none_while_it_runs():
    for day in MONTHS[:46]:
        assert [c.cause for c in concerns((10.4, 9.9, 9.5, 8.9), day) if c.cause != "one_person"] == [], day


@pytest.mark.parametrize(
    "changes",
    [
        {"statement": "Vi vil redusere sykefraværet til 8 % i 2015."},
        {"indicator_level": "output"},
        {"planned": (PlannedPoint(YEARS[-1]),)},
        {"population": None, "mmc": None},
        {"baseline": None},
        {"values": ()},
    ],
)
def test_what_is_badly_set_up_makes_no_heap(changes):
    worst = max((concerns((10.9, 10.7, 10.8, 10.8), day, **changes) for day in MONTHS), key=len)
    assert len(worst) <= 3, [concern.cause for concern in worst]


def test_nothing_about_it_is_grave_in_its_first_half_year():
    for day in MONTHS[:6]:
        assert all(concern.severity <= Severity.WATCH for concern in concerns((None,) * 4, day, values=())), day
