"""V5: what would show that a gain was moved rather than made? (source: domain.md §2c)."""

from benefits.engine.facts import TargetFacts
from benefits.engine.judging import EPSILON
from benefits.engine.rules.case import Case, effect_targets, no_sign, not_assessable
from benefits.engine.verdicts import Evidence, Finding, State


def find(case: Case) -> list[Finding]:
    """One finding for each effect target: no counter-indicator, or one that has worsened while the target gained."""
    return [_judge(case, target) for target in effect_targets(case)]


def _judge(case: Case, target: TargetFacts) -> Finding:
    if not target.is_catalogued and target.counter is None:
        return not_assessable("V5", ["indicator"], target.id)
    if not target.counters and target.counter is None:
        return no_sign("V5", target.id)
    others = [t for t in case.project.targets if t.id != target.id and _is_counter(t, target)]
    followed = [t for t in others if case.verdicts[t.id].state is not State.WITHDRAWN]
    if not followed:
        return case.finding("no_counter", target=target.id)
    worse = [found for other in sorted(followed, key=_number) if (found := _worse(case, target, other))]
    if worse:
        return worse[0]
    return no_sign("V5", target.id, [Evidence("counter", t.number, f"target:{t.id}") for t in followed])


def _is_counter(other: TargetFacts, target: TargetFacts) -> bool:
    """Whether another target is one of the catalogue's counters, or the one the project chose."""
    return other.indicator in target.counters or other.number == target.counter


def _number(target: TargetFacts) -> int:
    return target.number


def _worse(case: Case, target: TargetFacts, counter: TargetFacts) -> Finding | None:
    """The counter has worsened by more than matters to anybody, surely, while the target has gained.

    A counter that has not been measured lately, or of which nobody has said what matters, tells nothing.
    """
    if target.is_kept or counter.is_kept:
        return None
    own, other = case.figures.get(target.id), case.figures.get(counter.id)
    is_fresh = case.verdicts[counter.id].state is not State.UNKNOWN
    if own is None or other is None or not own.attainments or not other.attainments or not is_fresh:
        return None
    if counter.mmc is None or own.attainments[-1] <= 0:
        return None
    loss, sd = -other.attainments[-1] * abs(other.way), other.attainment_sd()
    chance = 0.0 if sd is None else case.thresholds.certainty_z * sd * abs(other.way)
    if loss <= max(counter.mmc, chance) + EPSILON:
        return None
    source = f"target:{counter.id}"
    evidence = [
        Evidence("counter", counter.number, source),
        Evidence("counter_name", counter.title, source),
        Evidence("counter_baseline", other.baseline, source, unit=counter.unit),
        Evidence("counter_value", other.value, source, on=other.measured_on, unit=counter.unit),
        Evidence("counter_loss", loss, source, unit=counter.unit),
        Evidence("counter_mmc", counter.mmc, source, unit=counter.unit),
    ]
    return case.finding(
        "counter_worse", target=target.id, evidence=evidence, threshold={"z": case.thresholds.certainty_z}
    )
