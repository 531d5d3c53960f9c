"""R0's leading signals: a gain nobody measures or carries any more, before the number falls."""

from datetime import timedelta

import pytest

from benefits.engine.assess import assess
from benefits.engine.facts import PlannedPoint
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import (
    END,
    QUARTERS,
    batch,
    evidence,
    finding,
    judge_project,
    project,
    quarters,
    role,
    target,
)

DAY = timedelta(days=1)
MEASURED = quarters(12, 13, 14, 15, 16, 17, 18, 20)  # until the end of 2014
LINE = role("measurement_responsible", 9)
STALE = QUARTERS[8] + 46 * DAY  # the first point of 2015 is too late


def r0(*roles, as_of=STALE, points=MEASURED, subject=1, facts=None, **changes):
    """R0's finding in a project that ended with 2014."""
    facts = project(facts or target(), **{"ends_on": END, "roles": roles or (LINE,), **changes})
    verdict = judge_project(facts, {1: points}, as_of)
    return next((f for f in verdict.findings if (f.rule, f.target) == ("R0", subject)), None), verdict


@pytest.mark.parametrize(("days", "cause"), [(0, "measuring_stopped"), (-1, "none")])
def test_nobody_measures_after_the_end(days, cause):
    assert r0(as_of=STALE + days * DAY)[0].cause == cause


def test_a_late_measurement_is_the_concern_and_the_signal_its_evidence():
    found, verdict = r0()
    assert (found.severity, evidence(found, "project_ends_on")) == (Severity.WATCH, [END])
    assert [concern.cause for concern in verdict.concerns] == ["measurement_stale"]


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        ({"ends_on": None}, MEASURED),  # still running: the measurement is late, no more
        ({}, quarters(12, 13, 14, 15, 16, 17, 18, 12.4)),  # hardly a gain to lose
        ({}, [*MEASURED, (QUARTERS[8], 20)]),  # measured after the end
        ({}, []),
    ],
)
def test_what_is_no_signal(changes, points):
    found, _verdict = r0(points=points, **changes)
    assert found.cause != "measuring_stopped"


@pytest.mark.parametrize(
    ("days", "is_left"), [(30, False), (31, True), (183, True), (184, False)]
)  # fmt: skip
def test_the_owner_left_within_six_months(days, is_left):
    as_of = END + 20 * DAY
    gone = role("owner", 2, ends_on=as_of - days * DAY)
    found, _verdict = r0(role(), gone, as_of=as_of, subject=None, ends_on=END + 900 * DAY)
    assert (found is not None) is is_left
    if found:
        assert (found.cause, found.severity, evidence(found, "days_alone")) == ("carrier_left", Severity.WATCH, [days])


@pytest.mark.parametrize(
    "roles",
    [
        (role("owner", 2, ends_on=END), LINE),  # somebody in the line carries it on
        (role("owner", 2, ends_on=END), role("owner", 3, starts_on=END)),
        (role("owner", 2, ends_on=END), role("owner_deputy", 3)),
    ],
)
def test_somebody_carries_it_on(roles):
    assert r0(*roles, as_of=END + 60 * DAY, subject=None)[0] is None


def test_without_a_gain_there_is_nothing_to_carry():
    gone = (role("owner", 2, ends_on=END - 60 * DAY),)
    assert r0(*gone, as_of=END, subject=None, ends_on=None, points=quarters(10, 10, 10, 10))[0] is None
    assert r0(*gone, as_of=END, subject=None, ends_on=None, points=[])[0] is None


def test_a_vacancy_is_the_concern_and_the_signal_follows_from_it():
    found, verdict = r0(role(), role("owner", 2, ends_on=END - 60 * DAY), LINE, as_of=END, subject=None, ends_on=None)
    assert found.cause == "carrier_left"
    assert [concern.cause for concern in verdict.concerns] == ["owner_vacant"]


def test_a_gain_that_is_reached_and_left_alone_is_a_concern():
    planned = target(planned=(PlannedPoint(END), PlannedPoint(END + 700 * DAY)))
    gone = (role("owner", 2, ends_on=END), role("leader", 1, ends_on=END))
    points = [(QUARTERS[6], 20), (QUARTERS[7], 20)]
    _found, verdict = r0(*gone, as_of=END + 40 * DAY, points=points, facts=planned, subject=None)
    assert [concern.cause for concern in verdict.concerns] == ["carrier_left"]
    assert finding(verdict, "F5").severity in (Severity.NONE, None)


def test_the_gains_of_other_projects_are_not_ones_own():
    gone = (role(), role("owner", 2, ends_on=END - 60 * DAY))
    gained, empty = project(target(), roles=gone), project(target(id=2), id=2, roles=gone)
    verdicts = assess([gained, empty], batch({1: MEASURED, 2: quarters(10, 10, 10, 10, 10, 10, 10, 10)}), END)
    assert [any(f.cause == "carrier_left" for f in verdict.findings) for verdict in verdicts] == [True, False]
