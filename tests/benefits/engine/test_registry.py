"""The registry: what each rule says of itself must hold for what it does."""

from dataclasses import fields

import pytest

from benefits.engine.codes import CAUSES, INPUTS
from benefits.engine.rules import RULES
from benefits.engine.thresholds import Thresholds
from benefits.engine.verdicts import Severity

EVERY = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)


@EVERY
def test_a_rule_names_what_it_reads_and_compares_with(rule):
    assert set(rule.inputs) <= set(INPUTS)
    assert set(rule.thresholds) <= {field.name for field in fields(Thresholds)}
    assert rule.source


@EVERY
def test_the_ladder_holds_every_severity_of_the_rules_causes(rule):
    assert list(rule.ladder) == sorted(set(rule.ladder) - {Severity.NONE})
    assert {cause.severity for cause in CAUSES.values() if cause.rule == rule.code} <= set(rule.ladder)


@EVERY
def test_a_learning_point_is_at_most_watched(rule):
    assert not rule.is_learning or max(rule.ladder) <= Severity.WATCH


def test_the_titles_are_different():
    assert len({rule.title for rule in RULES.values()}) == len(RULES)
