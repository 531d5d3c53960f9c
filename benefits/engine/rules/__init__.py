"""The rules: each a small function from one project's case to its findings, listed in one registry."""

from collections.abc import Callable
from dataclasses import dataclass

from benefits.engine.codes import RULE_TITLES
from benefits.engine.rules import leadership, measurability, ownership, relapse
from benefits.engine.rules.case import Case
from benefits.engine.verdicts import Finding


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, its title's code, its function, and whether it is a learning point instead of a pitfall."""

    code: str
    title: str
    find: Callable[[Case], list[Finding]]
    is_learning: bool = False


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule("F3", RULE_TITLES["F3"], measurability.find),
        Rule("F4", RULE_TITLES["F4"], ownership.find),
        Rule("F5", RULE_TITLES["F5"], leadership.find),
        Rule("R0", RULE_TITLES["R0"], relapse.find),
    )
}
