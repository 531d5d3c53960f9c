"""False alarms, detections and coverage on seeded random series, held to the demands of statistics with slack.

`manage.py simulate_rules` prints the same with many more series. Every new point is a look, as in life.
"""

from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from benefits.engine.relapse import Gains, Level, find_relapse
from benefits.engine.simulation import processes
from benefits.engine.simulation.forecast import forecast_rates
from benefits.engine.simulation.movement import movement_rates
from benefits.engine.simulation.rates import Rate, each_look
from benefits.engine.simulation.relapse import relapse_rates, season_rates
from benefits.engine.simulation.status import status_rates
from benefits.engine.thresholds import DEFAULT

SEED = 20150122
N = 400
SLACK = 0.04  # more than three standard errors of a share of 0.05, two of one of 0.9, among 400


@pytest.fixture(scope="module")
def found():
    """Every rate of a small simulation, by group and process."""
    parts = ((relapse_rates, N), (season_rates, N), (status_rates, 60), (forecast_rates, 400))
    streams = np.random.SeedSequence(SEED).spawn(len(parts))
    rates = [rate for (part, n), s in zip(parts, streams, strict=True) for rate in part(np.random.default_rng(s), n)]
    return {(rate.group, rate.process): rate for rate in rates}


def test_every_demand_of_r0_is_met_for_independent_noise(found):
    demanded = [rate for rate in found.values() if rate.group.startswith("R0") and rate.is_met is not None]
    assert len(demanded) > 30
    assert [rate for rate in demanded if not rate.reaches(SLACK)] == []


def test_series_on_their_path_are_seldom_called_behind(found):
    demanded = [rate for rate in found.values() if rate.group.startswith("Status") and rate.is_met is not None]
    assert len(demanded) == 6
    assert [rate for rate in demanded if not rate.reaches(SLACK)] == []


def test_what_is_reached_and_what_is_not_are_told_apart(found):
    group = "Status quarterly, sd/way 0.3, iid, σ known"
    assert found[group, "reached and held: called not achieved"].per_look < 0.10 + SLACK
    assert found[group, "half the way: called realised"].per_look < 0.05 + SLACK
    assert found[group, "half the pace: called behind"].ever > 0.6


def test_forecasts_cover_four_in_five_of_what_they_accept(found):
    demanded = [rate for rate in found.values() if rate.group.startswith("Forecast") and rate.is_met is not None]
    assert len(demanded) == 11
    assert [rate for rate in demanded if not rate.reaches(0.01)] == []
    covered = [rate for rate in demanded if "covers" in rate.group]
    assert min(rate.per_look for rate in covered) > 0.9  # and they accept nearly all of them


def test_a_figure_on_its_path_is_seldom_called_still_where_it_is_said_what_matters():
    rates = list(movement_rates(np.random.default_rng(SEED), 40))
    moving = [rate for rate in rates if rate.process == "on the path: called still"]
    said = [rate for rate in moving if "0.2 of the way matters" in rate.group]
    assert len(moving) == 2 * len(said) == 12
    assert max(rate.per_look for rate in said) < 0.01 + SLACK
    still = next(rate for rate in rates if rate.process == "never moves: called still")
    assert still.ever > 0.6


def test_a_rule_without_certainty_would_not_pass():
    """The control: the simulation tells a careless rule from a careful one."""
    careless = DEFAULT.with_overrides({"relapse_z": 0.5, "relapse_share": 0.9})
    held = processes.held(12) + processes.noise(np.random.default_rng(SEED), N, 12, 0.5)
    one = np.ones(N)

    def look(end, thresholds):
        gains = Gains(held[:, :end], np.full(N, end), 0.5 * one, one, 0 * one, 4 * one, np.full(N, 4), 0 * one)
        return find_relapse(gains, thresholds).level >= Level.CONFIRMED

    assert each_look(lambda end: look(end, careless), 5, 12)[0] > 0.3
    assert each_look(lambda end: look(end, DEFAULT), 5, 12)[0] <= 0.05 + SLACK


@pytest.mark.parametrize(
    ("rate", "is_met"),
    [
        (Rate("g", "p", 0.05, 0.01, 0.02, 100, most=0.05), True),
        (Rate("g", "p", 0.051, 0.01, 0.02, 100, most=0.05), False),
        (Rate("g", "p", 0.9, 0.0, 0.0, 100, least=0.9), True),
        (Rate("g", "p", 0.9, 0.2, 0.0, 100, most=0.1, is_per_look=True), False),
        (Rate("g", "p", 0.9, 0.2, 0.0, 100, most=0.1, is_goal=True), None),
        (Rate("g", "p", 0.9, 0.2, 0.0, 100), None),
    ],
)
def test_a_rate_knows_whether_it_is_met(rate, is_met):
    assert rate.is_met is is_met


def test_the_command_prints_figures_beside_demands_and_the_same_ones_twice(monkeypatch):
    monkeypatch.setattr("benefits.management.commands.simulate_rules.PARTS", ((forecast_rates, 10),))
    printed = []
    for _ in range(2):
        out = StringIO()
        call_command("simulate_rules", series=600, stdout=out)
        printed.append(out.getvalue())
    assert printed[0] == printed[1]
    assert "75%–85%" in printed[0]
    assert "demands met" in printed[0]


def test_the_command_can_fail(monkeypatch):
    missed = Rate("g", "p", 0.5, 0.5, 0.5, 100, most=0.05)
    part = (lambda _rng, _n: iter([missed]), 1)
    monkeypatch.setattr("benefits.management.commands.simulate_rules.PARTS", (part,))
    with pytest.raises(CommandError, match="1 demands"):
        call_command("simulate_rules", strict=True, stdout=StringIO())
