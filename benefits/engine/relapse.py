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
    """Running state of the scan, arrays (s,): the gain's window, the plateau as it was before a fall, hits in a row."""

    rho: Floats
    start: Ints
    confirmed: Ints
    plateau: Floats
    plateau_points: Ints
    recent: Floats
    needed: Floats
    streak: Ints
    first_hit: Ints
    has_fallen: Bools


def _empty_scan(s: int, rho: Floats) -> _Scan:
    """The state before the first point."""
    none, unknown = np.full(s, -1), np.full(s, np.nan)
    zero = np.zeros(s, np.int64)
    return _Scan(
        rho,
        none,
        none.copy(),
        unknown,
        zero,
        unknown.copy(),
        unknown.copy(),
        zero.copy(),
        none.copy(),
        np.zeros(s, bool),
    )


def _scan(gains: Gains, rho: Floats, thresholds: Thresholds) -> _Scan:
    """Walk all series point by point. While hits last, the plateau stays what it was before the first of them."""
    s, length = gains.gain.shape
    m, k, z = windows(gains.period, thresholds)
    sums = np.concatenate([np.zeros((s, 1)), np.cumsum(np.nan_to_num(gains.gain), axis=1)], axis=1)
    rows, sd = np.arange(s), gains.sd * inflation(rho)
    gain_needed = np.maximum(thresholds.gain_share * gains.span, z * sd * np.sqrt(1 / m + 1 / gains.baseline_points))
    state = _empty_scan(s, rho)
    for i in range(length):
        here = i < gains.count
        state.recent = np.where(here, (sums[:, i + 1] - sums[rows, np.maximum(i + 1 - k, 0)]) / k, state.recent)
        mean = (sums[:, i + 1] - sums[rows, np.maximum(i + 1 - m, 0)]) / m
        found = here & (state.start < 0) & (i + 1 >= m) & (mean >= gain_needed)
        state.start = np.where(found, i + 1 - m, state.start)
        state.confirmed = np.where(found, i, state.confirmed)
        judged = here & (state.start >= 0) & (i - k >= state.confirmed)
        calm = judged & (state.streak == 0)
        n = i + 1 - k - state.start
        held = (sums[rows, np.maximum(i + 1 - k, 0)] - sums[rows, np.maximum(state.start, 0)]) / np.maximum(n, 1)
        state.plateau = np.where(calm, held, state.plateau)
        state.plateau_points = np.where(calm, n, state.plateau_points)
        needed = z * sd * np.sqrt(1 / k + 1 / np.maximum(state.plateau_points, 1))
        state.needed = np.where(judged, needed, state.needed)
        fall = state.plateau - state.recent
        hit = judged & (state.recent <= thresholds.relapse_share * state.plateau) & (fall > needed)
        state.first_hit = np.where(hit & (state.streak == 0), i, state.first_hit)
        state.streak = np.where(here, np.where(hit, state.streak + 1, 0), state.streak)
        state.has_fallen |= state.streak >= 2
    return state


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
