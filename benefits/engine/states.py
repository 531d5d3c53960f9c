"""The fine state of each effect target, with the numbers that were compared (source: decisions 15, statistics.md)."""

from dataclasses import replace
from datetime import date, timedelta

from benefits.engine import noise
from benefits.engine.due import Due, next_due, period_of
from benefits.engine.facts import ProjectFacts, TargetFacts
from benefits.engine.judging import EPSILON, Figures, combined
from benefits.engine.paths import final_value, path_start
from benefits.engine.relapse import Level
from benefits.engine.thresholds import DEFAULT, Thresholds
from benefits.engine.verdicts import RESULT_OF, Reason, State, TargetVerdict, Value

Judged = tuple[State, tuple[Reason, ...]]
YEAR = 365.25

RELAPSES = {
    Level.CONFIRMED: (State.RELAPSE, "relapse_confirmed"),
    Level.BACK_TO_ZERO: (State.BACK_TO_ZERO, "back_to_zero"),
    Level.BELOW_BASELINE: (State.BELOW_BASELINE_AFTER_GAIN, "below_baseline_after_gain"),
}


def judge_target(
    target: TargetFacts,
    project: ProjectFacts,
    figures: Figures | None,
    as_of: date,
    thresholds: Thresholds = DEFAULT,
) -> TargetVerdict:
    """The state of one target on `as_of`; `figures` is None where attainment is undefined."""
    due = next_due(target, project, figures.measured_on if figures else None, thresholds)
    state, reasons = (
        without_definition(target, as_of) or without_baseline(target, as_of) or without_direction(target)
        or (State.NOT_DEFINED, ()) if figures is None
        else _excused(target, as_of) or _measured(target, project, figures, due, as_of, thresholds)
    )  # fmt: skip
    verdict = TargetVerdict(target.id, state, RESULT_OF[state], reasons)
    if state in (State.WITHDRAWN, State.NOT_MEASURABLE):
        return verdict
    if figures is None:
        return replace(verdict, next_due_on=target.baseline_due_on if target.baseline is None else None)
    return replace(_with_figures(verdict, figures), next_due_on=due.on)


def _with_figures(verdict: TargetVerdict, f: Figures) -> TargetVerdict:
    """The verdict with the numbers pages show."""
    verdict = replace(verdict, value=f.value, measured_on=f.measured_on, points=f.measured, sd=f.sd)
    verdict = replace(verdict, expected_today=f.expected_today)
    if not f.attainments:
        return verdict
    return replace(
        verdict,
        attainment=f.attainments[-1],
        attainment_sd=f.attainment_sd(),
        expected=f.expected[-1],
        expected_value=f.baseline + f.expected[-1] * f.way,
        best=max(f.attainments),
    )


def _excused(target: TargetFacts, as_of: date) -> Judged | None:
    """Targets nobody is held to: withdrawn, or said not to be measurable."""
    if target.withdrawn_on and target.withdrawn_on <= as_of:
        return State.WITHDRAWN, (Reason("withdrawn", {"on": target.withdrawn_on}),)
    if not target.is_measurable:
        return State.NOT_MEASURABLE, (Reason("not_measurable", {}),)
    return None


def missing_slots(target: TargetFacts) -> tuple[str, ...]:
    """Which of the sentence's slots are empty: what (indicator and direction), how_much and when (target and date)."""
    missing = [] if target.kind in noise.KINDS and target.direction is not None else ["what"]
    return tuple(missing if target.values else [*missing, "how_much", "when"])


def without_definition(target: TargetFacts, as_of: date) -> Judged | None:
    """Withdrawn, not measurable, or a slot of the target's sentence is empty."""
    excused = _excused(target, as_of)
    if excused:
        return excused
    missing = missing_slots(target)
    return (State.NOT_DEFINED, tuple(Reason(f"slot_{slot}_missing", {}) for slot in missing)) if missing else None


def has_effect_started(target: TargetFacts, project: ProjectFacts, as_of: date) -> bool:
    """Whether the effect can be expected to have begun: on its own date, or with the project when none is said."""
    return (target.effect_starts_on or project.starts_on) <= as_of


def is_baseline_planned(target: TargetFacts, as_of: date) -> bool:
    """«Etablere nullpunkt innen dato» is a legal interim state until that date, or until the effect begins."""
    is_before_effect = target.effect_starts_on is None or target.effect_starts_on > as_of
    return target.baseline_due_on is not None and target.baseline_due_on >= as_of and is_before_effect


def without_baseline(target: TargetFacts, as_of: date) -> Judged | None:
    """No baseline: planned while it is still to come, else missing."""
    if target.baseline is not None:
        return None
    if is_baseline_planned(target, as_of):
        return State.PLANNED, (Reason("baseline_planned", {"due_on": target.baseline_due_on}),)
    if target.baseline_due_on is not None and target.baseline_due_on < as_of:
        return State.NO_BASELINE, (Reason("baseline_overdue", {"due_on": target.baseline_due_on}),)
    return State.NO_BASELINE, (Reason("baseline_missing", {}),)


def without_direction(target: TargetFacts) -> Judged | None:
    """A target equal to the baseline, or on the wrong side of it, has no way to go."""
    final = final_value(target)
    if final is None or target.baseline is None or target.direction is None:
        return None
    values: dict[str, Value] = {"baseline": target.baseline.value, "target": final[1], "direction": target.direction}
    way = (final[1] - target.baseline.value) * target.direction
    code = "target_equals_baseline" if way == 0 else "target_wrong_direction"
    return (State.NOT_DEFINED, (Reason(code, values),)) if way <= 0 else None


def has_one_season_baseline(target: TargetFacts) -> bool:
    """Sick leave within the year needs a baseline of a whole year: a single quarter is mostly season."""
    if target.kind != "absence_rate" or target.baseline is None:
        return False
    return target.baseline.points < period_of(target)


def _measured(
    target: TargetFacts, project: ProjectFacts, f: Figures, due: Due, as_of: date, thresholds: Thresholds
) -> Judged:
    """The state of a defined target with a baseline, from what was and was not measured."""
    if has_one_season_baseline(target) and target.baseline is not None:
        values: dict[str, Value] = {"points": target.baseline.points, "needed": period_of(target)}
        return State.NO_BASELINE, (Reason("baseline_one_season", values),)
    notes = _notes(f)
    started = has_effect_started(target, project, as_of)
    if started and due.is_stale(as_of):
        return _stale(target, f, due, as_of, notes, thresholds)
    if f.measured_on is None:
        return _unmeasured(target, project, due, started, notes)
    start = target.effect_starts_on
    if start and f.measured_on < start:
        return State.TOO_EARLY, (Reason("measured_before_effect", {"measured_on": f.measured_on, "starts_on": start}),)
    if not f.attainments:
        values = {"points": f.measured, "needed": period_of(target)}
        return State.TOO_EARLY, (Reason("season_incomplete", values), *notes)
    state, reasons = judge_points(target, f, as_of, thresholds)
    return state, (*reasons, *notes)


def _notes(f: Figures) -> tuple[Reason, ...]:
    """What was left out or put together before judging."""
    notes = []
    if f.refused:
        notes.append(Reason("too_few_answers", {"points": f.refused}))
    if f.other_definition:
        notes.append(Reason("other_definition", {"points": f.other_definition}))
    if f.segments and f.segments[-1]:
        notes.append(Reason("series_break", {"breaks": f.segments[-1]}))
    if f.is_pooled and f.attainments:
        notes.append(Reason("season_pooled", {"years": len(f.attainments)}))
    return tuple(notes)


def _unmeasured(
    target: TargetFacts, project: ProjectFacts, due: Due, started: bool, notes: tuple[Reason, ...]
) -> Judged:
    """Nothing comparable measured yet, and nothing overdue."""
    if not started:
        return State.PLANNED, (
            Reason("effect_not_started", {"starts_on": target.effect_starts_on or project.starts_on}),
        )
    if due.on is None:
        return State.UNKNOWN, (Reason("never_measured", {"due_on": None, "latest": None}), *notes)
    return State.TOO_EARLY, (Reason("first_measurement_not_due", {"due_on": due.on}), *notes)


def _stale(
    target: TargetFacts, f: Figures, due: Due, as_of: date, notes: tuple[Reason, ...], thresholds: Thresholds
) -> Judged:
    """Unknown, and what was known last: neither red nor green, but not forgotten either."""
    if f.measured_on is None:
        return State.UNKNOWN, (Reason("never_measured", {"due_on": due.on, "latest": due.latest}), *notes)
    stale = Reason("measurement_stale", {"measured_on": f.measured_on, "due_on": due.on, "latest": due.latest})
    if not f.attainments:
        return State.UNKNOWN, (stale, *notes)
    last = judge_points(target, f, f.measured_on, thresholds)[0]
    return State.UNKNOWN, (stale, Reason("last_known", {"state": last.value, "measured_on": f.measured_on}), *notes)


def judge_points(target: TargetFacts, f: Figures, as_of: date, thresholds: Thresholds = DEFAULT) -> Judged:
    """The state the comparable points alone speak for; there is at least one."""
    final, mean = final_value(target), f.last_mean()
    if final is None:
        return State.NOT_DEFINED, ()
    if f.relapse.level >= Level.CONFIRMED:
        state, code = RELAPSES[f.relapse.level]
        return state, (Reason(code, relapse_values(f)),)
    watch = (Reason("possible_relapse", relapse_values(f)),) if f.relapse.level == Level.WATCH else ()
    sustained = _sustained(final[0], f, thresholds)
    if sustained:
        return State.SUSTAINED, (sustained, *watch)
    if mean is not None and mean >= 1 - EPSILON:
        return State.REALISED, (Reason("reached", {"mean": mean, "points": 2}), *watch)
    early = timedelta(days=thresholds.early_days(period_of(target)))
    if as_of >= final[0] and date.fromordinal(f.days[-1]) >= final[0] - early:
        state, reason = _at_target_date(f, mean, thresholds)
    else:
        state, reason = _on_the_way(target, f, thresholds)
    return state, (*reason, *watch)


def relapse_values(f: Figures) -> dict[str, Value]:
    """What R0 compared, in the unit."""
    r = f.relapse
    return {"plateau": r.plateau, "recent": r.recent, "needed": r.needed, "since": r.since}


def _margin(f: Figures, thresholds: Thresholds) -> float:
    """How far short of the target still is as good as there: max(MMC, 1.28·σ), as a share of the way."""
    return max(f.margin, thresholds.certainty_z * (f.attainment_sd() or 0.0))


def _has_been_reached(f: Figures, margin: float) -> bool:
    """Whether two neighbouring points once averaged the target, but for the margin."""
    pairs = zip(f.attainments, f.attainments[1:], strict=False)
    return any((first + second) / 2 >= 1 - margin - EPSILON for first, second in pairs)


def _sustained(final: date, f: Figures, thresholds: Thresholds) -> Reason | None:
    """Held: two points or more after the target date, the last a year or more after it, at 80 % of the gain."""
    later = [a for day, a in zip(f.days, f.attainments, strict=True) if day > final.toordinal()]
    is_long = f.days[-1] >= final.toordinal() + thresholds.sustained_days
    if len(later) < thresholds.sustained_points or not is_long:
        return None
    mean = sum(later) / len(later)
    held = mean >= thresholds.sustained_share - EPSILON and f.attainments[-1] >= thresholds.relapse_share
    if not held or not _has_been_reached(f, _margin(f, thresholds)):
        return None
    return Reason("sustained", {"mean": mean, "points": len(later), "share": thresholds.sustained_share})


def _at_target_date(f: Figures, mean: float | None, thresholds: Thresholds) -> tuple[State, tuple[Reason, ...]]:
    """The judgement once the target date has been measured and the last two points do not average the target.

    On a climbing path the point before the target date lies lower by plan, so the newest point alone may speak up for
    the target; it never speaks it down.
    """
    margin, last = _margin(f, thresholds), f.attainments[-1]
    level = last if mean is None else max(last, mean)
    values: dict[str, Value] = {"attainment": last, "mean": mean, "margin": margin}
    if last >= 1 - EPSILON:
        return State.ACHIEVED_UNCONFIRMED, (Reason("reached_once", values),)
    if level >= 1 - margin - EPSILON:
        return State.NEARLY_REACHED, (Reason("nearly_reached", values),)
    if _has_been_reached(f, 0.0) and mean is not None:
        values["share"] = thresholds.sustained_share
        if mean >= thresholds.sustained_share - EPSILON:
            return State.REALISED, (Reason("reached_held", values),)
        return State.NOT_ACHIEVED, (Reason("not_held", values),)
    return State.NOT_ACHIEVED, (Reason("not_reached", values),)


def _on_the_way(target: TargetFacts, f: Figures, thresholds: Thresholds) -> tuple[State, tuple[Reason, ...]]:
    """The judgement before the target date, against the planned path at the date of the measurement."""
    values: dict[str, Value] = {
        "attainment": f.attainments[-1],
        "expected": f.expected[-1],
        "tolerance": f.tolerance,
        "attainment_sd": f.attainment_sd(),
    }
    if f.attainments[-1] >= 1 - EPSILON:
        return State.ACHIEVED_UNCONFIRMED, (Reason("reached_once", values),)
    behind = _behind(f, values, thresholds)
    if behind and _is_below_baseline(f, period_of(target), thresholds):
        return State.BELOW_BASELINE, (Reason("below_baseline", values), behind)
    if behind:
        pace = _slow_pace(target, f, thresholds)
        return (State.AT_RISK, (pace, behind)) if pace else (State.BEHIND, (behind,))
    if f.attainments[-1] < f.expected[-1] - f.tolerance - EPSILON:
        code = "noise_unknown" if f.attainment_sd() is None else "within_uncertainty"
        return State.WITHIN_UNCERTAINTY, (Reason(code, values),)
    return State.ON_TRACK, (Reason("on_plan", values),)


def _is_below_baseline(f: Figures, period: int, thresholds: Thresholds) -> bool:
    """L < −MMC and L + 1.28·σ·√(1/k + 1/n_b) < 0 over the last k points, in shares of the way."""
    k = recent_points(1 if f.is_pooled else period, thresholds)
    if len(f.attainments) < k or len(set(f.segments[-k:])) > 1 or f.attainment_sd() is None:
        return False
    recent = sum(f.attainments[-k:]) / k
    sd = combined((f.point_sds[-1] or 0.0) / k**0.5, f.baseline_sd) or 0.0
    return recent < -f.margin - EPSILON and recent + thresholds.certainty_z * sd < 0


def recent_points(period: int, thresholds: Thresholds) -> int:
    """Points that are «recent» for `period` points a year."""
    recent = {1: thresholds.recent_points_yearly, 4: thresholds.recent_points_quarterly}
    return recent.get(period, thresholds.recent_points_monthly)


def _behind(f: Figures, values: dict[str, Value], thresholds: Thresholds) -> Reason | None:
    """Surely behind by the last point, or by the last two together.

    Two points in a row beyond the tolerance would alone flag a series on its path far more often than one look in ten;
    their mean must therefore be beyond it by 1.28 of its own standard deviation, where that is known.
    """
    z, sd = thresholds.certainty_z, f.attainment_sd()
    gaps = [a - e + f.tolerance for a, e in zip(f.attainments, f.expected, strict=True)]
    if sd is not None and gaps[-1] + z * sd < -EPSILON:
        return Reason("behind_plan", values)
    if len(gaps) < 2 or f.segments[-1] != f.segments[-2] or max(gaps[-2:]) >= -EPSILON:
        return None
    pair = combined((f.point_sds[-1] or 0.0) / 2**0.5, f.baseline_sd) if sd is not None else 0.0
    if (gaps[-1] + gaps[-2]) / 2 + z * (pair or 0.0) >= -EPSILON:
        return None
    before: dict[str, Value] = {"attainment_before": f.attainments[-2], "expected_before": f.expected[-2]}
    return Reason("behind_twice", {**values, **before})


def _slow_pace(target: TargetFacts, f: Figures, thresholds: Thresholds) -> Reason | None:
    """Required pace more than twice the achieved, in shares of the way a year; a pace of none or less counts."""
    final, start = final_value(target), path_start(target)
    if final is None or start is None or len(f.attainments) + 1 < thresholds.pace_points:
        return None
    left, used = final[0].toordinal() - f.days[-1], f.days[-1] - start.toordinal()
    achieved = f.attainments[-1] / max(used, 1) * YEAR
    required = (1 - f.attainments[-1]) / max(left, 1) * YEAR
    if achieved > 0 and required <= thresholds.pace_ratio * achieved + EPSILON:
        return None
    values: dict[str, Value] = {"required": required, "achieved": achieved, "ratio": thresholds.pace_ratio}
    return Reason("pace_too_slow", values)
