"""V6 and V8: can the figure move at all, and would we see it? (source: domain.md §2c, statistics «Detectability»)."""

from benefits.engine import noise
from benefits.engine.facts import TargetFacts
from benefits.engine.judging import EPSILON, Figures
from benefits.engine.noise import PERIODS, detectable_change, scale_of
from benefits.engine.paths import final_value, path_start
from benefits.engine.rules.case import Case, effect_targets, no_sign, not_assessable
from benefits.engine.verdicts import Evidence, Finding

SHARES = frozenset({"register_share", "survey_share"})  # what has a floor and a ceiling; sick leave has its own floor


def inert(case: Case) -> list[Finding]:
    """V6: a figure at its floor or ceiling from the start, or one that does not move though it should have."""
    return [
        no_sign("V6", target.id) if target.is_kept else _at_edge(case, target) or _inert(case, target)
        for target in effect_targets(case)
    ]


def _at_edge(case: Case, target: TargetFacts) -> Finding | None:
    """A share that starts where it can hardly get better."""
    if target.kind not in SHARES or target.baseline is None or target.direction is None:
        return None
    share, edge = target.baseline.value / scale_of(target.unit), case.thresholds.edge_share
    if not (share >= 1 - edge if target.direction > 0 else share <= edge):
        return None
    evidence = [Evidence("baseline", target.baseline.value, f"target:{target.id}", unit=target.unit)]
    return case.finding("at_edge", target=target.id, evidence=evidence, threshold={"share": edge})


def _inert(case: Case, target: TargetFacts) -> Finding:
    """Three comparable points nearer the baseline than what matters, when the plan should long have shown."""
    figures, t = case.figures.get(target.id), case.thresholds
    if figures is None:
        return not_assessable("V6", ["baseline" if target.baseline is None else "target_value"], target.id)
    chance = _chance(figures, t.certainty_z)
    limit = target.mmc if target.mmc is not None else chance
    if limit is None:
        return not_assessable("V6", ["noise"], target.id)
    last = figures.attainments[-t.inert_points :]
    is_whole = len(last) == t.inert_points and len(set(figures.segments[-t.inert_points :])) == 1
    if not is_whole or not _should_have_shown(case, target, figures, max(limit, chance or 0.0)):
        return no_sign("V6", target.id)
    furthest = max(abs(share) for share in last) * abs(figures.way)
    if furthest > limit + EPSILON:
        return no_sign("V6", target.id)
    source = f"target:{target.id}"
    evidence = [
        Evidence("baseline", figures.baseline, source, unit=target.unit),
        Evidence("furthest", furthest, source, on=figures.measured_on, unit=target.unit),
        Evidence("movement_limit", limit, source, unit=target.unit),
        Evidence("still_points", len(last), source),
        Evidence("expected_share", figures.expected[-1], source),
    ]
    return case.finding("inert", target=target.id, evidence=evidence, threshold={"points": t.inert_points})


def _chance(figures: Figures, z: float) -> float | None:
    """What chance alone can make of a point, in the unit; None when the noise is unknown."""
    sd = figures.attainment_sd()
    return None if sd is None else z * sd * abs(figures.way)


def _should_have_shown(case: Case, target: TargetFacts, figures: Figures, smallest: float) -> bool:
    """Whether the newest point comes long after the effect began, half the way along by a plan that can be seen.

    A change smaller than chance or than what matters (`smallest`, in the unit) cannot be missed: that is V8's.
    """
    start, t = target.effect_starts_on or path_start(target), case.thresholds
    if start is None or not figures.days or figures.days[-1] < start.toordinal() + t.inert_days:
        return False
    return figures.expected[-1] >= t.inert_expected and figures.expected[-1] * abs(figures.way) > smallest


def detectable(case: Case) -> list[Finding]:
    """V8: the promised change is smaller than what chance alone can make."""
    return [_detectable(case, target) for target in effect_targets(case)]


def _detectable(case: Case, target: TargetFacts) -> Finding:
    if target.is_kept:
        return no_sign("V8", target.id)
    final, found = final_value(target), detectable_change(target, case.thresholds)
    if final is None:
        return not_assessable("V8", ["target_value"], target.id)
    if found is None or target.baseline is None:
        return not_assessable("V8", [_missing(target)], target.id)
    way = abs(final[1] - target.baseline.value)
    if way >= found[0] - EPSILON:
        return no_sign("V8", target.id)
    source = f"target:{target.id}"
    evidence = [
        Evidence("promised_change", way, source, unit=target.unit),
        Evidence("chance_change", found[0], source, unit=target.unit),
        Evidence("seen_change", found[1], source, unit=target.unit),
        Evidence("population", target.population, source),
    ]
    return case.finding("within_chance", target=target.id, evidence=evidence, threshold={"z": noise.DETECT_X})


def _missing(target: TargetFacts) -> str:
    """What the detectable change lacks."""
    if target.kind not in noise.KINDS:
        return "definition"
    if target.baseline is None:
        return "baseline"
    return "noise" if target.frequency in PERIODS else "frequency"
