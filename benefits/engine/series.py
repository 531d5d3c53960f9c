"""Series made comparable: arrays (s,) for targets, (s, l) for points; what lies beyond `count` means nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.engine import noise
from benefits.engine.facts import Floats, Ints, MeasurementBatch, TargetFacts
from benefits.engine.noise import Bools
from benefits.engine.paths import expected_values, nodes
from benefits.engine.thresholds import DEFAULT, Thresholds

EPOCH = date(1970, 1, 1).toordinal()
YEAR = 365.25
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Parameters:
    """What s targets say about their indicator, arrays (s,); NaN where nothing is said. Values are in the unit.

    `breaks` (s, b): the days of known breaks after the baseline; NEVER fills the rest.
    """

    baseline: Floats
    baseline_day: Ints
    baseline_n: Floats
    baseline_points: Floats
    target: Floats
    direction: Floats
    mmc: Floats
    kind: Ints
    period: Ints
    population: Floats
    spread: Floats
    scale: Floats
    definition: Ints
    breaks: Ints
    keep_min: Floats
    keep_max: Floats

    @property
    def kept(self) -> Bools:
        """Which targets are to stay within limits."""
        is_kept: Bools = np.isfinite(self.keep_min) | np.isfinite(self.keep_max)
        return is_kept

    @property
    def way(self) -> Floats:
        """The signed way from baseline to target, in the unit; never 0."""
        return self.target - self.baseline


@dataclass(frozen=True, slots=True)
class Points:
    """The points after the baseline that can be compared with it: columns (s, l), `count` (s,) of them in each row.

    `value` is in the unit with the season taken out, `raw` as measured, `attainment` and `expected` shares of the way,
    `sd` the point's standard deviation in the unit (NaN unknown), `segment` counts breaks of the series before it.
    """

    count: Ints
    day: Ints
    raw: Floats
    value: Floats
    expected: Floats
    n: Floats
    denominator: Floats
    id: Ints
    segment: Ints
    sd: Floats


@dataclass(frozen=True, slots=True)
class Series:
    """Everything the states and R0 read: parameters, points, and per row (s,) what was done to make them comparable.

    `attainment` (s, l), of targets to keep the margin inside the limits in the unit. `baseline_sd` in the unit. `rho`
    the default autocorrelation, already in `points.sd` and `baseline_sd`. `season` years behind the season profile
    that was subtracted (0: none). `pooled`: the points are means of whole years. `measured` counts comparable points
    before pooling; `latest_day` and `latest_raw` are the last of them. `refused` counts points left out for too few
    answers, `other_definition` those measured under another definition. `unit_changed` the last day (ordinal, 0: none)
    the unit behind the figure changed size.
    """

    parameters: Parameters
    points: Points
    attainment: Floats
    baseline_sd: Floats
    rho: Floats
    period: Ints
    season: Floats
    pooled: Bools
    measured: Ints
    latest_day: Ints
    latest_raw: Floats
    refused: Ints
    other_definition: Ints
    expected_today: Floats
    unit_changed: Ints


def is_usable(target: TargetFacts) -> bool:
    """Whether there is something to judge a figure by: limits to keep, or a baseline and a target that differ in the
    wanted direction, and an indicator."""
    if target.is_kept:
        return target.kind in noise.KINDS and bool(target.values)
    if target.kind not in noise.KINDS or target.direction is None or target.baseline is None or not target.values:
        return False
    final = max(target.values, key=lambda value: (value.on, value.value)).value
    return (final - target.baseline.value) * target.direction > 0


def build_series(
    targets: Sequence[TargetFacts], batch: MeasurementBatch, as_of: date, thresholds: Thresholds = DEFAULT
) -> Series:
    """The comparable series of `targets`, every one of which `is_usable`, as known on `as_of`."""
    parameters = _parameters(targets)
    with np.errstate(invalid="ignore", divide="ignore"):
        flat, counts = _select(targets, parameters, batch, as_of, thresholds)
        points, before = flat
        node_days, node_values, shapes = nodes(targets)
        today = expected_values(np.full((len(targets), 1), as_of.toordinal()), node_days, node_values, shapes)[:, 0]
        path = expected_values(points.day, node_days, node_values, shapes)
        points = replace(points, expected=(path - parameters.baseline[:, None]) / parameters.way[:, None])
        segment, unit_changed = _segments(points, parameters, thresholds)
        points = replace(points, segment=segment)
        profile, season = _season_profile(before, parameters)
        points = replace(points, value=points.raw - _at_season(profile, points.day, parameters.period))
        points, baseline_sd, rho = _noise(points, parameters, season, thresholds)
        measured, last = points.count, np.maximum(points.count - 1, 0)[:, None]
        latest_day = np.take_along_axis(points.day, last, 1)[:, 0]
        latest_raw = np.where(measured > 0, np.take_along_axis(points.raw, last, 1)[:, 0], np.nan)
        pooled = _is_seasonal(parameters) & (season == 0)
        points = _pool(points, pooled, parameters.period)
        attainment = (points.value - parameters.baseline[:, None]) / parameters.way[:, None]
        attainment = np.where(parameters.kept[:, None], _margins(points, parameters), attainment)
        points = replace(points, expected=np.where(parameters.kept[:, None], 0.0, points.expected))
    return Series(
        parameters, points, attainment, baseline_sd, rho, np.where(pooled, 1, parameters.period), season, pooled,
        measured, latest_day, latest_raw, *counts, today, unit_changed,
    )  # fmt: skip


def _parameters(targets: Sequence[TargetFacts]) -> Parameters:
    """The targets' own words as arrays."""

    def floats(values: Sequence[float | None]) -> Floats:
        return np.array([np.nan if value is None else value for value in values], dtype=float)

    baselines = [target.baseline for target in targets]
    finals = [max(target.values, key=lambda value: (value.on, value.value)).value for target in targets]
    return Parameters(
        baseline=floats([b.value if b else None for b in baselines]),
        baseline_day=np.array([b.on.toordinal() if b else 0 for b in baselines], np.int64),
        baseline_n=floats([b.n if b else None for b in baselines]),
        baseline_points=floats([max(b.points, 1) if b else 1 for b in baselines]),
        target=floats(finals),
        direction=floats([target.direction for target in targets]),
        mmc=floats([target.mmc for target in targets]),
        kind=np.array([noise.KINDS.index(target.kind or "index") for target in targets], np.int64),
        period=np.array([noise.PERIODS.get(target.frequency or "", 1) for target in targets], np.int64),
        population=floats([target.population for target in targets]),
        spread=floats([target.declared_sd for target in targets]),
        scale=np.array([noise.scale_of(target.unit) for target in targets], dtype=float),
        definition=np.array([target.definition_version for target in targets], np.int64),
        breaks=_breaks(targets),
        keep_min=np.array([-np.inf if t.keep_min is None else t.keep_min for t in targets]),
        keep_max=np.array([np.inf if t.keep_max is None else t.keep_max for t in targets]),
    )


def _margins(points: Points, p: Parameters) -> Floats:
    """How far inside the limits each point (s, l) lies, in the unit; negative outside."""
    margin: Floats = np.minimum(points.value - p.keep_min[:, None], p.keep_max[:, None] - points.value)
    return margin


def _breaks(targets: Sequence[TargetFacts]) -> Ints:
    """Each target's breaks after its baseline as ordinals (s, b)."""
    days = [
        sorted({one.on.toordinal() for one in t.breaks if t.baseline is None or one.on > t.baseline.on})
        for t in targets
    ]
    matrix = np.full((len(targets), max((len(row) for row in days), default=0)), NEVER)
    for i, row in enumerate(days):
        matrix[i, : len(row)] = row
    return matrix


def _select(
    targets: Sequence[TargetFacts], p: Parameters, batch: MeasurementBatch, as_of: date, thresholds: Thresholds
) -> tuple[tuple[Points, Points], tuple[Ints, Ints]]:
    """These targets' points, one a day, as (after the baseline, up to the baseline), and what was left out."""
    row_of = {int(target): row for row, target in enumerate(batch.target_ids)}
    rows = np.array([row_of.get(target.id, -1) for target in targets], np.int64)
    starts = np.where(rows >= 0, batch.offsets[np.maximum(rows, 0)], 0) if len(batch.target_ids) else rows * 0
    ends = np.where(rows >= 0, batch.offsets[np.maximum(rows, 0) + 1], 0) if len(batch.target_ids) else rows * 0
    lengths = ends - starts
    owner = np.repeat(np.arange(len(targets)), lengths)
    index = np.arange(lengths.sum()) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
    known = (batch.days[index] <= as_of.toordinal()) & np.isfinite(batch.values[index])
    owner, index = owner[known], index[known]
    order = np.lexsort((batch.ids[index], batch.days[index], owner))
    owner, index = owner[order], index[order]
    day = batch.days[index]
    last = np.append((owner[1:] != owner[:-1]) | (day[1:] != day[:-1]), True)[: len(owner)]  # the newest row of a day
    owner, index = owner[last], index[last]
    after = batch.days[index] > p.baseline_day[owner]
    same = batch.definitions[index] == p.definition[owner]
    share = batch.n[index] / p.population[owner]
    refused = (p.kind[owner] == noise.SURVEY) & (share < thresholds.minimum_response)
    counts = tuple(np.bincount(owner[mask], minlength=len(targets)) for mask in (after & same & refused, after & ~same))
    keep = same & ~refused
    pick = [_align(batch, owner[mask], index[mask], len(targets)) for mask in (keep & after, keep & ~after)]
    return (pick[0], pick[1]), (counts[0], counts[1])


def _align(batch: MeasurementBatch, owner: Ints, index: Ints, s: int) -> Points:
    """Flat points as left-aligned rows."""
    count = np.bincount(owner, minlength=s)
    column = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    length = int(count.max(initial=0)) or 1

    def rows(values: NDArray[Any], empty: float) -> NDArray[Any]:
        matrix = np.full((s, length), empty, dtype=values.dtype)
        matrix[owner, column] = values[index]
        return matrix

    raw = rows(batch.values, np.nan)
    blank = np.full((s, length), np.nan)
    return Points(
        count=count, day=rows(batch.days, 0), raw=raw, value=raw, expected=blank, n=rows(batch.n, np.nan),
        denominator=rows(batch.denominators, np.nan), id=rows(batch.ids, 0), segment=np.zeros((s, length), np.int64),
        sd=blank,
    )  # fmt: skip


def _segments(points: Points, p: Parameters, thresholds: Thresholds) -> tuple[Ints, Ints]:
    """How many breaks lie before each point, and the last day (s,) on which the denominator made one (0: none).

    A denominator more than 15 % off the last known one is another unit.
    """
    units = np.where((p.kind == noise.SURVEY)[:, None], points.denominator, points.n)
    size = np.where(np.isnan(points.denominator), units, points.denominator)
    column = np.arange(size.shape[1])
    latest = np.maximum.accumulate(np.where(np.isnan(size), 0, column), axis=1)
    known = np.take_along_axis(size, latest, 1)
    resized = np.abs(size[:, 1:] / known[:, :-1] - 1) > thresholds.denominator_change
    resized = np.concatenate([np.zeros((len(size), 1), bool), resized], axis=1)
    passed = (p.breaks[:, None, :] <= points.day[:, :, None]).sum(axis=2)
    broken = np.diff(passed, axis=1, prepend=0) > 0
    unit_changed = np.where(resized, points.day, 0).max(axis=1, initial=0)
    return np.cumsum(broken | resized, axis=1), unit_changed


def _is_seasonal(p: Parameters) -> Bools:
    """Sick leave measured more often than once a year swings with the season (statistics «Season»)."""
    is_seasonal: Bools = (p.kind == noise.ABSENCE) & (p.period > 1)
    return is_seasonal


def _seasons(days: Ints, period: Ints) -> Ints:
    """The season (0 … period−1) each day (s, l) falls in: its quarter, or its month."""
    months = (days - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    return months * period[:, None] // 12


def _season_profile(before: Points, p: Parameters) -> tuple[Floats, Floats]:
    """How far each season (s, 12) lay from the year's mean in the baseline, and from how many years (0: not known)."""
    seasons = _seasons(before.day, p.period)
    years = np.ceil(p.baseline_points / p.period)
    window = before.day > (p.baseline_day - np.round(YEAR * years).astype(np.int64))[:, None]
    inside = window & (np.arange(before.day.shape[1]) < before.count[:, None]) & _is_seasonal(p)[:, None]
    number, total = np.zeros((len(years), 12)), np.zeros((len(years), 12))
    for season in range(12):
        mask = inside & (seasons == season)
        number[:, season], total[:, season] = mask.sum(axis=1), np.where(mask, before.raw, 0).sum(axis=1)
    exists = np.arange(12) < p.period[:, None]
    fewest = np.where(exists, number, np.inf).min(axis=1)
    mean = np.where(exists, total / np.maximum(number, 1), 0.0)
    centre = mean.sum(axis=1, keepdims=True) / p.period[:, None]
    return np.where(exists & (fewest > 0)[:, None], mean - centre, 0.0), fewest


def _at_season(profile: Floats, days: Ints, period: Ints) -> Floats:
    """The profile's value at each day (s, l)."""
    return np.take_along_axis(profile, _seasons(days, period), 1)


def _noise(points: Points, p: Parameters, season: Floats, thresholds: Thresholds) -> tuple[Points, Floats, Floats]:
    """Points with `sd`, the baseline's sd (s,) and the default autocorrelation (s,), which both already contain."""
    column = {name: getattr(p, name)[:, None] for name in ("kind", "population", "spread", "scale", "period")}
    years = (points.day - p.baseline_day[:, None]) / YEAR
    sd = noise.formula_sd(value=points.value, n=points.n, years=years, thresholds=thresholds, **column)
    base = noise.formula_sd(
        p.kind, p.baseline, p.baseline_n, p.population, p.spread, p.scale, p.period, 0 * p.baseline, thresholds
    )
    own = noise.moving_range_sd(points.value, points.count, thresholds.ranges_for_own_noise)
    seasonal = _is_seasonal(p)
    ranges = [noise.season_sd(points.raw, points.count, period, thresholds.ranges_for_own_noise) for period in (4, 12)]
    same_season = np.where(p.period == 4, ranges[0], ranges[1])
    declared = np.where(p.kind == noise.MEAN, np.nan, p.spread)
    fallback = np.where(np.isnan(declared), np.where(seasonal, np.nan, own), declared)
    fallback = np.where(np.isnan(fallback), p.mmc / noise.MMC_IN_SD, fallback)
    sd = np.where((seasonal & ~np.isnan(same_season))[:, None], same_season[:, None], sd)
    sd = np.where(np.isnan(sd), fallback[:, None], sd)
    base = np.where(seasonal & ~np.isnan(same_season), same_season, base)
    base = np.where(np.isnan(base), fallback, base) / np.sqrt(p.baseline_points)
    rho = np.where(p.kind == noise.ABSENCE, thresholds.absence_autocorrelation, 0.0)
    factor = noise.inflation(rho)
    return replace(points, sd=sd * factor[:, None]), base * factor, rho


def _pool(points: Points, pooled: Bools, period: Ints) -> Points:
    """Rows with a season but no profile become whole-year means, the last ending at the latest point; others stay."""
    if not pooled.any():
        return points
    column = np.arange(points.day.shape[1])
    width = np.where(pooled, period, 1)[:, None]
    first = np.maximum(column - width + 1, 0)
    span = points.day - np.take_along_axis(points.day, first, 1)
    whole = (column >= width - 1) & (span < YEAR * (width - 0.5) / width)
    whole &= points.segment == np.take_along_axis(points.segment, first, 1)
    ends = ((points.count[:, None] - 1 - column) % width == 0) & (column < points.count[:, None])
    keep = np.where(pooled[:, None], whole & ends, column < points.count[:, None])

    def means(matrix: Floats) -> Floats:
        sums = np.concatenate([np.zeros((len(matrix), 1)), np.cumsum(np.nan_to_num(matrix), axis=1)], axis=1)
        mean = (sums[:, 1:] - np.take_along_axis(sums, first, 1)) / width
        return np.where(pooled[:, None], mean, matrix)

    return compress(
        replace(points, value=means(points.value), expected=means(points.expected), sd=points.sd / np.sqrt(width)), keep
    )


def compress(points: Points, keep: Bools) -> Points:
    """The kept columns (s, l) of each row, moved to the left."""
    order = np.argsort(~keep, axis=1, kind="stable")
    columns = ("day", "raw", "value", "expected", "n", "denominator", "id", "segment", "sd")
    moved = {name: np.take_along_axis(getattr(points, name), order, 1) for name in columns}
    return replace(points, count=keep.sum(axis=1), **moved)
