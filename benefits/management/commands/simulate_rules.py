"""Print how often the engine's rules and forecasts are wrong on made-up series, beside what is demanded."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from benefits.engine.assess import RULE_VERSION
from benefits.engine.simulation.forecast import forecast_rates
from benefits.engine.simulation.movement import movement_rates
from benefits.engine.simulation.rates import Rate
from benefits.engine.simulation.relapse import relapse_rates, season_rates
from benefits.engine.simulation.status import status_rates

SEED = 20150122
FEWEST = 50
SIGNS = {None: " ", True: "✓", False: "✗"}
# The status and V6 are judged series by series, a season is compared target by target: they get a part of the series.
PARTS = ((relapse_rates, 1), (season_rates, 5), (status_rates, 20), (forecast_rates, 10), (movement_rates, 20))


class Command(BaseCommand):
    """`manage.py simulate_rules --series 20000`: no database, the same figures every time."""

    help = "How often relapse, status and standstill are called wrongly or missed, and what forecasts cover."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many series, and which; more series, narrower figures."""
        parser.add_argument("--series", type=int, default=20_000, help="series of each process")
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--strict", action="store_true", help="fail when a demand is not met")

    def handle(self, **options: Any) -> None:
        """Print one line a process, grouped."""
        rates = []
        self.stdout.write(f"Rule version {RULE_VERSION}, seed {options['seed']}, up to {options['series']} series.")
        self.stdout.write("ever: at any look; look: of all looks; worst: at the worst look. Every new point is a look.")
        for group, members in groupby(simulated(options["series"], options["seed"]), key=lambda rate: rate.group):
            self.stdout.write(f"\n{group}")
            for rate in members:
                rates.append(rate)
                self.stdout.write(f"  {line(rate)}")
        missed = [rate for rate in rates if rate.is_met is False]
        demanded = sum(rate.is_met is not None for rate in rates)
        self.stdout.write(f"\n{demanded - len(missed)} of {demanded} demands met.")
        for rate in missed:
            self.stdout.write(f"  ✗ {rate.group}: {rate.process} {rate.judged:.1%}, demanded {rate.demand}")
        if missed and options["strict"]:
            raise CommandError(f"{len(missed)} demands are not met.")


def simulated(series: int, seed: int) -> Iterator[Rate]:
    """Every rate, each part with its own stream of random numbers, so that one does not move another's figures."""
    streams = np.random.SeedSequence(seed).spawn(len(PARTS))
    for (part, share), stream in zip(PARTS, streams, strict=True):
        yield from part(np.random.default_rng(stream), max(series // share, FEWEST))


def line(rate: Rate) -> str:
    """One rate: its sign, process, figures, the demand and the number of series."""
    figures = f"ever {rate.ever:6.1%}  look {rate.per_look:6.1%}  worst {rate.worst:6.1%}"
    return f"{SIGNS[rate.is_met]} {rate.process:<40} {figures}  {rate.demand:<18} n = {rate.series}"
