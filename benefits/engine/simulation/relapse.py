"""R0's false alarms and detections (source: statistics.md «R0, relapse», its table of demands)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.random import Generator

from benefits.engine import noise as engine_noise
from benefits.engine.due import add_months
from benefits.engine.facts import BaselineFact, Floats, MeasurementBatch, TargetFacts, TargetValueFact
from benefits.engine.judging import relapse_of
from benefits.engine.noise import Bools
from benefits.engine.relapse import Gains, Level, find_relapse
from benefits.engine.series import build_series
from benefits.engine.simulation import processes
from benefits.engine.simulation.rates import Rate, each_look
from benefits.engine.thresholds import DEFAULT, Thresholds

NAMES = {12: "monthly", 4: "quarterly", 1: "yearly"}
SPREADS = (0.3, 0.5)  # sd of one point / gain
RHOS = (0.0, 0.5)
BASELINE = date(2012, 12, 31)
ABSENCE_GAIN = 2.0  # percentage points of sick leave


@dataclass(frozen=True, slots=True)
class Demand:
    """What statistics.md demands at one frequency and spread; `within` points after the fall."""

    most_false: float
    least_found: float | None
    within: int


DEMANDS = {
    (4, 0.3): Demand(0.03, 0.90, 3),
    (4, 0.5): Demand(0.05, 0.40, 3),
    (12, 0.3): Demand(0.03, 0.98, 4),
    (12, 0.5): Demand(0.05, 0.60, 4),
    (1, 0.3): Demand(0.05, None, 2),
    (1, 0.5): Demand(0.05, None, 2),
}


def relapse_rates(rng: Generator, series: int) -> Iterator[Rate]:
    """Every process of statistics.md, for iid noise and ρ = 0.5, σ known and estimated, at every new point."""
    for (period, sd), demand in DEMANDS.items():
        for rho in RHOS:
            for is_estimated in (False, True):
                case = _Case(rng, series, period, sd, rho, is_estimated)
                yield from _rates(case, demand)


@dataclass(frozen=True, slots=True)
class _Case:
    """One combination: how often it is measured, with how much noise, and what is known of the noise."""

    rng: Generator
    series: int
    period: int
    sd: float
    rho: float
    is_estimated: bool

    @property
    def group(self) -> str:
        """The combination in words."""
        known = "σ estimated" if self.is_estimated else "σ known"
        return f"R0 {NAMES[self.period]}, sd/gain {self.sd}, {'iid' if self.rho == 0 else f'ρ = {self.rho}'}, {known}"

    def confirmed(self, truth: Floats, first: int) -> tuple[float, float, float]:
        """(ever, per look, worst look) of R0 confirmed at the looks from point `first` to the last."""
        gain = truth + processes.noise(self.rng, self.series, len(truth), self.sd, self.rho)
        return each_look(lambda end: self._is_confirmed(gain[:, :end]), first, len(truth))

    def _is_confirmed(self, gain: Floats) -> Bools:
        one, count = np.ones(self.series), np.full(self.series, gain.shape[1])
        sd = engine_noise.moving_range_sd(gain, count, DEFAULT.ranges_for_own_noise) if self.is_estimated else self.sd
        found = find_relapse(
            Gains(
                gain=gain,
                count=count,
                sd=sd * one,
                span=one,
                mmc=0 * one,
                baseline_points=self.period * one,
                period=np.full(self.series, self.period),
                rho=(0.0 if self.is_estimated else self.rho) * one,
            )
        )
        confirmed: Bools = found.level >= Level.CONFIRMED
        return confirmed


def _rates(case: _Case, demand: Demand) -> Iterator[Rate]:
    """The four processes at one combination. Demands hold for iid noise; for ρ = 0.5 they are goals."""
    period, is_goal = case.period, case.rho > 0
    start = max(period, 2)  # points that make the gain, before the two years (yearly: four points) looked at
    years = 2 * period if period > 1 else 4
    flat = processes.held(start + years)
    climbed = processes.ramp(start + years, start)
    level = max(2 * period, 4)
    fall = processes.fallen(processes.held(level + demand.within), level)
    climb = max(period // 2, 1)  # half a year's climb, then held as long as the flat one
    ramp_fall = processes.fallen(processes.ramp(climb + level + demand.within, climb), climb + level)
    leak = processes.leaking(processes.held(level + years), level, 1 / years)
    least = None if case.is_estimated else demand.least_found  # demanded where the noise is known
    for name, truth, first, lowest, highest in (
        ("gain held flat", flat, start + 1, None, demand.most_false),
        ("ramp, then held", climbed, start + 1, None, demand.most_false),
        (f"full fall, confirmed within {demand.within}", fall, level + 1, least, None),
        (f"ramp, then full fall, within {demand.within}", ramp_fall, climb + level + 1, least, None),
        ("slow leak to nothing, by its end", leak, level + 1, None, None),
    ):
        yield Rate(case.group, name, *case.confirmed(truth, first), case.series, lowest, highest, is_goal=is_goal)


def season_rates(rng: Generator, series: int) -> Iterator[Rate]:
    """Quarterly sick leave with the national swing, through the whole comparison of seasons.

    The noise is what the formula gives (σ known). ρ is taken for 0, and for the default of absence_rate (0.3): with it
    a fall must be larger before it is no chance, until twelve points at one level tell what ρ is.
    """
    default = DEFAULT.absence_autocorrelation
    for rho, plateau, is_demanded in ((0.0, 8, True), (default, 8, False), (default, 14, True)):
        thresholds = replace(DEFAULT, absence_autocorrelation=rho)
        group = f"R0 quarterly sick leave with season, sd/gain 0.3, ρ taken for {rho}, held {plateau} quarters"
        held = _season(rng, series, processes.held(plateau + 4), max(plateau - 3, 5), thresholds)
        fall = processes.fallen(processes.held(plateau + 3), plateau)
        found = _season(rng, series, fall, plateau + 1, thresholds)
        yield Rate(group, "gain held flat", *held, series, most=0.05)
        yield Rate(group, "full fall, confirmed within 3", *found, series, least=0.85, is_goal=not is_demanded)


def _season(
    rng: Generator, series: int, truth: Floats, first: int, thresholds: Thresholds
) -> tuple[float, float, float]:
    """(ever, per look, worst look) of R0 confirmed: `truth` of two points off ten per cent, from a year's baseline."""
    sd = 0.3 * ABSENCE_GAIN
    days = [add_months(BASELINE, 3 * i) for i in range(-3, len(truth) + 1)]
    quarter = np.array([(day.month - 1) // 3 for day in days])
    level = 10 - ABSENCE_GAIN * np.concatenate([np.zeros(4), truth])
    values = level + processes.NATIONAL_SWING[quarter] + processes.noise(rng, series, len(days), sd)
    population = round((100 * thresholds.absence_sd_quarter / sd) ** 2)
    targets = [
        TargetFacts(
            id=i,
            number=1,
            is_main=True,
            level="effect",
            definition_version=1,
            kind="absence_rate",
            unit="%",
            direction=-1,
            frequency="quarterly",
            population=population,
            baseline=BaselineFact(float(base), BASELINE, points=4),
            values=(TargetValueFact(days[-1], 10 - ABSENCE_GAIN),),
        )
        for i, base in enumerate(values[:, :4].mean(axis=1))
    ]

    def look(end: int) -> Bools:
        series_now = build_series(targets, batch_of(values[:, : 4 + end], days[: 4 + end]), days[3 + end], thresholds)
        confirmed: Bools = relapse_of(series_now, thresholds)[1].level >= Level.CONFIRMED
        return confirmed

    return each_look(look, first, len(truth))


def batch_of(values: Floats, days: list[date]) -> MeasurementBatch:
    """Values (s, l) measured on the same days, series i being target i."""
    series, length = values.shape
    ordinals = np.array([day.toordinal() for day in days], np.int64)
    unknown = np.full(series * length, np.nan)
    return MeasurementBatch(
        target_ids=np.arange(series),
        offsets=np.arange(series + 1) * length,
        days=np.tile(ordinals, series),
        values=values.ravel(),
        n=unknown,
        denominators=unknown,
        definitions=np.ones(series * length, np.int64),
        ids=np.arange(series * length),
    )
