"""The forecast: the interval equals a count of every outcome, and what is not known may go either way."""

from datetime import date
from itertools import product

import pytest

from benefits.engine.thresholds import DEFAULT
from reporting.analysis import forecast
from reporting.analysis.facts import Target
from reporting.analysis.forecast import Odds

END = date(2015, 12, 31)


def target(result="on_track", chance="", due_on=END):
    return Target(1, 1, 1, "Et mål", False, None, due_on, result, None, None, chance, "", False)


def by_hand(chances, share):
    """The smallest number that at least a share of all outcomes do not exceed."""
    mass = [0.0] * (len(chances) + 1)
    for outcome in product((0, 1), repeat=len(chances)):
        weight = 1.0
        for happened, chance in zip(outcome, chances, strict=True):
            weight *= chance if happened else 1 - chance
        mass[sum(outcome)] += weight
    return next(number for number in range(len(mass)) if sum(mass[: number + 1]) >= share - 1e-12)


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [(1.0, 1.0)] * 3,
        [(0.67, 1.0)] * 6 + [(0.0, 0.1)] * 4,
        [(1.0, 1.0), (0.33, 0.67), (0.33, 0.67), (0.1, 0.33), (0.0, 1.0), (0.0, 0.0)],
    ],
)
def test_the_interval_is_that_of_every_outcome(spans):
    known = [Odds("x", *span) for span in spans]
    assert forecast.interval(known) == (
        by_hand([low for low, _high in spans], 0.1),
        by_hand([high for _low, high in spans], 0.9),
    )


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (target("achieved"), Odds("reached", 1.0, 1.0)),
        (target("not_achieved", "likely"), Odds("not", 0.0, 0.0)),
        (target(due_on=date(2016, 1, 1), chance="likely"), Odds("later", 0.0, 0.0)),
        (target(chance="likely"), Odds("likely", 0.67, 1.0)),
        (target(chance="uncertain"), Odds("uncertain", 0.33, 0.67)),
        (target(chance="unlikely"), Odds("unlikely", 0.10, 0.33)),
        (target(chance="very_unlikely"), Odds("very_unlikely", 0.0, 0.10)),
        (target("relapse"), Odds("unknown", 0.0, 1.0)),
    ],
)
def test_a_word_stands_for_the_chances_of_its_thresholds(one, wanted):
    assert forecast.odds(one, DEFAULT, END) == wanted


def test_what_is_not_known_comes_first_and_widens_the_interval():
    targets = [target("achieved")] * 2 + [target(chance="likely")] * 3 + [target()] * 5
    figure = forecast.reached_by_the_end(targets, DEFAULT, END)
    assert figure.finding.startswith("Vet ikke ennå: 5 av 10 effektmål har ingen prognose.")
    every, known, together, now = figure.rows
    assert every[2] == known[2] >= now[2] == 2
    assert every[3] == 10
    assert together[2] <= known[2] <= known[3] <= together[3] == 5
    assert [row[1] for row in forecast.grounds(targets, DEFAULT, END).rows] == [5, 2, 3]
    assert "3 effektmål har en prognose i ord" in forecast.grounds(targets, DEFAULT, END).finding
    low, high = every[2:4]
    assert 2 * (high - low) > 10, "too wide to be an answer"
    assert "Vi vet for lite til å si hvor mange som er nådd ved slutten, 31. desember 2015" in figure.finding
    assert f": mellom {low} og {high} av 10." in figure.finding
    sure = forecast.reached_by_the_end([target("achieved")] * 9 + [target()], DEFAULT, END).finding
    assert "vil mellom 9 og 10 være nådd." in sure


def test_without_targets_there_is_nothing_to_forecast():
    for figure in (forecast.reached_by_the_end([], DEFAULT, None), forecast.grounds([], DEFAULT, None)):
        assert (figure.plot, list(figure.rows)) == (None, [])
