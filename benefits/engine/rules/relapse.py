"""R0 «Kan vi unngå å rykke tilbake til 0?» as findings (source: statistics.md «R0, relapse»)."""

from benefits.engine.facts import TargetFacts
from benefits.engine.judging import Figures
from benefits.engine.relapse import Level
from benefits.engine.rules.carrying import carrier_left, measuring_stopped
from benefits.engine.rules.case import Case, no_sign, not_assessable
from benefits.engine.verdicts import Evidence, Finding, State

CAUSE_OF = {
    Level.WATCH: "possible_relapse",
    Level.CONFIRMED: "relapse_confirmed",
    Level.BACK_TO_ZERO: "back_to_zero",
    Level.BELOW_BASELINE: "below_baseline_after_gain",
}
EXEMPT = frozenset({State.WITHDRAWN, State.NOT_MEASURABLE})


def find(case: Case) -> list[Finding]:
    """One finding for each target that is measured at all, and one where nobody carries the gains on."""
    targets = [t for t in case.project.targets if case.verdicts[t.id].state not in EXEMPT]
    left = carrier_left(case)
    return [*([left] if left else []), *(_judge(case, target) for target in targets)]


def _judge(case: Case, target: TargetFacts) -> Finding:
    """R0's level, or what is missing to tell; a gain that has not been made cannot be lost."""
    figures, state = case.figures.get(target.id), case.verdicts[target.id].state
    if figures is None or state is State.NO_BASELINE:
        return not_assessable("R0", ["definition" if state is State.NOT_DEFINED else "baseline"], target.id)
    relapse = figures.relapse
    if target.is_kept:
        return no_sign("R0", target.id)  # nothing is gained that could be lost: outside its limits it is behind
    if relapse.level != Level.NONE:
        return _relapse(case, target, figures)
    if state is State.UNKNOWN:
        stopped = measuring_stopped(case, target, figures)
        if stopped is not None:
            return stopped
        missing = "measurements" if figures.measured_on is None else "fresh_measurement"
        return not_assessable("R0", [missing], target.id)
    if not relapse.can_tell:
        return not_assessable("R0", ["frequency" if target.frequency is None else "noise"], target.id)
    return no_sign("R0", target.id, [_frequency(target, figures)])


def _relapse(case: Case, target: TargetFacts, figures: Figures) -> Finding:
    """A hit: the gain held, the gain now, and the fall that chance could explain."""
    relapse, source = figures.relapse, f"target:{target.id}"
    plateau, recent = relapse.plateau or 0.0, relapse.recent or 0.0
    evidence = [
        Evidence("plateau", plateau, source, unit=target.unit),
        Evidence("recent", recent, source, on=figures.measured_on, unit=target.unit),
        Evidence("needed_fall", relapse.needed, source, unit=target.unit),
        Evidence("lost_share", 1 - recent / plateau if plateau else None, source),
        Evidence("since", relapse.since, source),
        _frequency(target, figures),
    ]
    t = case.thresholds
    z = t.relapse_z_monthly if target.frequency == "monthly" else t.relapse_z
    threshold = {"relapse_share": t.relapse_share, "z": z, "zero_share": t.zero_share}
    return case.finding(CAUSE_OF[relapse.level], target=target.id, evidence=evidence, threshold=threshold)


def _frequency(target: TargetFacts, figures: Figures) -> Evidence:
    """How often the compared points come: whole years also where the season could not be taken out in another way."""
    return Evidence("frequency", "yearly" if figures.is_pooled else target.frequency, f"target:{target.id}")
