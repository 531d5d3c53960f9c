"""The planned path from baseline to target: what should be measured on a date (source: domain.md §1e)."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from benefits.engine.facts import Floats, Ints, TargetFacts

TRAJECTORIES = ("linear", "stepwise", "s_curve", "milestones")
LINEAR, STEPWISE, S_CURVE, MILESTONES = range(len(TRAJECTORIES))


def final_value(target: TargetFacts) -> tuple[date, float] | None:
    """The target itself, the last promised value, as (date, value in the unit); None when nothing is promised."""
    if not target.values:
        return None
    last = max(target.values, key=lambda value: (value.on, value.value))
    return last.on, last.value


def path_start(target: TargetFacts) -> date | None:
    """The day the path leaves the baseline: when the effect begins, never before the baseline or after the target."""
    final = final_value(target)
    if target.baseline is None or final is None:
        return None
    start = max(target.baseline.on, target.effect_starts_on or target.baseline.on)
    return min(start, date.fromordinal(final[0].toordinal() - 1))


def nodes(targets: Sequence[TargetFacts]) -> tuple[Floats, Floats, Ints]:
    """The promised points of s targets with baseline and target: days and values (s, k), NaN-padded, and trajectories.

    The first column is the path's start at the baseline. Values promised on or before the start are left out.
    """
    rows = [_row(target) for target in targets]
    width = max([1, *(len(row) for row in rows)])  # a target to keep has no path
    days, values = np.full((len(rows), width), np.nan), np.full((len(rows), width), np.nan)
    for i, row in enumerate(rows):
        days[i, : len(row)] = [day for day, _ in row]
        values[i, : len(row)] = [value for _, value in row]
    shapes = [TRAJECTORIES.index(t.trajectory) if t.trajectory in TRAJECTORIES else LINEAR for t in targets]
    return days, values, np.array(shapes, np.int64)


def _row(target: TargetFacts) -> list[tuple[int, float]]:
    """One target's nodes as (ordinal day, value), in order, one for each day."""
    start, baseline = path_start(target), target.baseline
    if start is None or baseline is None:
        return []
    promised = {value.on.toordinal(): value.value for value in sorted(target.values, key=lambda v: (v.on, v.value))}
    return [(start.toordinal(), baseline.value)] + [
        (d, v) for d, v in sorted(promised.items()) if d > start.toordinal()
    ]


def expected_values(days: Ints, node_days: Floats, node_values: Floats, shapes: Ints) -> Floats:
    """The path at `days` (s, l), in the unit: the baseline before its start, the target after its end.

    Between nodes (s, k): straight for linear and milestones, all at the end for stepwise, 3u²−2u³ for s_curve.
    """
    expected = np.repeat(node_values[:, :1], days.shape[1], axis=1)
    shape = shapes[:, None]
    for k in range(1, node_days.shape[1]):
        before, after = node_days[:, k - 1 : k], node_days[:, k : k + 1]
        u = np.clip((days - before) / (after - before), 0.0, 1.0)
        way = np.where(shape == STEPWISE, np.floor(u), np.where(shape == S_CURVE, u * u * (3 - 2 * u), u))
        value = node_values[:, k - 1 : k] * (1 - way) + node_values[:, k : k + 1] * way
        expected = np.where((days > before) & ~np.isnan(after), value, expected)
    return expected
