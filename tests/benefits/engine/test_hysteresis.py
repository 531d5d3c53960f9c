"""A warning opens on one hit and closes on newer facts, never because the calendar or chance moved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benefits.engine.facts import OpenWarning, PlannedPoint
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import QUARTERS, evidence, finding, judge_project, project, quarters, role, target

DAY = timedelta(days=1)
OPENED, LATER, LEAVES = date(2014, 1, 10), date(2014, 3, 1), date(2014, 6, 30)


def leaning(**changes):
    """On 10 January three points of five rest on one who leaves in June; on 1 March only one of three is left."""
    leaving = [PlannedPoint(day) for day in (date(2014, 1, 31), date(2014, 2, 28), date(2014, 6, 15))]
    staying = [PlannedPoint(day) for day in (date(2014, 7, 15), date(2014, 10, 15))]
    targets = (
        target(planned=tuple(leaving)),
        target(id=2, number=2, measurement_responsible=8, planned=tuple(staying)),
    )
    roles = (role(), role("owner", 2), role("measurement_responsible", 9, ends_on=LEAVES))
    opened = (OpenWarning("F5", None, "one_person", Severity.WATCH, OPENED),)
    return replace(project(*targets, roles=roles), **{"open_warnings": opened, **changes})


def f5(facts, day):
    return finding(judge_project(facts, {}, day), "F5")


def test_the_sign_goes_with_the_calendar_alone():
    never_warned = leaning(open_warnings=())
    assert f5(never_warned, OPENED).cause == "one_person"
    assert f5(never_warned, LATER).severity is Severity.NONE


@pytest.mark.parametrize("changed_on", [None, date(2013, 12, 1), OPENED])
def test_without_newer_facts_the_warning_stays_open(changed_on):
    found = f5(leaning(changed_on=changed_on), LATER)
    assert (found.cause, found.severity, found.is_held) == ("one_person", Severity.WATCH, True)
    assert evidence(found, "nothing_new_since") == [OPENED]


@pytest.mark.parametrize(
    ("changed_on", "is_closed"),
    [(date(2014, 1, 20), False), (date(2014, 1, 31), False), (date(2014, 2, 28), True), (LATER, True)],
)
def test_newer_facts_close_only_when_the_sign_was_gone_on_their_day(changed_on, is_closed):
    """On 20 and 31 January the points still leaned on one: those evaluations cleared nothing."""
    assert (f5(leaning(changed_on=changed_on), LATER).severity is Severity.NONE) is is_closed


def test_a_role_that_takes_effect_is_a_newer_fact():
    facts = leaning()
    helped = replace(facts, roles=(*facts.roles, role("measurement_responsible_deputy", 7, starts_on=LATER)))
    assert f5(helped, LATER).severity is Severity.NONE


def test_what_opened_on_the_day_itself_holds_nothing():
    opened = (OpenWarning("F5", None, "one_person", Severity.WATCH, LATER),)
    assert f5(leaning(open_warnings=opened), LATER).severity is Severity.NONE


def relapsed(*after, severity=Severity.WARN):
    """A gain of 10 that fell to 4, and then the points given; a relapse was confirmed."""
    series = quarters(20, 20, 20, 20, 20, 14, 14, 14, *after)
    as_of = series[-1][0]
    warning = OpenWarning("R0", 1, "relapse_confirmed", severity, QUARTERS[7])
    facts = project(target(), open_warnings=(warning,), changed_on=as_of)
    return finding(judge_project(facts, {1: series}, as_of), "R0", 1)


def test_a_confirmed_relapse_is_seen_as_one():
    assert (relapsed().cause, relapsed().is_held) == ("relapse_confirmed", False)


@pytest.mark.parametrize(
    ("after", "is_open"),
    [((15, 15), True), ((15.5, 15.5), True), ((16.0, 16.0), True), ((16.1, 16.1), False), ((19, 19), False)],
)
def test_a_confirmed_relapse_closes_well_over_half_the_gain(after, is_open):
    found = relapsed(*after)
    assert bool(found.severity) is is_open
    assert found.is_held is (is_open and after[0] > 15)


def test_a_first_hit_is_cleared_by_the_next_point_without_a_margin():
    assert relapsed(15.5, 15.5, severity=Severity.WATCH).severity is Severity.NONE


def test_a_held_warning_is_never_graver_than_it_was():
    assert relapsed(15.5, 15.5).severity is Severity.WARN


def test_taking_the_inputs_away_closes_nothing():
    warning = OpenWarning("R0", 1, "relapse_confirmed", Severity.WARN, QUARTERS[7])
    bare = project(target(baseline=None), open_warnings=(warning,), changed_on=QUARTERS[8])
    verdict = judge_project(bare, {1: quarters(20, 20, 20, 20, 20, 14, 14, 14)}, QUARTERS[8])
    found = finding(verdict, "R0", 1)
    assert (found.cause, found.severity, found.is_held) == ("relapse_confirmed", Severity.WARN, True)
    assert evidence(found, "lacks") == ["baseline"]


def test_a_learning_point_nobody_is_shown_is_not_held():
    opened = (OpenWarning("F5", None, "one_person", Severity.INFO, OPENED),)
    assert f5(leaning(open_warnings=opened), LATER).severity is Severity.NONE
