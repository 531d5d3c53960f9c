"""How often the forecast's 80 % interval holds what comes, and what it refuses (source: statistics.md)."""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from benefits.engine.facts import Floats
from benefits.engine.forecast import Past, Refusal, find_forecast
from benefits.engine.noise import Bools
from benefits.engine.simulation import processes
from benefits.engine.simulation.rates import Rate
from benefits.engine.thresholds import DEFAULT

LOOKS = ((6, 1), (6, 3), (7, 3), (8, 4), (10, 2), (12, 4), (16, 4), (20, 4), (24, 4), (32, 4))  # points, periods ahead
SPREADS = (0.1, 0.3, 0.5)
PERIOD_DAYS = 365.25  # yearly points: the engine counts in periods, whatever they are
FAR = 3_000_000  # an ordinal day beyond every horizon


def forecast_rates(rng: Generator, series: int) -> Iterator[Rate]:
    """Coverage over all looks and spreads, process by process; then what has to be refused."""
    length = LOOKS[-1][0] + DEFAULT.forecast_periods
    lines = {"flat": 0 * processes.held(length), "linear": np.arange(length) / 12}
    curves = {f"saturating, pace {pace}": processes.saturating(length, pace) for pace in (3.0, 6.0)}
    for rho in (0.0, 0.5):
        name = "iid" if rho == 0 else f"ρ = {rho}"
        for shape, truth in {**lines, **curves}.items():
            yield _coverage(rng, series, truth, rho, f"{shape}, {name}", is_demanded=True)
    yield _coverage(rng, series, processes.ramp(length, 6), 0.0, "ramp with a sudden end, iid", is_demanded=False)
    yield from _refusals(rng, series)


def _coverage(rng: Generator, series: int, truth: Floats, rho: float, name: str, *, is_demanded: bool) -> Rate:
    """The share of new points inside the interval where there was one; `per_look` is how often there was."""
    hits = made = asked = 0
    for n, ahead in LOOKS:
        for sd in SPREADS:
            values = truth[: n + ahead] + processes.noise(rng, series, n + ahead, sd, rho)
            found = find_forecast(past(values[:, :n]))
            is_made = found.refusal == Refusal.NONE
            low, high, comes = found.low[:, ahead - 1], found.high[:, ahead - 1], values[:, -1]
            hits += int(((low <= comes) & (comes <= high))[is_made].sum())
            made, asked = made + int(is_made.sum()), asked + series
    least, most = (0.75, 0.85) if is_demanded else (None, None)
    share = made / asked
    return Rate("Forecast, 80 % interval covers", name, hits / max(made, 1), share, share, asked, least, most)


def _refusals(rng: Generator, series: int) -> Iterator[Rate]:
    """What must never be forecast, and what mostly should not be."""
    group = "Forecast, refused"
    values = np.arange(12) / 12 + processes.noise(rng, series, 12, 0.3)
    yes = np.ones(series, np.bool_)
    for name, made in (
        ("five points", past(values[:, :5])),
        ("after a break", past(values, is_broken=yes)),
        ("after a relapse", past(values, has_relapsed=yes)),
    ):
        refused = float((find_forecast(made).refusal != Refusal.NONE).mean())
        yield Rate(group, name, refused, refused, refused, series, least=1.0)
    walk = np.cumsum(processes.noise(rng, series, 24, 0.3), axis=1)
    tied = processes.noise(rng, series, 24, 0.3, 0.9)
    for name, unsteady in (("a random walk, 24 points", walk), ("noise with ρ = 0.9, 24 points", tied)):
        refused = float((find_forecast(past(unsteady)).refusal == Refusal.UNSTEADY).mean())
        yield Rate(group, name, refused, refused, refused, series)


def past(values: Floats, is_broken: Bools | None = None, has_relapsed: Bools | None = None) -> Past:
    """Values (s, l) one period apart, with unknown noise and a target date beyond every horizon."""
    series, length = values.shape
    one, no = np.ones(series), np.zeros(series, np.bool_)
    return Past(
        day=np.tile(np.rint(np.arange(length) * PERIOD_DAYS).astype(np.int64), (series, 1)),
        value=values,
        count=np.full(series, length),
        sd=np.full(series, np.nan),
        period=np.ones(series, np.int64),
        target=one,
        direction=one,
        final_day=np.full(series, FAR),
        rho=0 * one,
        is_broken=no if is_broken is None else is_broken,
        has_relapsed=no if has_relapsed is None else has_relapsed,
    )
