"""Targets to keep a figure within limits instead of moving it (source: docs/decisions/0005-targets-to-keep.md).

A point's *margin* is how far inside the limits it lies, in the unit: min(y − low, high − y), negative outside. It is
judged as a distance from the plan is: surely outside when margin + 1.28·σ < −tolerance, or by two points in a row
together. The limits are exact, so only the point itself is uncertain.
"""

from benefits.engine.facts import TargetFacts
from benefits.engine.judging import EPSILON, Figures
from benefits.engine.paths import final_value
from benefits.engine.thresholds import DEFAULT, Thresholds
from benefits.engine.verdicts import Reason, State, Value

Judged = tuple[State, tuple[Reason, ...]]


def judge_band(target: TargetFacts, f: Figures, has_come: bool, thresholds: Thresholds = DEFAULT) -> Judged:
    """The state of a target to keep, from its margins; there is at least one.

    `has_come`: the target date has come and been measured. Before it nothing is realised: it must be kept until then.
    """
    final = final_value(target)
    if final is None:
        return State.NOT_DEFINED, ()
    values = band_values(target, f)
    if not has_come:
        return _so_far(f, values, thresholds)
    return _held_after(f, final[0].toordinal(), values, thresholds) or _at_the_date(f, values, thresholds)


def band_values(target: TargetFacts, f: Figures) -> dict[str, Value]:
    """What was compared: the newest measured value, the limits, and how many points lay within them."""
    inside = sum(margin >= -EPSILON for margin in f.attainments)
    return {
        "value": f.value,
        "low": target.keep_min,
        "high": target.keep_max,
        "inside": inside,
        "points": len(f.attainments),
    }


def share_inside(f: Figures) -> float:
    """The share of points within the limits: the attainment of a target to keep."""
    return sum(margin >= -EPSILON for margin in f.attainments) / len(f.attainments)


def is_surely_outside(f: Figures, i: int, thresholds: Thresholds) -> bool:
    """Whether point i lies further outside than tolerance and chance explain; never without a known noise."""
    sd = f.point_sds[i]
    return sd is not None and f.attainments[i] + f.tolerance + thresholds.certainty_z * sd < -EPSILON


def _are_outside_together(f: Figures, thresholds: Thresholds) -> bool:
    """Two neighbouring points beyond the tolerance whose mean chance does not explain."""
    if len(f.attainments) < 2 or f.segments[-1] != f.segments[-2]:
        return False
    pair = [margin + f.tolerance for margin in f.attainments[-2:]]
    return (
        max(pair) < -EPSILON and sum(pair) / 2 + thresholds.certainty_z * (f.point_sds[-1] or 0.0) / 2**0.5 < -EPSILON
    )


def _so_far(f: Figures, values: dict[str, Value], thresholds: Thresholds) -> Judged:
    """Before the target date: inside, perhaps outside, outside, or surely outside twice in a row."""
    last = f.attainments[-1]
    if last >= -f.tolerance - EPSILON:
        return State.ON_TRACK, (Reason("band_inside", values),)
    is_sure = is_surely_outside(f, -1, thresholds)
    is_pair = len(f.attainments) > 1 and f.segments[-1] == f.segments[-2]
    if is_sure and is_pair and is_surely_outside(f, -2, thresholds):
        return State.AT_RISK, (Reason("band_outside_twice", values),)
    if is_sure or _are_outside_together(f, thresholds):
        return State.BEHIND, (Reason("band_outside", values),)
    return State.WITHIN_UNCERTAINTY, (Reason("band_perhaps_outside", values),)


def _held_after(f: Figures, final: int, values: dict[str, Value], thresholds: Thresholds) -> Judged | None:
    """Sustained: inside on average over two points or more after the target date, the last a year or more after it."""
    later = [margin for day, margin in zip(f.days, f.attainments, strict=True) if day > final]
    is_long = f.days[-1] >= final + thresholds.sustained_days
    if len(later) < thresholds.sustained_points or not is_long or is_surely_outside(f, -1, thresholds):
        return None
    if sum(later) / len(later) < -EPSILON:
        return None
    return State.SUSTAINED, (Reason("band_sustained", values),)


def _at_the_date(f: Figures, values: dict[str, Value], thresholds: Thresholds) -> Judged:
    """Realised when the mean of the last two margins is inside; as good as, when what lacks may be chance."""
    mean, last = f.last_mean(), f.attainments[-1]
    if mean is None and last >= -EPSILON:
        return State.ACHIEVED_UNCONFIRMED, (Reason("band_inside_once", values),)
    level = last if mean is None else mean
    if level >= -EPSILON:
        return State.REALISED, (Reason("band_kept", values),)
    if level >= -max(f.margin, thresholds.certainty_z * (f.point_sds[-1] or 0.0)) - EPSILON:
        return State.NEARLY_REACHED, (Reason("band_nearly_kept", values),)
    return State.NOT_ACHIEVED, (Reason("band_not_kept", values),)
