"""V3: does the indicator measure what the target is about, or something beside it? (source: domain.md §2c)."""

from benefits.engine.facts import TargetFacts
from benefits.engine.rules.case import Case, effect_targets, no_sign, not_assessable
from benefits.engine.verdicts import Evidence, Finding, State


def find(case: Case) -> list[Finding]:
    """One finding for each effect target. It asks: a reason closes it to a mere note, and an adviser's yes wholly."""
    return [_judge(case, target) for target in effect_targets(case)]


def _judge(case: Case, target: TargetFacts) -> Finding:
    if not target.is_catalogued:
        return not_assessable("V3", ["indicator"], target.id)
    missing = _missing(case, target)
    if not target.concept or missing is None or target.is_stand_in_confirmed:
        return no_sign("V3", target.id)
    source = f"target:{target.id}"
    evidence = [
        Evidence("concept", target.concept, source),
        Evidence("indicator_name", target.title, source),
        *(Evidence("missing_indicator", key, source) for key in missing),
    ]
    cause = "concept_in_part" if target.needs_all else "concept_differs"
    return case.finding("concept_unconfirmed" if target.is_justified else cause, target=target.id, evidence=evidence)


def _missing(case: Case, target: TargetFacts) -> tuple[str, ...] | None:
    """The indicators the concept lacks; empty where it is measured by another one, None where it is measured."""
    if not target.needs_all:
        return None if target.indicator in target.measured_by else ()
    followed = {
        other.indicator for other in case.project.targets if case.verdicts[other.id].state is not State.WITHDRAWN
    }
    return tuple(key for key in target.measured_by if key not in followed) or None
