"""V5: a gain with nothing beside it that would show it was only moved."""

from dataclasses import replace

import pytest

from benefits.engine.facts import BaselineFact, TargetValueFact
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import END, HALF, START, evidence, finding, judge_project, project, quarters, target

FULL_TIME = target(indicator="heltid", is_catalogued=True, counters=("vikar", "fravær"))
# lower is better: from 8 to 4, and half a unit matters
LOCUM = target(
    id=2, number=2, title="Vikarbruk", indicator="vikar", is_catalogued=True, direction=-1,
    baseline=BaselineFact(8.0, START), values=(TargetValueFact(END, 4.0),),
)  # fmt: skip


def v5(own, other, counter=LOCUM, facts=FULL_TIME):
    """The finding about the first target, both measured in 2013."""
    verdict = judge_project(project(facts, counter), {1: quarters(*own), 2: quarters(*other)}, HALF)
    return finding(verdict, "V5", 1)


def test_none_registered_is_said_and_never_a_concern():
    verdict = judge_project(project(FULL_TIME), {1: quarters(12, 13, 14, 15)}, HALF)
    found = finding(verdict, "V5", 1)
    assert (found.severity, found.cause, found.action) == (Severity.INFO, "no_counter", "add_counter")
    assert verdict.concerns == ()


@pytest.mark.parametrize(
    ("value", "severity"), [(8.49, Severity.NONE), (8.5, Severity.NONE), (8.51, Severity.WATCH), (7.0, Severity.NONE)]
)
def test_a_counter_that_worsens_by_more_than_matters(value, severity):
    assert v5([12, 13, 14, 15], [8, 8, 8, value]).severity is severity


def test_it_shows_both_figures():
    found = v5([12, 13, 14, 15], [8, 8, 8, 9])
    assert (found.cause, found.target) == ("counter_worse", 1)
    assert [evidence(found, name) for name in ("counter", "counter_baseline", "counter_value", "counter_loss")] == [
        [2], [8.0], [9.0], [1.0],
    ]  # fmt: skip


def test_what_chance_can_explain_is_no_loss():
    assert v5([12, 13, 14, 15], [8, 8, 8, 9], replace(LOCUM, declared_sd=0.9)).severity is Severity.NONE
    assert v5([12, 13, 14, 15], [8, 8, 8, 9], replace(LOCUM, declared_sd=0.1)).severity is Severity.WATCH


@pytest.mark.parametrize(
    ("own", "other", "changes"),
    [
        ([10, 10, 10, 10], [8, 8, 8, 9], {}),  # nothing gained, so nothing moved
        ([12, 13, 14, 15], [9], {}),  # not measured lately
        ([12, 13, 14, 15], [], {}),
        ([], [8, 8, 8, 9], {}),
        ([12, 13, 14, 15], [8, 8, 8, 9], {"mmc": None}),  # nobody has said what matters
        ([12, 13, 14, 15], [8, 8, 8, 9], {"baseline": None}),
    ],
)
def test_what_must_not_open_it(own, other, changes):
    assert v5(own, other, replace(LOCUM, **changes)).severity is Severity.NONE


def test_a_withdrawn_counter_counts_no_more():
    assert v5([12, 13, 14, 15], [8, 8, 8, 8], replace(LOCUM, withdrawn_on=HALF)).cause == "no_counter"


def test_an_indicator_of_ones_own_has_no_known_counters():
    found = v5([12, 13, 14, 15], [8, 8, 8, 9], facts=target())
    assert (found.severity, found.missing) == (None, ("indicator",))
    assert v5([12], [8], facts=replace(FULL_TIME, counters=())).severity is Severity.NONE


def test_a_target_the_project_chose_is_a_counter_too():
    own = replace(FULL_TIME, indicator="egen", is_catalogued=False, counters=(), counter=2)
    other = replace(LOCUM, indicator="egen", is_catalogued=False)
    assert v5([12, 13, 14, 15], [8, 8, 8, 9], counter=other, facts=own).cause == "counter_worse"
    assert v5([12, 13, 14, 15], [8, 8, 8, 7], counter=other, facts=own).severity is Severity.NONE
    assert v5([12, 13, 14, 15], [8, 8, 8, 7], counter=other, facts=replace(own, counter=None)).missing == ("indicator",)
    assert v5([12, 13, 14, 15], [8, 8, 8, 7], counter=other, facts=replace(own, counter=9)).cause == "no_counter"
