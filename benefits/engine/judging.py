"""One target's numbers taken out of the series, as the states and R0's rule read them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from benefits.engine import noise
from benefits.engine.facts import MeasurementBatch, TargetFacts
from benefits.engine.relapse import Gains, Level, Relapse, find_relapse
from benefits.engine.series import Points, Series, build_series, compress, is_usable
from benefits.engine.thresholds import DEFAULT, Thresholds
from benefits.engine.trend import TrendFigures, trends_of

EPSILON = 1e-9  # shares closer than this are equal: a point exactly at the target is at the target


@dataclass(frozen=True, slots=True)
class RelapseFigures:
    """R0 for one target; gains in the unit. `can_tell`: a baseline, its noise and a frequency were known."""

    level: Level
    can_tell: bool
    plateau: float | None
    recent: float | None
    needed: float | None
    since: date | None
    rho: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One target's comparable points, oldest first, as plain numbers.

    `attainments`, `expected` are shares of the way at `days` (ordinals); `sds` of each attainment with the baseline's
    uncertainty (None: unknown), `point_sd` and `baseline_sd` shares of the way; `segments` count breaks before a point;
    `denominators` are 0 where not given.
    `margin` is MMC as a share of the way, `tolerance` likewise. `value`, `sd`, `way`, `expected_today` are in the unit.
    Of a target to keep, `attainments` are margins inside its limits, and the way is 1: every share is in the unit.
    """

    days: list[int]
    attainments: list[float]
    expected: list[float]
    point_sds: list[float | None]
    baseline_sd: float | None
    segments: list[int]
    denominators: list[float]
    margin: float
    tolerance: float
    way: float
    baseline: float
    measured: int
    measured_on: date | None
    value: float | None
    sd: float | None
    expected_today: float | None
    is_pooled: bool
    refused: int
    other_definition: int
    unit_changed: date | None
    relapse: RelapseFigures
    trend: TrendFigures

    def last_mean(self) -> float | None:
        """Mean attainment of the last two comparable points; None when the newest has no such neighbour."""
        if len(self.attainments) < 2 or self.segments[-1] != self.segments[-2]:
            return None
        return (self.attainments[-1] + self.attainments[-2]) / 2

    def attainment_sd(self) -> float | None:
        """Standard deviation of the last attainment, the baseline's own uncertainty added."""
        return combined(self.point_sds[-1] if self.point_sds else None, self.baseline_sd)


def combined(*sds: float | None) -> float | None:
    """Standard deviation of a difference of independent figures; None when one is unknown."""
    if any(sd is None for sd in sds):
        return None
    return math.sqrt(sum(sd * sd for sd in sds if sd is not None))


def figures_of(
    targets: Sequence[TargetFacts], batch: MeasurementBatch, as_of: date, thresholds: Thresholds = DEFAULT
) -> dict[int, Figures]:
    """The figures of every target whose attainment is defined, by target id; all series are computed at once."""
    usable = [target for target in targets if is_usable(target)]
    if not usable:
        return {}
    series = build_series(usable, batch, as_of, thresholds)
    points, relapse = relapse_of(series, thresholds)
    trends = trends_of(usable, series, points, relapse, thresholds)
    return {
        target.id: _figures(
            target, i, series, _relapse_figures(target, i, series, points, relapse), trends[i], thresholds
        )
        for i, target in enumerate(usable)
    }


def relapse_of(series: Series, thresholds: Thresholds = DEFAULT) -> tuple[Points, Relapse]:
    """R0 of all series, over the points after each one's last break, and those points."""
    points, p = series.points, series.parameters
    last = np.maximum(points.count - 1, 0)[:, None]
    column = np.arange(points.day.shape[1])
    current = points.segment == np.take_along_axis(points.segment, last, 1)
    kept = compress(points, current & (column < points.count[:, None]))
    newest = np.take_along_axis(kept.sd, np.maximum(kept.count - 1, 0)[:, None], 1)[:, 0]
    gains = Gains(
        gain=p.direction[:, None] * (kept.value - p.baseline[:, None]),
        count=kept.count,
        sd=newest / noise.inflation(series.rho),
        span=np.abs(p.way),
        mmc=p.mmc,
        baseline_points=np.where(series.pooled, np.maximum(p.baseline_points / p.period, 1), p.baseline_points),
        period=series.period,
        rho=series.rho,
    )
    return kept, find_relapse(gains, thresholds)


def _relapse_figures(target: TargetFacts, i: int, series: Series, points: Points, relapse: Relapse) -> RelapseFigures:
    """R0's answer for row i; a series that still is at its target has lost nothing that was promised."""
    last = points.count[i] - 1
    recent_two = series.attainment[i, max(series.points.count[i] - 2, 0) : series.points.count[i]]
    is_reached = last >= 0 and float(recent_two.mean()) >= 1 - EPSILON
    hit = int(relapse.first_hit[i])
    return RelapseFigures(
        level=Level.NONE if is_reached or target.is_kept else Level(int(relapse.level[i])),
        can_tell=target.frequency is not None and (last < 0 or bool(np.isfinite(points.sd[i, last]))),
        plateau=_known(relapse.plateau[i]),
        recent=_known(relapse.recent[i]),
        needed=_known(relapse.needed[i]),
        since=date.fromordinal(int(points.day[i, hit])) if hit >= 0 else None,
        rho=float(relapse.rho[i]),
    )


def _known(value: float) -> float | None:
    """NaN as None."""
    return None if np.isnan(value) else float(value)


def _figures(
    target: TargetFacts,
    i: int,
    series: Series,
    relapse: RelapseFigures,
    trend: TrendFigures,
    thresholds: Thresholds,
) -> Figures:
    """Row i of the series as plain numbers."""
    points, p = series.points, series.parameters
    n, way = int(points.count[i]), 1.0 if target.is_kept else float(p.target[i] - p.baseline[i])
    margin = (target.mmc or 0.0) / abs(way)
    usual = 0.0 if target.is_kept else max(thresholds.default_tolerance, margin)
    tolerance = usual if target.tolerance is None else target.tolerance / abs(way)
    sds = [_known(sd / abs(way)) for sd in points.sd[i, :n]]
    base = 0.0 if target.is_kept else _known(series.baseline_sd[i])
    is_measured = bool(series.measured[i])
    return Figures(
        days=points.day[i, :n].tolist(),
        attainments=series.attainment[i, :n].tolist(),
        expected=points.expected[i, :n].tolist(),
        point_sds=sds,
        baseline_sd=None if base is None else base / abs(way),
        segments=points.segment[i, :n].tolist(),
        denominators=np.nan_to_num(points.denominator[i, :n]).tolist(),
        margin=margin,
        tolerance=tolerance,
        way=way,
        baseline=float(p.target[i] if np.isnan(p.baseline[i]) else p.baseline[i]),
        measured=int(series.measured[i]),
        measured_on=date.fromordinal(int(series.latest_day[i])) if is_measured else None,
        value=float(series.latest_raw[i]) if is_measured else None,
        sd=_known(points.sd[i, n - 1]) if n else None,
        expected_today=None if target.is_kept else float(series.expected_today[i]),
        is_pooled=bool(series.pooled[i]),
        refused=int(series.refused[i]),
        other_definition=int(series.other_definition[i]),
        unit_changed=date.fromordinal(int(series.unit_changed[i])) if series.unit_changed[i] else None,
        relapse=relapse,
        trend=trend,
    )
