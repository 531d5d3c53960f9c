"""V4: has the figure moved because something else did, who is counted, not what they do? (source: domain.md §2c)."""

from benefits.engine.facts import TargetFacts
from benefits.engine.judging import EPSILON, Figures
from benefits.engine.noise import scale_of
from benefits.engine.rules.case import Case, effect_targets, no_sign, not_assessable
from benefits.engine.rules.movement import SHARES
from benefits.engine.verdicts import Evidence, Finding

HALF_A_PERSON = 0.5  # shares are rounded, people are not


def find(case: Case) -> list[Finding]:
    """One finding for each effect target that is a share."""
    return [_judge(case, target) for target in effect_targets(case)]


def _judge(case: Case, target: TargetFacts) -> Finding:
    figures = case.figures.get(target.id)
    if target.kind not in SHARES or target.is_kept or target.mmc is None:
        return no_sign("V4", target.id)
    ends = None if figures is None else _ends(figures, target)
    if figures is None or ends is None:
        return not_assessable("V4", ["denominators"], target.id)
    (first, before), (last, after) = ends
    direction = target.direction or 1
    if (last - first) * direction <= target.mmc + EPSILON:
        return no_sign("V4", target.id)
    limit = case.thresholds.side_door_change
    is_moved = abs(after / before - 1) > limit + EPSILON
    counted_before, counted_after = (_counted(*end, target) for end in ends)
    is_smaller_base = after < before and counted_after < counted_before + HALF_A_PERSON
    if not is_moved and not is_smaller_base:
        return no_sign("V4", target.id)
    source = f"target:{target.id}"
    evidence = [
        Evidence("gain", abs(last - first), source, on=figures.measured_on, unit=target.unit),
        Evidence("denominator_before", round(before), source),
        Evidence("denominator_after", round(after), source),
        Evidence("counted_before", round(counted_before), source),
        Evidence("counted_after", round(counted_after), source),
    ]
    cause = "only_fewer" if is_smaller_base else "denominator_moved"
    threshold = {"share": limit} if is_moved and not is_smaller_base else None
    return case.finding(cause, target=target.id, evidence=evidence, threshold=threshold)


def _ends(figures: Figures, target: TargetFacts) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Value and denominator of the first and the newest point since the last break that say both; None: too few."""
    known = [
        (figures.baseline + share * figures.way, denominator)
        for share, denominator, segment in zip(figures.attainments, figures.denominators, figures.segments, strict=True)
        if denominator and segment == figures.segments[-1]
    ]
    return (known[0], known[-1]) if len(known) > 1 else None


def _counted(value: float, denominator: float, target: TargetFacts) -> float:
    """How many are as the target wants them: in the share where more is better, outside it where less is."""
    share = value / scale_of(target.unit)
    return denominator * (share if (target.direction or 1) > 0 else 1 - share)
