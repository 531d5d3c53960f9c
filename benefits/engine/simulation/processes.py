"""Made-up series with a known truth: shapes of what really happens, and the noise it is measured with.

A gain is 1 when it is whole; `sd` is the noise of one point as a share of it. Every array has one row a series.
"""

import numpy as np
from numpy.random import Generator

from benefits.engine.facts import Floats

NATIONAL_SWING = np.array([1.0, 0.0, -1.0, 0.0])  # sick leave, quarter by quarter, percentage points (statistics)


def noise(rng: Generator, series: int, length: int, sd: float, rho: float = 0.0) -> Floats:
    """Normal noise (series, length) with standard deviation `sd` and lag-one autocorrelation `rho`."""
    drawn = rng.normal(0.0, 1.0, (series, length))
    if rho:
        step = np.sqrt(1 - rho**2)
        for i in range(1, length):
            drawn[:, i] = rho * drawn[:, i - 1] + step * drawn[:, i]
    scaled: Floats = sd * drawn
    return scaled


def held(length: int) -> Floats:
    """The gain is there from the first point and stays."""
    return np.ones(length)


def ramp(length: int, climb: int) -> Floats:
    """The gain comes over `climb` points, then stays."""
    return np.minimum(np.arange(1, length + 1) / climb, 1.0)


def fallen(level: Floats, after: int) -> Floats:
    """What `level` is, lost altogether after `after` points."""
    return np.where(np.arange(len(level)) < after, level, 0.0)


def leaking(level: Floats, after: int, loss: float) -> Floats:
    """What `level` is, losing `loss` of the whole gain a point after `after` points, until nothing is left."""
    lost = loss * np.maximum(np.arange(len(level)) - after + 1, 0)
    return np.maximum(level - lost, 0.0)


def saturating(length: int, pace: float) -> Floats:
    """A gain that comes quickly at first and levels out: 1 − exp(−t/pace)."""
    return 1 - np.exp(-np.arange(length) / pace)
