"""V7: the target's own sentence says another number or date than the target does (source: domain.md §2c)."""

from collections.abc import Iterable, Sequence

from benefits.engine.facts import TargetFacts
from benefits.engine.noise import scale_of
from benefits.engine.paths import final_value
from benefits.engine.rules.case import Case, effect_targets, no_sign, not_assessable
from benefits.engine.sentence_figures import Amount, Span, figures_in
from benefits.engine.verdicts import Evidence, Finding


def find(case: Case) -> list[Finding]:
    """One finding for each effect target: a sentence without any number or date says nothing that could differ."""
    return [_judge(case, target) for target in effect_targets(case)]


def _judge(case: Case, target: TargetFacts) -> Finding:
    final = final_value(target)
    if target.is_kept:  # its sentence has two limits, not one value to reach
        return no_sign("V7", target.id)
    if final is None:
        return not_assessable("V7", ["target_value"], target.id)
    if not target.statement:
        return not_assessable("V7", ["statement"], target.id)
    amounts, spans = figures_in(target.statement)
    own = _of_the_target(amounts, target)
    source, said = f"target:{target.id}", Evidence("target", final[1], f"target:{target.id}", unit=target.unit)
    if any(amount.is_sure for amount in own) and not any(_agrees(amount, target, final[1]) for amount in own):
        evidence = [Evidence("said_number", _sure(own), source), said]
        return case.finding("number_differs", target=target.id, evidence=evidence)
    if any(span.is_sure for span in spans) and not any(span.holds(final[0]) for span in spans):
        evidence = [Evidence("said_date", _sure(spans), source), Evidence("target_on", final[0], source)]
        return case.finding("date_differs", target=target.id, evidence=evidence)
    return no_sign("V7", target.id)


def _sure(figures: Sequence[Amount | Span]) -> str:
    """The last number or date the sentence surely says, as it says it."""
    return [figure.text for figure in figures if figure.is_sure][-1]


def _of_the_target(amounts: Iterable[Amount], target: TargetFacts) -> list[Amount]:
    """The amounts that can be the promise: not where it starts, nor those of its name, place or definition."""
    others = [a.value for text in (target.title, target.scope, target.definition) for a in figures_in(text)[0]]
    is_per_cent = scale_of(target.unit) == 100.0
    found = [amount for amount in amounts if amount.value not in others and not amount.is_start]
    if is_per_cent and any(amount.is_per_cent for amount in found):
        return [amount for amount in found if amount.is_per_cent]
    return found


def _agrees(amount: Amount, target: TargetFacts, value: float) -> bool:
    """Whether an amount is the value to reach, or the change: in the unit, or in per cent of the baseline."""
    if amount.equals(value) or amount.equals(abs(value)):
        return True
    if target.baseline is None:
        return False
    change = abs(value - target.baseline.value)
    if amount.equals(change):
        return True
    base = abs(target.baseline.value)
    return amount.is_per_cent and base > 0 and abs(amount.value - 100 * change / base) <= 1.0
