"""F3 «Manglende måltall»: a target without usable figures (source: domain.md §2a, decisions 18)."""

from benefits.engine.due import next_due
from benefits.engine.facts import TargetFacts
from benefits.engine.paths import final_value
from benefits.engine.rules.case import Case, no_sign
from benefits.engine.states import has_one_season_baseline, is_baseline_planned, missing_slots
from benefits.engine.verdicts import Evidence, Finding, Severity, State

CAPPED_LEVELS = frozenset({"output", "process"})  # F3 is about effect targets; others are followed, not warned about


def find(case: Case) -> list[Finding]:
    """One finding for each target that is not withdrawn, or one for a project without targets."""
    targets = [t for t in case.project.targets if case.verdicts[t.id].state is not State.WITHDRAWN]
    if not targets:
        return [_no_targets(case)]
    return [_judge(case, target) for target in targets]


def _no_targets(case: Case) -> Finding:
    """A followed project must have a target; one that has not begun need not yet."""
    if case.as_of < case.project.starts_on:
        return no_sign("F3")
    return case.finding("no_targets", evidence=[Evidence("since", case.project.starts_on, "project")])


def _judge(case: Case, target: TargetFacts) -> Finding:
    """The worst cause that holds, with all its evidence."""
    checks = (_not_measurable, _effect_without_baseline, _undefined, _unusable, _baseline, _stale, _outside_range)
    for check in (*checks, _few_points):
        finding = check(case, target)
        if finding is not None:
            return finding
    return no_sign("F3", target.id)


def _severity(target: TargetFacts) -> Severity | None:
    """WATCH for output and process targets, else None: the cause's own severity."""
    return Severity.WATCH if target.level in CAPPED_LEVELS else None


def _evidence(target: TargetFacts, label: str, value: float | int | str | None, **more: object) -> Evidence:
    """One value with this target as its source."""
    return Evidence(label, value, f"target:{target.id}", unit=target.unit if isinstance(value, float) else "", **more)  # type: ignore[arg-type]


def _dated(target: TargetFacts, label: str, value: object) -> Evidence:
    """One date with this target as its source."""
    return Evidence(label, value, f"target:{target.id}")  # type: ignore[arg-type]


def _slots(target: TargetFacts) -> list[Evidence]:
    """A row for each empty slot of the target's sentence."""
    return [_evidence(target, "slot_missing", slot) for slot in missing_slots(target)]


def _not_measurable(case: Case, target: TargetFacts) -> Finding | None:
    """A target said not to be measurable: an ordinal scale would do."""
    return None if target.is_measurable else case.finding("not_measurable", target=target.id)


def _effect_without_baseline(case: Case, target: TargetFacts) -> Finding | None:
    """The initiatives have worked for over 90 days and there is no zero to measure from; no due date excuses that."""
    limit = case.thresholds.effect_without_baseline_days
    if target.baseline is not None or target.effect_starts_on is None or target.is_kept:
        return None
    days = (case.as_of - target.effect_starts_on).days
    if days <= limit:
        return None
    evidence = [
        _dated(target, "effect_starts_on", target.effect_starts_on),
        _evidence(target, "days_since_effect", days),
        _dated(target, "since", target.effect_starts_on),
        *_slots(target),
    ]
    return case.finding(
        "effect_without_baseline", target=target.id, severity=_severity(target), evidence=evidence,
        threshold={"days": limit},
    )  # fmt: skip


def _undefined(case: Case, target: TargetFacts) -> Finding | None:
    """A slot of «hva», «hvor mye», «når» is empty."""
    slots = _slots(target)
    if not slots:
        return None
    return case.finding("target_undefined", target=target.id, severity=_severity(target), evidence=slots)


def _unusable(case: Case, target: TargetFacts) -> Finding | None:
    """The target equals the baseline, or lies on the wrong side of it."""
    reasons = case.verdicts[target.id].reasons
    codes = [reason.code for reason in reasons if reason.code in ("target_equals_baseline", "target_wrong_direction")]
    final = final_value(target)
    if not codes or final is None or target.baseline is None:
        return None
    evidence = [_evidence(target, "baseline", target.baseline.value), _evidence(target, "target", final[1])]
    return case.finding(codes[0], target=target.id, severity=_severity(target), evidence=evidence)


def _baseline(case: Case, target: TargetFacts) -> Finding | None:
    """No baseline, one that is late, or one season standing for a year. A target to keep needs none."""
    if target.is_kept:
        return None
    if target.baseline is not None:
        return _one_season(case, target)
    if is_baseline_planned(target, case.as_of):
        return None
    due = target.baseline_due_on
    is_late = due is not None and due < case.as_of
    evidence = [_evidence(target, "baseline", None), *_promise(target)]
    if is_late:
        evidence += [_dated(target, "baseline_due_on", due), _dated(target, "since", due)]
    cause = "baseline_overdue" if is_late else "baseline_missing"
    return case.finding(cause, target=target.id, severity=_severity(target), evidence=evidence, due_on=due)


def _promise(target: TargetFacts) -> list[Evidence]:
    """What the target promises, and when."""
    final = final_value(target)
    return [] if final is None else [_evidence(target, "target", final[1]), _dated(target, "target_on", final[0])]


def _one_season(case: Case, target: TargetFacts) -> Finding | None:
    """A baseline of fewer seasons than a year has."""
    if not has_one_season_baseline(target) or target.baseline is None:
        return None
    needed = {"quarterly": 4, "monthly": 12}[target.frequency or ""]
    evidence = [
        _evidence(target, "baseline_points", target.baseline.points),
        _evidence(target, "baseline_needed", needed),
    ]
    return case.finding(
        "baseline_one_season", target=target.id, severity=_severity(target), evidence=evidence,
        threshold={"points": needed},
    )  # fmt: skip


def _stale(case: Case, target: TargetFacts) -> Finding | None:
    """Nothing measured, or nothing lately; the same staleness that makes the state unknown."""
    verdict = case.verdicts[target.id]
    if verdict.state is not State.UNKNOWN:
        return None
    due = next_due(target, case.project, verdict.measured_on, case.thresholds)
    evidence = [_dated(target, "due_on", due.on), _dated(target, "since", due.latest)]
    if due.latest is not None:
        evidence.append(_evidence(target, "days_late", (case.as_of - due.latest).days))
    if verdict.measured_on is not None:
        evidence.append(_dated(target, "measured_on", verdict.measured_on))
    cause = "never_measured" if verdict.measured_on is None else "measurement_stale"
    return case.finding(cause, target=target.id, evidence=evidence, due_on=due.on)


def _outside_range(case: Case, target: TargetFacts) -> Finding | None:
    """The target lies outside what the indicator can plausibly be. 0 is a value; None is not."""
    final = final_value(target)
    if final is None:
        return None
    low, high = target.plausible_min, target.plausible_max
    is_low, is_high = low is not None and final[1] < low, high is not None and final[1] > high
    if not is_low and not is_high:
        return None
    evidence = [_evidence(target, "target", final[1]), _dated(target, "target_on", final[0])]
    bounds = (("plausible_min", low), ("plausible_max", high))
    evidence += [_evidence(target, label, bound) for label, bound in bounds if bound is not None]
    return case.finding("target_outside_range", target=target.id, severity=_severity(target), evidence=evidence)


def _few_points(case: Case, target: TargetFacts) -> Finding | None:
    """Fewer than three points are planned or measured, the baseline among them; where none is planned none is few."""
    planned = {point.on for point in target.planned if point.kind != "baseline"}
    points = len(planned) + (target.baseline is not None or target.baseline_due_on is not None)
    fewest = case.thresholds.fewest_planned_points
    if not planned or max(points, case.verdicts[target.id].points + 1) >= fewest:
        return None
    evidence = [_evidence(target, "points_planned", points), *_promise(target)]
    return case.finding("few_points", target=target.id, evidence=evidence, threshold={"points": fewest})
