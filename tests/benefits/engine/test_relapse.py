"""R0: gains that are held, lost, lost for good, and series that cannot tell."""

import pytest

from benefits.engine.facts import BaselineFact
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import QUARTERS, evidence, finding, judge_project, project, quarters, target

HELD = (20, 20, 20, 20, 20)


def r0(points, as_of=None, facts=None, **more):
    """The finding of R0 for one target."""
    facts = facts or target()
    return finding(judge_project(project(facts), {1: points}, as_of or points[-1][0], **more), "R0", 1)


@pytest.mark.parametrize(
    ("after", "severity", "cause"),
    [
        ((20,), Severity.NONE, "none"),
        ((10.1, 20), Severity.NONE, "none"),  # L = 5.05 > P/2
        ((10,), Severity.WATCH, "possible_relapse"),  # L = 5 = P/2
        ((10, 20.1), Severity.NONE, "none"),  # the next point clears
        ((10, 10), Severity.CRITICAL, "back_to_zero"),
        ((10, 10.1), Severity.CRITICAL, "back_to_zero"),
        ((12, 12, 12), Severity.CRITICAL, "back_to_zero"),  # L = 2 < 0.25·P
        ((12.5, 12.5, 12.5), Severity.WARN, "relapse_confirmed"),  # L = 2.5 = 0.25·P
        ((15, 15, 15), Severity.WARN, "relapse_confirmed"),
        ((15.1, 15.1, 15.1), Severity.NONE, "none"),
        ((9.5, 9.5, 9.5), Severity.CRITICAL, "back_to_zero"),  # L = −MMC exactly
        ((9.4, 9.4, 9.4), Severity.CRITICAL, "below_baseline_after_gain"),
    ],
)
def test_levels(after, severity, cause):
    found = r0(quarters(*HELD, *after))
    assert (found.severity, found.cause) == (severity, cause)


def test_an_old_relapse_does_not_heal_by_waiting():
    found = r0(quarters(*HELD, *[10] * 12))
    assert found.severity is Severity.CRITICAL
    assert evidence(found, "plateau") == [10.0]
    assert evidence(found, "since") == [QUARTERS[5]]


def test_a_regained_level_closes_it():
    assert r0(quarters(*HELD, 10, 10, 10, 18, 18)).severity is Severity.NONE


def test_chance_alone_is_no_relapse():
    noisy = target(declared_sd=6.0, baseline=BaselineFact(10.0, target().baseline.on, points=4))
    assert r0(quarters(*HELD, 10, 10), facts=noisy).severity is Severity.NONE


def test_a_gain_never_made_cannot_be_lost():
    assert r0(quarters(12.4, 12.4, 12.4, 12.4, 12.4, 10, 10)).severity is Severity.NONE


def test_a_reorganised_unit_is_another_series():
    sizes = {1: [100] * 5 + [120] * 2}
    assert r0(quarters(*HELD, 10, 10), denominators=sizes).severity is Severity.NONE
    assert r0(quarters(*HELD, 10, 10), denominators={1: [100] * 5 + [115] * 2}).severity is Severity.CRITICAL


def test_a_stopped_series_does_not_hide_a_relapse():
    verdict = judge_project(project(target()), {1: quarters(*HELD, 10, 10)}, QUARTERS[10])
    assert verdict.targets[0].state == "unknown"
    assert finding(verdict, "R0", 1).severity is Severity.CRITICAL
    assert "back_to_zero" in [concern.cause for concern in verdict.concerns]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"values": ()}, ("definition",)),
        ({"baseline": None}, ("baseline",)),
        ({"frequency": None}, ("frequency",)),
        ({"declared_sd": None, "mmc": None}, ("noise",)),
    ],
)
def test_what_is_missing_is_named(changes, missing):
    found = r0(quarters(12, 13), facts=target(**changes))
    assert (found.severity, found.missing) == (None, missing)


def test_a_stale_series_cannot_say_that_nothing_is_wrong():
    assert r0(quarters(12, 13), as_of=QUARTERS[8]).missing == ("fresh_measurement",)
    assert r0([], as_of=QUARTERS[8]).missing == ("measurements",)


def test_yearly_data_say_that_they_are_yearly():
    yearly = [(QUARTERS[3 + 4 * i], value) for i, value in enumerate((20, 20, 10, 10))]
    found = r0(yearly, facts=target(frequency="yearly"))
    assert evidence(found, "frequency") == ["yearly"]
