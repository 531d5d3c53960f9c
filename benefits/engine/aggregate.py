"""A project's result from its targets' (source: decisions 17): the main target's, else the worst.

A state is chosen or counted, never computed from several: a percentage of the way is comparable within one target
only. The whole ladder from target to portfolio stands in docs/architecture.md, «From target to portfolio».
"""

from collections.abc import Sequence

from benefits.engine.facts import ProjectFacts, TargetFacts
from benefits.engine.verdicts import Reason, Result, State, TargetVerdict

# The four that are reported when any target has them, worst first; then good ones, the least far first (decisions 17).
WORST_FIRST = (
    Result.RELAPSE,
    Result.AT_RISK,
    Result.NOT_ACHIEVED,
    Result.BEHIND,
)
GOOD = (Result.ON_TRACK, Result.ACHIEVED)
JUDGED = frozenset(WORST_FIRST) | frozenset(GOOD)
EFFECT_LEVELS = frozenset({"effect", "societal"})

Aggregate = tuple[Result, State | None, tuple[Reason, ...]]


def project_result(project: ProjectFacts, verdicts: Sequence[TargetVerdict]) -> Aggregate:
    """The project's result, the state it was taken from, and why; withdrawn targets do not count."""
    counted = [v for v in verdicts if v.result is not Result.WITHDRAWN]
    main = _main(project.targets, counted)
    if main:
        target = next(t for t in project.targets if t.id == main.target)
        return main.result, main.state, (Reason("by_main_target", {"number": target.number}), *main.reasons)
    if not counted:
        return Result.MISSING, None, (Reason("no_targets", {}),)
    return _worst(counted)


def _main(targets: Sequence[TargetFacts], counted: Sequence[TargetVerdict]) -> TargetVerdict | None:
    """The main target's verdict; the lowest numbered if several are marked."""
    mains = sorted((t.number, t.id) for t in targets if t.is_main)
    by_id = {v.target: v for v in counted}
    return next((by_id[id] for _, id in mains if id in by_id), None)


def _worst(counted: Sequence[TargetVerdict]) -> Aggregate:
    """The worst of the four, else missing when under half of what has started has a verdict, else the least good."""
    ordered = sorted(counted, key=lambda v: v.target)
    judged = [v for v in ordered if v.result in JUDGED]
    started = [v for v in ordered if v.result is not Result.NOT_STARTED]
    numbers = {"verdicts": len(judged), "targets": len(counted)}
    for result in WORST_FIRST:
        for verdict in judged:
            if verdict.result is result:
                return result, verdict.state, (Reason("by_worst", {**numbers}), *verdict.reasons)
    if not started:
        return Result.NOT_STARTED, None, (Reason("none_started", {**numbers}),)
    if 2 * len(judged) < len(started):
        return Result.MISSING, None, (Reason("under_half_judged", {**numbers}),)
    verdict = min(judged, key=lambda v: (GOOD.index(v.result), v.target))
    return verdict.result, verdict.state, (Reason("by_worst", {**numbers}), *verdict.reasons)


def count_results(targets: Sequence[TargetFacts], verdicts: Sequence[TargetVerdict]) -> dict[str, int]:
    """How many targets have each result (every Result is a key), with totals for «3 av 5 mål i rute» and «målt effekt».

    `total` counts targets that are not withdrawn, `judged` those of them with a verdict from measurements;
    `effect_total` and `effect_measured` the same among effect targets proper (not output or process targets).
    """
    counts = {result.value: 0 for result in Result}
    level = {target.id: target.level for target in targets}
    counts.update(total=0, judged=0, effect_total=0, effect_measured=0)
    for verdict in verdicts:
        is_counted, is_judged = verdict.result is not Result.WITHDRAWN, verdict.result in JUDGED
        is_effect = is_counted and level[verdict.target] in EFFECT_LEVELS
        counts[verdict.result.value] += 1
        counts["total"] += is_counted
        counts["judged"] += is_judged
        counts["effect_total"] += is_effect
        counts["effect_measured"] += is_effect and is_judged
    return counts
