"""The fine state of each effect target, with the numbers that were compared (source: decisions 15, statistics.md)."""

from dataclasses import replace
from datetime import date
from typing import Any

from benefits.engine import noise
from benefits.engine.bands import share_inside
from benefits.engine.due import Due, next_due, period_of
from benefits.engine.facts import ProjectFacts, TargetFacts
from benefits.engine.judging import Figures
from benefits.engine.paths import final_value
from benefits.engine.progress import Judged, judge_points, pace
from benefits.engine.thresholds import DEFAULT, Thresholds
from benefits.engine.verdicts import RESULT_OF, Reason, State, TargetVerdict, Value

# States of a target on its way, to which where it is heading still matters.
FORESEEABLE = frozenset(
    {
        State.ON_TRACK,
        State.WITHIN_UNCERTAINTY,
        State.ACHIEVED_UNCONFIRMED,
        State.BEHIND,
        State.AT_RISK,
        State.BELOW_BASELINE,
        State.REALISED,
        State.RELAPSE,
        State.BACK_TO_ZERO,
        State.BELOW_BASELINE_AFTER_GAIN,
    }
)


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
    return replace(_with_figures(target, verdict, figures, thresholds), next_due_on=due.on)


def _with_figures(target: TargetFacts, verdict: TargetVerdict, f: Figures, thresholds: Thresholds) -> TargetVerdict:
    """The verdict with the numbers pages show."""
    verdict = replace(verdict, value=f.value, measured_on=f.measured_on, points=f.measured, sd=f.sd)
    verdict = replace(verdict, expected_today=f.expected_today)
    if not f.attainments:
        return verdict
    if target.is_kept:
        return replace(verdict, attainment=share_inside(f), **_trend(target, verdict.state, f, thresholds))
    return replace(
        verdict,
        attainment=f.attainments[-1],
        attainment_sd=f.attainment_sd(),
        expected=f.expected[-1],
        expected_value=f.baseline + f.expected[-1] * f.way,
        best=max(f.attainments),
        **_trend(target, verdict.state, f, thresholds),
    )


def _trend(target: TargetFacts, state: State, f: Figures, thresholds: Thresholds) -> dict[str, Any]:
    """Run chart and forecast, under six points pace; what is unknown or judged has nothing to foresee."""
    trend = f.trend
    if state not in FORESEEABLE:
        return {"signals": trend.signals}
    found = pace(target, f, thresholds) if trend.no_forecast == "few_points" and f.attainments[-1] < 1 else None
    signals = trend.signals
    if found:
        code = "pace" if found[0] > 0 else "pace_wrong"
        signals = (Reason(code, {"achieved": found[0], "required": found[1]}), *signals)
    return {
        "signals": signals,
        "forecast": trend.forecast,
        "chance": trend.chance,
        "no_forecast": trend.no_forecast,
    }


def _excused(target: TargetFacts, as_of: date) -> Judged | None:
    """Targets nobody is held to: withdrawn, or said not to be measurable."""
    if target.withdrawn_on and target.withdrawn_on <= as_of:
        return State.WITHDRAWN, (Reason("withdrawn", {"on": target.withdrawn_on}),)
    if not target.is_measurable:
        return State.NOT_MEASURABLE, (Reason("not_measurable", {}),)
    return None


def missing_slots(target: TargetFacts) -> tuple[str, ...]:
    """Which of the sentence's slots are empty: what (indicator and direction), how_much and when (target and date)."""
    has_way = target.direction is not None or target.is_kept
    missing = [] if target.kind in noise.KINDS and has_way else ["what"]
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
    """No baseline: planned while it is still to come, else missing. A target to keep needs none."""
    if target.baseline is not None or target.is_kept:
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
    if target.kind != "absence_rate" or target.baseline is None or target.is_kept:
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
    if f.unit_changed:
        notes.append(Reason("unit_changed", {"on": f.unit_changed}))
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
