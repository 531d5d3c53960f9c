"""Breaks: what lies on the other side of one is not compared."""

from datetime import date, timedelta

import pytest

from benefits.engine.facts import BaselineFact, BreakFact, TargetValueFact
from benefits.engine.verdicts import Severity, State
from tests.benefits.engine.build import QUARTERS, START, codes, finding, judge, judge_project, project, quarters, target

FELL = (20, 20, 20, 20, 20, 10, 10, 10)
FAR = date(2019, 12, 31)


def broken(on, **changes):
    """A target whose series is broken on a day."""
    return target(breaks=(BreakFact(on, "merger"),), **changes)


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        (QUARTERS[4] + timedelta(days=1), Severity.NONE),  # the fall is on the other side
        (QUARTERS[5], Severity.NONE),  # a break counts from its own day
        (QUARTERS[5] + timedelta(days=1), Severity.NONE),
        (QUARTERS[7] + timedelta(days=1), Severity.CRITICAL),  # nothing measured after it yet
        (START, Severity.CRITICAL),  # on the baseline's day: the baseline is of the new kind
    ],
)
def test_no_relapse_goes_across_a_break(on, severity):
    found = finding(judge_project(project(broken(on)), {1: quarters(*FELL)}, QUARTERS[7]), "R0", 1)
    assert found.severity is severity


def test_the_break_is_said():
    verdict = judge(broken(QUARTERS[3], values=(TargetValueFact(FAR, 20.0),)), quarters(*range(11, 19)), QUARTERS[7])
    assert "series_break" in codes(verdict)
    assert (verdict.forecast, verdict.no_forecast) == ((), "break")


def test_a_baseline_measured_after_the_break_makes_the_series_whole():
    after = BaselineFact(10.0, QUARTERS[3])
    facts = broken(QUARTERS[3], baseline=after, values=(TargetValueFact(FAR, 20.0),))
    verdict = judge(facts, quarters(*range(11, 23)), QUARTERS[11])
    assert "series_break" not in codes(verdict)
    assert verdict.forecast


def test_run_chart_and_limits_only_see_the_points_after_it():
    wave = [10.1 + 2 * (i % 2) + i / 100 for i in range(14)]
    facts = {"values": (TargetValueFact(FAR, 60.0),), "declared_sd": 9.0}
    whole = judge(target(**facts), quarters(*wave), QUARTERS[13])
    split = judge(broken(QUARTERS[5], **facts), quarters(*wave), QUARTERS[13])
    assert [signal.code for signal in whole.signals] == ["run_calm", "limits_preliminary"]
    assert split.signals == ()


def test_two_points_on_either_side_of_a_break_are_no_pair():
    facts = {"declared_sd": 0.5, "baseline": BaselineFact(10.0, START, points=4)}
    points = [(QUARTERS[2], 12.2), (QUARTERS[3], 13.4)]  # each may be chance, both together not
    assert judge(target(**facts), points, QUARTERS[3]).state is State.BEHIND
    assert judge(broken(QUARTERS[3], **facts), points, QUARTERS[3]).state is State.WITHIN_UNCERTAINTY


def test_a_changed_unit_is_named_with_its_day():
    verdict = judge(target(), quarters(11, 12, 13, 14), QUARTERS[3], denominators={1: [100, 100, 130, 130]})
    reason = next(reason for reason in verdict.reasons if reason.code == "unit_changed")
    assert reason.values == {"on": QUARTERS[2]}
