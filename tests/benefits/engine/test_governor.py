"""When a rule is held, and how long a release lasts."""

from datetime import date, timedelta

import pytest

from benefits.engine.governor import (
    CHANCE_UNKNOWN,
    RELEASE,
    Ground,
    Release,
    Tally,
    expected_behind,
    expected_false,
    ground_to_hold,
)

TODAY = date(2015, 1, 22)


@pytest.mark.parametrize(
    ("tally", "ground"),
    [
        (Tally("R0", projects=10, critical=2), None),
        (Tally("R0", projects=10, critical=3), Ground.CRITICAL),
        (Tally("R0", projects=9, critical=9), None),
        (Tally("R0", openings=12, false=3), None),
        (Tally("R0", openings=12, false=4), Ground.FALSE),
        (Tally("R0", openings=9, false=9), None),
        (Tally("R0", projects=10, critical=3, openings=12, false=4), Ground.CRITICAL),
    ],
)
def test_a_rule_that_cries_too_often_is_held(tally, ground):
    assert ground_to_hold(tally, {}, TODAY) is ground


@pytest.mark.parametrize(
    ("ground", "share", "days_ago", "is_held"),
    [
        (Ground.CRITICAL, 0.3, 0, False),
        (Ground.CRITICAL, 0.3, RELEASE.days, False),
        (Ground.CRITICAL, 0.3, RELEASE.days + 1, True),
        (Ground.CRITICAL, 0.29, 0, True),
        (Ground.FALSE, 0.9, 0, True),
    ],
)
def test_a_release_lasts_until_it_gets_worse_or_ninety_days(ground, share, days_ago, is_held):
    release = Release(ground, share, TODAY - timedelta(days=days_ago))
    found = ground_to_hold(Tally("R0", projects=10, critical=3), {ground: release}, TODAY)
    assert (found is Ground.CRITICAL) is is_held


def test_chance_has_a_part_only_where_figures_vary():
    looks = {("quarterly", True): 60, ("quarterly", False): 20, ("yearly", True): 2, ("", True): 9}
    assert expected_false("R0", looks) == pytest.approx(80 * 0.027 / 8 + 0.05)
    assert expected_false("V6", looks) == pytest.approx(60 * 0.017 / 12 + 20 * 0.19 / 12 + 2 * 0.001)
    assert expected_false("F5", looks) is None
    assert expected_false("V5", looks) is None, "chance has a part, and nobody knows how large"
    assert "V5" in CHANCE_UNKNOWN
    assert expected_behind(looks) == pytest.approx(80 * 0.073 + 2 * 0.04)
