"""What comparable points say: on the way, at the target date, held after it, or lost (source: statistics.md)."""

from datetime import date, timedelta

from benefits.engine.bands import judge_band
from benefits.engine.due import period_of
from benefits.engine.facts import TargetFacts
from benefits.engine.judging import EPSILON, Figures, combined
from benefits.engine.paths import final_value, path_start
from benefits.engine.relapse import Level
from benefits.engine.thresholds import DEFAULT, Thresholds
from benefits.engine.verdicts import Chance, Reason, State, Value

Judged = tuple[State, tuple[Reason, ...]]
YEAR = 365.25

RELAPSES = {
    Level.CONFIRMED: (State.RELAPSE, "relapse_confirmed"),
    Level.BACK_TO_ZERO: (State.BACK_TO_ZERO, "back_to_zero"),
    Level.BELOW_BASELINE: (State.BELOW_BASELINE_AFTER_GAIN, "below_baseline_after_gain"),
}


def judge_points(target: TargetFacts, f: Figures, as_of: date, thresholds: Thresholds = DEFAULT) -> Judged:
    """The state the comparable points alone speak for; there is at least one."""
    final, mean = final_value(target), f.last_mean()
    if final is None:
        return State.NOT_DEFINED, ()
    early = timedelta(days=thresholds.early_days(period_of(target)))
    has_come = as_of >= final[0] and date.fromordinal(f.days[-1]) >= final[0] - early
    if target.is_kept:
        return judge_band(target, f, has_come, thresholds)
    if f.relapse.level >= Level.CONFIRMED:
        state, code = RELAPSES[f.relapse.level]
        return state, (Reason(code, relapse_values(f)),)
    watch = (Reason("possible_relapse", relapse_values(f)),) if f.relapse.level == Level.WATCH else ()
    sustained = _sustained(final[0], f, thresholds)
    if sustained:
        return State.SUSTAINED, (sustained, *watch)
    if mean is not None and mean >= 1 - EPSILON:
        return State.REALISED, (Reason("reached", {"mean": mean, "points": 2}), *watch)
    if has_come:
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
        risks = [risk for risk in (_no_chance(f), _slow_pace(target, f, thresholds)) if risk]
        return (State.AT_RISK, (*risks, behind)) if risks else (State.BEHIND, (behind,))
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


def _no_chance(f: Figures) -> Reason | None:
    """The forecast's word for reaching the target is «svært lite sannsynlig»."""
    if f.trend.chance is not Chance.VERY_UNLIKELY:
        return None
    last = f.trend.forecast[-1]
    return Reason("forecast_very_unlikely", {"on": last.on, "low": last.low, "high": last.high})


def _slow_pace(target: TargetFacts, f: Figures, thresholds: Thresholds) -> Reason | None:
    """Required pace more than twice the achieved; a pace of none or less counts."""
    found = pace(target, f, thresholds)
    if found is None:
        return None
    achieved, required = found
    if achieved > 0 and required <= thresholds.pace_ratio * achieved + EPSILON:
        return None
    values: dict[str, Value] = {"required": required, "achieved": achieved, "ratio": thresholds.pace_ratio}
    return Reason("pace_too_slow", values)


def pace(target: TargetFacts, f: Figures, thresholds: Thresholds = DEFAULT) -> tuple[float, float] | None:
    """Achieved and required pace, in shares of the way a year; None under `pace_points` with the baseline counted."""
    final, start = final_value(target), path_start(target)
    if final is None or start is None or len(f.attainments) + 1 < thresholds.pace_points:
        return None
    left, used = final[0].toordinal() - f.days[-1], f.days[-1] - start.toordinal()
    return f.attainments[-1] / max(used, 1) * YEAR, (1 - f.attainments[-1]) / max(left, 1) * YEAR
