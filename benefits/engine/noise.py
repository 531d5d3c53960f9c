"""How much of a figure is chance: the standard deviation of one point by kind of indicator (source: statistics.md)."""

import math

import numpy as np
from numpy.typing import NDArray

from benefits.engine.facts import Floats, Ints, TargetFacts
from benefits.engine.thresholds import DEFAULT, Thresholds

KINDS = ("register_share", "survey_share", "absence_rate", "mean", "count", "index")
REGISTER, SURVEY, ABSENCE, MEAN, COUNT, INDEX = range(len(KINDS))
PERIODS = {"monthly": 12, "quarterly": 4, "yearly": 1}
PER_CENT = ("%", "prosent", "percent", "per cent")
D2 = 1.128  # mean range of two draws from a normal distribution, in standard deviations
DETECT_X, DETECT_Y = 1.96, 2.8  # statistics «Detectability»: 95 % interval, 80 % power
MMC_IN_SD = 2.0  # without any other source a declared minimum change is taken for two standard deviations (domain 2b)

Bools = NDArray[np.bool_]


def scale_of(unit: str) -> float:
    """What a share of one is written as in this unit: 100 for per cent however it is written, else 1."""
    return 100.0 if unit.strip().lower().startswith(PER_CENT) else 1.0


def formula_sd(
    kind: Ints,
    value: Floats,
    n: Floats,
    population: Floats,
    spread: Floats,
    scale: Floats,
    period: Ints,
    years: Floats,
    thresholds: Thresholds = DEFAULT,
) -> Floats:
    """Standard deviation of one point in the unit, from its kind; NaN where the kind's inputs are missing.

    All arguments broadcast to one shape. `kind` indexes KINDS, `n` is answers or employees behind the point, `spread`
    the declared standard deviation (between units for a mean, of the point for an index), `period` points a year and
    `years` the time from the baseline, which says how many posts of a register can have changed.
    """
    units = np.where(np.isnan(n), population, n)
    answers = np.where(kind == SURVEY, n, units)
    half = np.minimum(0.5 / np.maximum(answers, 1), 0.5)
    p = np.clip(value / scale, half, 1 - half)  # 0 % of n answers is not certainty: half an answer from the edge
    changed = np.minimum(1.0, thresholds.posts_changed_per_year * np.maximum(years, 1 / period))
    left_out = np.where(np.isnan(population), 1.0, np.clip(1 - n / population, 0, 1))
    absence = np.choose(
        np.searchsorted([1, 4, 12], period),
        [thresholds.absence_sd_year, thresholds.absence_sd_quarter, thresholds.absence_sd_month],
    )
    by_kind: Floats = np.choose(
        kind,
        [
            scale * np.sqrt(p * (1 - p) * changed / units),
            scale * np.sqrt(p * (1 - p) / n * left_out),
            scale * absence / np.sqrt(units),
            spread / np.sqrt(units),
            np.sqrt(np.maximum(value, 1.0)),  # a count of none still varies like a count of one
            spread + 0.0 * value,
        ],
    )
    return by_kind


def moving_range_sd(values: Floats, counts: Ints, ranges: int) -> Floats:
    """Standard deviation (s,) from the mean moving range of rows (s, l), `counts` points each; NaN under `ranges`.

    A deviation told by few ranges is itself uncertain, and must not call chance a sign: it is widened by 1 + 1/(2·n).
    """
    sd, number = _mean_range_sd(values, counts, ranges)
    return sd * (1 + 1 / (2 * number))


def _mean_range_sd(values: Floats, counts: Ints, ranges: int) -> tuple[Floats, Ints]:
    """The mean moving range in standard deviations (s,), and the number of ranges, at least 1."""
    number = np.maximum(counts - 1, 0)
    if values.shape[1] < 2:
        return np.full(len(values), np.nan), np.maximum(number, 1)
    inside = np.arange(1, values.shape[1]) < counts[:, None]
    steps = np.where(inside, np.abs(np.diff(values, axis=1)), 0.0)
    size = np.maximum(number, 1)
    return np.where(number >= ranges, steps.sum(axis=1) / size / D2, np.nan), size


def season_sd(values: Floats, counts: Ints, period: int, ranges: int) -> Floats:
    """Standard deviation (s,) of one point from same-season differences: their mean moving range / (1.128·√2)."""
    if values.shape[1] <= period:
        return np.full(len(values), np.nan)
    differences = values[:, period:] - values[:, :-period]
    sd: Floats = _mean_range_sd(differences, np.maximum(counts - period, 0), ranges)[0] / math.sqrt(2)
    return sd


def inflation(rho: Floats | float) -> Floats:
    """What autocorrelation `rho` (in [0, 1)) multiplies a standard deviation with: √((1+ρ)/(1−ρ))."""
    factor: Floats = np.sqrt((1 + np.asarray(rho, float)) / (1 - np.asarray(rho, float)))
    return factor


def detectable_change(target: TargetFacts, thresholds: Thresholds = DEFAULT) -> tuple[float, float] | None:
    """The changes (x, y) in the unit below which a change may be chance, and above which we nearly always see it.

    Between the baseline and one measurement a year later; None when the kind, baseline or number of units is missing.
    """
    baseline = target.baseline
    if target.kind not in KINDS or baseline is None or target.frequency not in PERIODS:
        return None
    period = PERIODS[target.frequency]
    n, population, spread = (
        np.array([np.nan if x is None else float(x)]) for x in (baseline.n, target.population, target.declared_sd)
    )
    kind = np.array([KINDS.index(target.kind)])
    with np.errstate(invalid="ignore", divide="ignore"):
        sd = formula_sd(
            kind,
            np.array([baseline.value]),
            n,
            population,
            spread,
            np.array([scale_of(target.unit)]),
            np.array([period]),
            np.array([1.0]),
            thresholds,
        )[0]
    if not math.isfinite(sd):
        return None
    if kind[0] == ABSENCE:
        sd *= float(inflation(thresholds.absence_autocorrelation))
    change = sd * math.sqrt(1 + 1 / max(baseline.points, 1))
    return DETECT_X * change, DETECT_Y * change
