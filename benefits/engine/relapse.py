"""R0: has a confirmed gain been lost again? Vectorised over many series (source: statistics.md «R0, relapse»)."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from benefits.engine.facts import Floats, Ints
from benefits.engine.noise import Bools, inflation
from benefits.engine.thresholds import DEFAULT, Thresholds


class Level(IntEnum):
    """How far a relapse has come. WATCH is a first hit; the three last are confirmed by the point after it."""

    NONE = 0
    WATCH = 1
    CONFIRMED = 2
    BACK_TO_ZERO = 3
    BELOW_BASELINE = 4


@dataclass(frozen=True, slots=True)
class Relapse:
    """R0's answer for s series, every array of shape (s,); gains in the unit, better is larger.

    `level` is a Level, `plateau` P and `recent` L (NaN before a confirmed gain), `needed` the fall P − L had to exceed,
    `plateau_points` n_P, `first_hit` the column of the first hit of the running episode (−1: none), `rho` the
    autocorrelation that was used and `has_fallen` whether a fall was confirmed at any time, or is suspected now.
    """

    level: Ints
    plateau: Floats
    recent: Floats
    needed: Floats
    plateau_points: Ints
    first_hit: Ints
    rho: Floats
    has_fallen: Bools


@dataclass(frozen=True, slots=True)
class Gains:
    """Gains g = direction·(value − baseline) of s series, left-aligned in `gain` (s, l) with `count` (s,) points each.

    `sd` of one point without autocorrelation, `span` |target − baseline|, `mmc`, all in the unit; `baseline_points`
    n_b; `period` points a year (1, 4, 12); `rho` the default autocorrelation.
    """

    gain: Floats
    count: Ints
    sd: Floats
    span: Floats
    mmc: Floats
    baseline_points: Floats
    period: Ints
    rho: Floats


def windows(period: Ints, thresholds: Thresholds = DEFAULT) -> tuple[Ints, Ints, Floats]:
    """(m, k, z) for `period` points a year: points that confirm a gain, points that are recent, certainty asked."""
    pick = np.searchsorted([1, 4, 12], period)
    t = thresholds
    m = np.array([t.plateau_points_yearly, t.plateau_points_quarterly, t.plateau_points_monthly])[pick]
    k = np.array([t.recent_points_yearly, t.recent_points_quarterly, t.recent_points_monthly])[pick]
    return m, k, np.array([t.relapse_z, t.relapse_z, t.relapse_z_monthly])[pick]


def find_relapse(gains: Gains, thresholds: Thresholds = DEFAULT) -> Relapse:
    """R0 at the last point of each series; NONE without a known noise (`sd` NaN) or without a confirmed gain."""
    first = _scan(gains, gains.rho, thresholds)
    rho = _estimated_rho(gains, first, thresholds)
    if np.array_equal(rho, gains.rho):
        return _answer(gains, first, thresholds)
    return _answer(gains, _scan(gains, rho, thresholds), thresholds)


@dataclass(slots=True)
class _Scan:
    """Where the walk along each series ended, arrays (s,): the gain's window, the plateau before a fall, the hits."""

    rho: Floats
    start: Ints
    plateau: Floats
    plateau_points: Ints
    recent: Floats
    needed: Floats
    streak: Ints
    first_hit: Ints
    has_fallen: Bools


@dataclass(frozen=True, slots=True)
class _Looks:
    """What each series says at each of its points while no fall runs, arrays (s, l); `judged`: a gain is there."""

    inside: Bools
    judged: Bools
    recent: Floats
    plateau: Floats
    points: Ints
    needed: Floats


def _scan(gains: Gains, rho: Floats, thresholds: Thresholds) -> _Scan:
    """Walk all series point by point. While hits last, the plateau stays what it was before the first of them.

    A series without a hit ends as it looks at its last point; only the others are walked.
    """
    start, looks = _looks(gains, rho, thresholds)
    s = len(gains.count)
    rows, end = np.arange(s), np.maximum(gains.count - 1, 0)
    is_judged = looks.judged.any(axis=1)

    def last(values: Floats) -> Floats:
        return np.where(is_judged, values[rows, end], np.nan)

    state = _Scan(
        rho=rho,
        start=start,
        plateau=last(looks.plateau),
        plateau_points=np.where(is_judged, looks.points[rows, end], 0),
        recent=np.where(gains.count > 0, looks.recent[rows, end], np.nan),
        needed=last(looks.needed),
        streak=np.zeros(s, np.int64),
        first_hit=np.full(s, -1),
        has_fallen=np.zeros(s, bool),
    )
    hits = looks.judged & _is_hit(looks.recent, looks.plateau, looks.needed, thresholds)
    falling = np.flatnonzero(hits.any(axis=1))
    if falling.size:
        _walk(state, falling, int(hits.argmax(axis=1)[falling].min()), gains, looks, thresholds)
    return state


def _is_hit(recent: Floats, plateau: Floats, needed: Floats, thresholds: Thresholds) -> Bools:
    return (recent <= thresholds.relapse_share * plateau) & (plateau - recent > needed)


def _looks(gains: Gains, rho: Floats, thresholds: Thresholds) -> tuple[Ints, _Looks]:
    """Where each series' first confirmed gain starts (-1: nowhere), and how it looks at each point from then on."""
    s, length = gains.gain.shape
    m, k, z = (column[:, None] for column in windows(gains.period, thresholds))
    sd, rows = (gains.sd * inflation(rho))[:, None], np.arange(s)[:, None]
    sums = np.concatenate([np.zeros((s, 1)), np.cumsum(np.nan_to_num(gains.gain), axis=1)], axis=1)
    seen = np.arange(1, length + 1)[None, :]
    inside = seen <= gains.count[:, None]
    before = sums[rows, np.maximum(seen - k, 0)]
    mean = (sums[:, 1:] - sums[rows, np.maximum(seen - m, 0)]) / m
    noise = z * sd * np.sqrt(1 / m + 1 / gains.baseline_points[:, None])
    found = inside & (seen >= m) & (mean >= np.maximum(thresholds.gain_share * gains.span[:, None], noise))
    is_found, first = found.any(axis=1)[:, None], found.argmax(axis=1)[:, None]
    start = np.where(is_found, first + 1 - m, -1)
    points = np.where(is_found, seen - k - start, 0)
    held = (before - sums[rows, np.maximum(start, 0)]) / np.maximum(points, 1)
    needed = z * sd * np.sqrt(1 / k + 1 / np.maximum(points, 1))
    judged = inside & is_found & (seen - 1 - k >= first)
    return start[:, 0], _Looks(inside, judged, (sums[:, 1:] - before) / k, held, points, needed)


def _walk(state: _Scan, rows: Ints, begin: int, gains: Gains, looks: _Looks, thresholds: Thresholds) -> None:
    """Walk the series `rows` of the scan from the column `begin` of their first hit."""
    _, k, z = (values[rows] for values in windows(gains.period, thresholds))
    sd = (gains.sd * inflation(state.rho))[rows]
    streak, first_hit, has_fallen = state.streak[rows], state.first_hit[rows], state.has_fallen[rows]
    plateau, points, needed = (np.full(rows.size, np.nan) for _ in range(3))
    for i in range(begin, gains.gain.shape[1]):
        judged, recent = looks.judged[rows, i], looks.recent[rows, i]
        calm = judged & (streak == 0)
        plateau = np.where(calm, looks.plateau[rows, i], plateau)
        points = np.where(calm, looks.points[rows, i], points)
        needed = np.where(judged, z * sd * np.sqrt(1 / k + 1 / np.fmax(points, 1)), needed)
        hit = judged & _is_hit(recent, plateau, needed, thresholds)
        first_hit = np.where(hit & (streak == 0), i, first_hit)
        streak = np.where(looks.inside[rows, i], np.where(hit, streak + 1, 0), streak)
        has_fallen |= streak >= 2
    state.streak[rows], state.first_hit[rows], state.has_fallen[rows] = streak, first_hit, has_fallen
    state.plateau[rows], state.plateau_points[rows], state.needed[rows] = plateau, points, needed


def _estimated_rho(gains: Gains, scan: _Scan, thresholds: Thresholds) -> Floats:
    """Lag-one autocorrelation on the plateau where it has enough points, else the default.

    The points that made the gain are left out as far as there are others enough: climbing looks like autocorrelation.
    Where none is expected (default 0), an estimate that may be chance is not believed.
    """
    n_all = scan.plateau_points
    enough = (scan.start >= 0) & (n_all >= thresholds.autocorrelation_points)
    if not enough.any():
        return gains.rho
    m, _, _ = windows(gains.period, thresholds)
    skipped = np.clip(n_all - thresholds.autocorrelation_points, 0, m)
    first, last = scan.start + skipped, scan.start + n_all
    column = np.arange(gains.gain.shape[1])
    inside = (column >= first[:, None]) & (column < last[:, None]) & enough[:, None]
    n = np.maximum(n_all - skipped, 1)
    level = np.where(inside, gains.gain, 0.0).sum(axis=1) / n
    residual = np.where(inside, gains.gain - level[:, None], 0.0)
    power = (residual**2).sum(axis=1)
    raw = (residual[:, 1:] * residual[:, :-1]).sum(axis=1) / np.where(power > 0, power, 1)
    corrected = np.clip(raw + (1 + 4 * raw) / n, 0, 0.8)  # small-sample bias of the lag-one estimate
    believed = (gains.rho > 0) | (corrected > thresholds.autocorrelation_z / np.sqrt(n))
    return np.where(enough & believed, corrected, gains.rho)


def _answer(gains: Gains, scan: _Scan, thresholds: Thresholds) -> Relapse:
    """Turn the scan's last state into levels."""
    _, k, _ = windows(gains.period, thresholds)
    sd = gains.sd * inflation(scan.rho)
    upper = scan.recent + thresholds.certainty_z * sd * np.sqrt(1 / k + 1 / gains.baseline_points)
    level = np.where(scan.streak >= 2, Level.CONFIRMED, np.where(scan.streak == 1, Level.WATCH, Level.NONE))
    confirmed = scan.streak >= 2
    level = np.where(confirmed & (upper < thresholds.zero_share * scan.plateau), Level.BACK_TO_ZERO, level)
    below = (scan.recent < -np.nan_to_num(gains.mmc)) & (upper < 0)
    level = np.where(confirmed & below, Level.BELOW_BASELINE, level)
    running = np.where(scan.streak > 0, scan.first_hit, -1)
    has_fallen = scan.has_fallen | (scan.streak > 0)
    return Relapse(level, scan.plateau, scan.recent, scan.needed, scan.plateau_points, running, scan.rho, has_fallen)
