"""How often V6 calls a figure still that moves as planned, and how often it finds one that does not move at all."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from benefits.engine.due import add_months
from benefits.engine.facts import BaselineFact, Floats, ProjectFacts, TargetFacts, TargetValueFact
from benefits.engine.judging import figures_of
from benefits.engine.noise import Bools
from benefits.engine.rules.case import Case
from benefits.engine.rules.movement import inert
from benefits.engine.simulation import processes
from benefits.engine.simulation.rates import Rate, each_look
from benefits.engine.simulation.relapse import BASELINE, NAMES, SPREADS, batch_of
from benefits.engine.simulation.status import FREQUENCY
from benefits.engine.thresholds import DEFAULT
from benefits.engine.verdicts import RESULT_OF, Severity, State, TargetVerdict

MATTERS = 0.2  # the smallest change that matters, as a share of the way, where one is set
JUDGED = State.ON_TRACK  # whatever the status says, V6 asks its own question


def movement_rates(rng: Generator, series: int) -> Iterator[Rate]:
    """Series on their path and series that never move, at every new point to a year after the target date."""
    for period, name in NAMES.items():
        for sd in SPREADS:
            for mmc in (MATTERS, None):
                case = _Case(rng, series, period, sd, mmc)
                known = "nothing said to matter" if mmc is None else f"{mmc} of the way matters"
                group, looks = f"V6 {name}, sd/way {sd}, iid, σ known, {known}", case.path + max(period, 2)
                moving, still = processes.ramp(looks, case.path), np.zeros(looks)
                yield Rate(group, "on the path: called still", *case.called(moving), series)
                yield Rate(group, "never moves: called still", *case.called(still), series)


@dataclass(frozen=True, slots=True)
class _Case:
    """One combination: points a year, noise of a point and what matters as shares of the way."""

    rng: Generator
    series: int
    period: int
    sd: float
    mmc: float | None

    @property
    def path(self) -> int:
        """Points to the target date: two years, four of yearly points."""
        return 2 * self.period if self.period > 1 else 4

    def called(self, truth: Floats) -> tuple[float, float, float]:
        """(ever, per look, worst look) of V6 open."""
        n = self.series
        days = [add_months(BASELINE, 12 // self.period * (i + 1)) for i in range(len(truth))]
        values = truth + processes.noise(self.rng, n, len(truth), self.sd)
        bases = np.minimum(self.rng.normal(0, self.sd / self.period**0.5, n), 0.8)
        promised = (TargetValueFact(days[self.path - 1], 1.0),)
        targets = tuple(self._target(i, float(base), promised) for i, base in enumerate(bases))
        project = ProjectFacts(0, 0, BASELINE, None, BASELINE, targets=targets)
        verdicts = {target.id: TargetVerdict(target.id, JUDGED, RESULT_OF[JUDGED], ()) for target in targets}

        def look(end: int) -> Bools:
            figures = figures_of(targets, batch_of(values[:, :end], days[:end]), days[end - 1])
            findings = inert(Case(project, verdicts, figures, days[end - 1], DEFAULT))
            return np.array([(found.severity or Severity.NONE) >= Severity.WATCH for found in findings])

        return each_look(look, 1, len(truth))

    def _target(self, i: int, base: float, promised: tuple[TargetValueFact, ...]) -> TargetFacts:
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
            declared_sd=self.sd,
            mmc=self.mmc,
            baseline=BaselineFact(base, BASELINE, points=self.period),
            values=promised,
        )
