"""How often a target's status is right or wrong after each new point (source: statistics.md «Attainment»)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.random import Generator

from benefits.engine.due import add_months
from benefits.engine.facts import BaselineFact, Floats, TargetFacts, TargetValueFact
from benefits.engine.judging import figures_of
from benefits.engine.noise import Bools
from benefits.engine.progress import judge_points
from benefits.engine.simulation import processes
from benefits.engine.simulation.rates import Rate, looked
from benefits.engine.simulation.relapse import BASELINE, NAMES, RHOS, SPREADS, batch_of
from benefits.engine.verdicts import State

FREQUENCY = {12: "monthly", 4: "quarterly", 1: "yearly"}
BEHIND = (State.BEHIND, State.AT_RISK, State.BELOW_BASELINE)
RELAPSE = (State.RELAPSE, State.BACK_TO_ZERO, State.BELOW_BASELINE_AFTER_GAIN)
FARTHEST = 0.8  # a baseline measured nearer the target than this is no baseline of this target


def status_rates(rng: Generator, series: int) -> Iterator[Rate]:
    """Series on their path and then held, and series at half the pace: what they are called, at every new point."""
    for period in NAMES:
        for sd in SPREADS:
            for rho in RHOS:
                for is_estimated in (False, True):
                    yield from _rates(_Case(rng, series, period, sd, rho, is_estimated))


@dataclass(frozen=True, slots=True)
class _Case:
    """One combination: points a year, noise of a point as a share of the way, and whether that is declared."""

    rng: Generator
    series: int
    period: int
    sd: float
    rho: float
    is_estimated: bool

    @property
    def group(self) -> str:
        """The combination in words."""
        noise = "iid" if self.rho == 0 else f"ρ = {self.rho}"
        known = "σ estimated" if self.is_estimated else "σ known"
        return f"Status {NAMES[self.period]}, sd/way {self.sd}, {noise}, {known}"

    @property
    def path(self) -> int:
        """Points to the target date: two years, four of yearly points."""
        return 2 * self.period if self.period > 1 else 4

    def states(self, truth: Floats) -> list[list[State]]:
        """The state of each series after each point."""
        n = self.series
        days = [add_months(BASELINE, 12 // self.period * (i + 1)) for i in range(len(truth))]
        values = truth + processes.noise(self.rng, n, len(truth), self.sd, self.rho)
        bases = np.minimum(self.rng.normal(0, self.sd / self.period**0.5, n), FARTHEST)
        targets = [self._target(i, float(base), days[self.path - 1]) for i, base in enumerate(bases)]
        found = []
        for look, day in enumerate(days):
            figures = figures_of(targets, batch_of(values[:, : look + 1], days[: look + 1]), day)
            found.append([judge_points(target, figures[target.id], day)[0] for target in targets])
        return found

    def _target(self, i: int, base: float, on: date) -> TargetFacts:
        """From a baseline measured with the same noise (a whole year of it) to 1."""
        return TargetFacts(
            id=i,
            number=1,
            is_main=True,
            level="effect",
            definition_version=1,
            kind="index",
            direction=1,
            frequency=FREQUENCY[self.period],
            declared_sd=None if self.is_estimated else self.sd,
            baseline=BaselineFact(base, BASELINE, points=self.period),
            values=(TargetValueFact(on, 1.0),),
        )


def _rates(case: _Case) -> Iterator[Rate]:
    """What on-path and slow series are called.

    Demanded: on-path series flagged at most one look in ten, for iid noise that is known. Until six points tell the
    noise, two points in a row beyond the tolerance are all there is to go by; there the demand is a goal.
    """
    path, is_goal = case.path, case.rho > 0 or case.is_estimated
    good = case.states(processes.ramp(path + max(case.period, 2), path))
    slow = case.states(0.5 * processes.ramp(path + max(case.period, 2), path))

    def rate(process: str, looks: list[list[State]], states: Collection[State], most: float | None = None) -> Rate:
        seen: list[Bools] = [np.array([state in states for state in look]) for look in looks]
        return Rate(case.group, process, *looked(seen), case.series, most=most, is_per_look=True, is_goal=is_goal)

    yield rate("on the path: called behind", good[: path - 1], BEHIND, most=0.10)
    yield rate("on the path, then held: called relapse", good, RELAPSE)
    for name, looks in (("reached and held", good[path - 1 :]), ("half the way", slow[path - 1 :])):
        yield rate(f"{name}: called realised", looks, (State.REALISED,))
        yield rate(f"{name}: called nearly reached", looks, (State.NEARLY_REACHED, State.ACHIEVED_UNCONFIRMED))
        yield rate(f"{name}: called not achieved", looks, (State.NOT_ACHIEVED,))
    yield rate("half the pace: called behind", slow[: path - 1], BEHIND)
