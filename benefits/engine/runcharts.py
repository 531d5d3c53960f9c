"""Has anything but chance happened? Run charts and XmR limits, vectorised over series (source: statistics.md «Run
charts and forecast»; domain.md §1d).

Run chart (Anhøj & Olesen, PLOS ONE 2014): among the n points that do not lie on the median, one run on the same side
longer than round(log₂ n) + 3, or fewer crossings than the 5 % quantile of the binomial(n − 1, ½), is a signal. XmR:
limits at the mean ± 2.66 times the mean moving range; a point outside them, or two of three in a row beyond two thirds
of the way out on the same side, is a signal. Two points are never compared, and no rule looks for «a trend of six».
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from benefits.engine.facts import Floats, Ints
from benefits.engine.noise import Bools
from benefits.engine.thresholds import DEFAULT, Thresholds


@dataclass(frozen=True, slots=True)
class RunChart:
    """Of s series: `median`, `useful` points off it, the longest run, whether it is the latest, the most it may be,
    the crossings and the fewest there may be; `side` of the longest run (+1 above, −1 below). 0 useful: too few."""

    median: Floats
    useful: Ints
    run: Ints
    is_latest: Ints
    most_run: Ints
    crossings: Ints
    fewest: Ints
    side: Ints


@dataclass(frozen=True, slots=True)
class Limits:
    """XmR of s series: `mean`, `low`, `high` (NaN under the number of points asked), the last column outside (−1 none)
    and the last of two of three near a limit (−1 none)."""

    mean: Floats
    low: Floats
    high: Floats
    outside: Ints
    near: Ints


def run_chart(value: Floats, count: Ints, thresholds: Thresholds = DEFAULT) -> RunChart:
    """The run chart of rows (s, l) with `count` (s,) points each."""
    s, length = value.shape
    inside = np.arange(length) < count[:, None]
    median = _median(value, count)
    side = np.where(inside, np.sign(value - median[:, None]), 0.0).astype(np.int64)
    run, best, best_side, previous, crossings = (np.zeros(s, np.int64) for _ in range(5))
    for i in range(length):
        here = side[:, i]
        same = (here == previous) & (here != 0)
        crossings += (here != 0) & (previous != 0) & (here != previous)
        run = np.where(here == 0, run, np.where(same, run + 1, 1))
        previous = np.where(here == 0, previous, here)
        longer = (here != 0) & (run >= best)
        best, best_side = np.where(longer, run, best), np.where(longer, here, best_side)
    useful = (side != 0).sum(axis=1)
    useful = np.where(useful >= thresholds.run_chart_points, useful, 0)
    n = np.maximum(useful, 2)
    most = np.rint(np.log2(n)).astype(np.int64) + 3
    fewest = np.array([fewest_crossings(int(size)) for size in n], np.int64)
    return RunChart(median, useful, best, (run == best) & (previous == best_side), most, crossings, fewest, best_side)


def _median(value: Floats, count: Ints) -> Floats:
    """The median of the first `count` of each row; NaN for none."""
    inside = np.arange(value.shape[1]) < count[:, None]
    ordered = np.sort(np.where(inside, value, np.inf), axis=1)
    middle = np.maximum(count - 1, 0)
    low = np.take_along_axis(ordered, (middle // 2)[:, None], 1)[:, 0]
    high = np.take_along_axis(ordered, (count // 2).clip(max=value.shape[1] - 1)[:, None], 1)[:, 0]
    return np.where(count > 0, (low + np.where(count % 2 == 0, high, low)) / 2, np.nan)


@cache
def fewest_crossings(n: int) -> int:
    """The 5 % quantile of the binomial(n − 1, ½): fewer crossings than this among n points is a signal."""
    total, needed = 0, 0.05 * 2 ** (n - 1)
    for crossings in range(n):
        total += math.comb(n - 1, crossings)
        if total >= needed:
            return crossings
    return n - 1


def xmr_limits(value: Floats, count: Ints, thresholds: Thresholds = DEFAULT) -> Limits:
    """The limits of rows (s, l) with `count` (s,) points each."""
    s, length = value.shape
    inside = np.arange(length) < count[:, None]
    enough = count >= thresholds.limit_points
    size = np.maximum(count, 2)
    mean = np.where(inside, value, 0.0).sum(axis=1) / size
    moved = np.where(inside[:, 1:], np.abs(np.diff(value, axis=1)), 0.0).sum(axis=1) / (size - 1)
    reach = np.where(enough, thresholds.limit_ranges * moved, np.nan)
    off = np.where(inside, value - mean[:, None], 0.0)
    outside = _last(np.abs(off) > reach[:, None])
    far = np.where(np.abs(off) > 2 / 3 * reach[:, None], np.sign(off), 0.0)
    padded = np.concatenate([np.zeros((s, 2)), far], axis=1)
    threes = padded[:, 2:] + padded[:, 1:-1] + padded[:, :-2]
    near = _last((np.abs(threes) >= 2) & inside)
    return Limits(np.where(enough, mean, np.nan), mean - reach, mean + reach, outside, near)


def _last(mask: Bools) -> Ints:
    """The last true column of each row (s, l); −1 where there is none."""
    length = mask.shape[1]
    last: Ints = np.where(mask.any(axis=1), length - 1 - np.argmax(mask[:, ::-1], axis=1), -1)
    return last
