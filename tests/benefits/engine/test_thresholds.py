"""A programme's own thresholds."""

from dataclasses import asdict

import pytest

from benefits.engine.assess import assess
from benefits.engine.thresholds import DEFAULT, SPECS, Thresholds, UnknownThreshold
from benefits.engine.verdicts import State
from tests.benefits.engine.build import HALF, batch, project, target


def test_an_unknown_name_is_refused():
    with pytest.raises(UnknownThreshold, match="nonsense"):
        DEFAULT.with_overrides({"nonsense": 1, "grace_days": 0})


def test_each_programme_has_its_own():
    facts = [project(target(id=i, tolerance=None, mmc=None), id=i, programme=i) for i in (1, 2)]
    values = batch({1: [(HALF, 13.5)], 2: [(HALF, 13.5)]})
    lenient = Thresholds().with_overrides({"default_tolerance": 0.2})
    states = [v.targets[0].state for v in assess(facts, values, HALF, {2: lenient})]
    assert states == [State.BEHIND, State.ON_TRACK]


def test_lists_from_json_are_taken():
    assert Thresholds(held_rules=["F3"]) == Thresholds(held_rules=("F3",))
    assert hash(Thresholds(held_rules=["F3"]))


def test_every_threshold_says_what_it_is_and_lies_within_its_own_bounds():
    values = asdict(DEFAULT)
    assert set(values) - set(SPECS) == {"held_rules"}
    for name, spec in SPECS.items():
        assert spec.low <= values[name] <= spec.high, name
        assert spec.about, name
        assert spec.source, name
        assert isinstance(values[name], int) is spec.is_whole, name
