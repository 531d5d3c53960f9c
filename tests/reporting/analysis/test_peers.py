"""Similar municipalities: the nearest are those of a count by hand, unknown is never nought, nobody ranked."""

from datetime import date
from decimal import Decimal
from itertools import count
from math import log10, sqrt
from statistics import median, pstdev
from types import SimpleNamespace

import numpy as np
import pytest
from django.urls import reverse

from accounts.actor import system
from benefits.models import TargetStatus
from municipalities.actions import load_facts
from municipalities.fact_files import FactUnit
from reporting.analysis import funnel, peers, similar
from reporting.analysis.facts import Facts, Level, PlaceFact, Target
from reporting.analysis.peers import Peer, Surroundings, compare, surroundings
from reporting.portfolio.queries import portfolio
from tests import factories
from tests.factories import START
from tests.reporting.analysis.world import TODAY

NUMBERS = count(1)
NAMES = ["Ål", "Bø", "Fet", "Dal", "Eid", "Gol", "Hol", "Jar", "Lom"]


def peer(name="Vik", baseline=10.0, value=8.0, n=200, people=5000, share=18.0, central=600.0, **fields):
    pk = next(NUMBERS)
    kind = fields.pop("kind", "absence_rate")
    is_hidden = fields.pop("is_hidden", False)
    measure = fields.pop("measure", ("sykefravaer", kind, 100.0))
    target = Target(
        pk, pk, 1, "Et mål", True, fields.pop("theme", None), None, "on_track", None, None, "", "", is_hidden
    )
    figures = {} if is_hidden else {"baseline": baseline, "value": value, "n": n}
    level = Level(
        measure=measure, kind=kind, unit="%", direction=-1, frequency="quarterly", goal=7.0,
        measured_on=date(2014, 12, 31), is_hidden=is_hidden, **{"baseline": None, "value": None, "n": None, **figures},
    )  # fmt: skip
    project = SimpleNamespace(pk=fields.pop("project", pk), slug=f"p-{pk}", title=name, themes=fields.pop("themes", ()))
    return Peer(target, project, level, Surroundings(people, share, central, "index" if central else ""))


def many():
    """The chosen one and nine others that lie ever further from it, in no order of names."""
    own = peer()
    others = [
        peer(name, 10 + step / 4, 8 + step / 2, 200 + 40 * step, 5000 * (1 + step), 18 - step / 2, 600 + 20 * step)
        for step, name in enumerate(NAMES, 1)
    ]
    return own, others


def by_hand(own, others):
    """The five nearest, worked out one at a time."""

    def point(one):
        return log10(one.place.population), one.place.share_67, one.place.centrality, one.level.baseline

    spread = [pstdev(values) for values in zip(*(point(one) for one in (own, *others)), strict=True)]
    far = {
        one.key: sqrt(sum(((a - b) / s) ** 2 for a, b, s in zip(point(own), point(one), spread, strict=True)))
        for one in others
    }
    return dict(sorted(far.items(), key=lambda item: item[1])[:5])


def test_the_nearest_are_those_of_a_count_by_hand_and_stand_in_the_order_of_names():
    own, others = many()
    comparison = compare(own, [own, *others])
    found = {one.key: distance for one, distance in comparison.near}
    assert found == pytest.approx(by_hand(own, others))
    assert [one.project.title for one, _distance in comparison.near] == ["Bø", "Dal", "Eid", "Fet", "Ål"]
    assert (comparison.candidates, list(comparison.unused), comparison.hidden) == (9, [], 0)


def test_what_lacks_a_figure_is_named_and_never_taken_for_nought():
    own, others = many()
    lacking = peer("Rør", people=None)
    unmeasured = peer("Sel", value=None)
    comparison = compare(own, [own, *others, lacking, unmeasured, peer(is_hidden=True)])
    assert [one.project.title for one in comparison.lacking] == ["Rør"]
    assert [one.project.title for one in comparison.unmeasured] == ["Sel"]
    assert (comparison.candidates, comparison.hidden) == (12, 1)
    assert not {"Rør", "Sel"} & {one.project.title for one, _distance in comparison.near}


def test_a_dimension_the_chosen_one_or_too_many_others_lack_is_not_used():
    own, others = many()
    poor = peer(people=None, central=None)
    assert compare(poor, others).used == ["share_67", "baseline"]
    without = [peer(name, 10 + step, share=None) for step, name in enumerate(NAMES)]
    assert list(compare(own, [*without, *others[:4]]).unused) == ["share_67"]
    assert compare(own, others[:4]).near == []  # four others are too few to say what is near


def test_only_the_same_figure_in_the_same_theme_is_compared_once_a_project():
    own, others = many()
    alien = [
        peer(measure=("heltid", "absence_rate", 100.0)),
        peer(measure=("sykefravaer", "absence_rate", 1.0)),
        peer(measure=None),
        peer(themes=(SimpleNamespace(pk=2),)),
        peer(project=own.project.pk),
        peer(project=others[0].project.pk),
    ]
    themed = SimpleNamespace(pk=1)
    for one in (own, *others):
        one.project.themes = (themed,)
    alien[-1].project.themes = (themed,)
    assert compare(own, [*alien, *others]).candidates == len(others)
    assert compare(peer(measure=None), others).candidates == 0


def test_nobody_is_compared_with_figures_about_too_few():
    _own, others = many()
    comparison = compare(peer(is_hidden=True), others)
    assert list(comparison.near) == []
    assert similar._finding(comparison).startswith("Vises ikke: Tallene til Vik er om for få personer.")


def fact(kind, value, municipality=1, unit="people", year=2014):
    return PlaceFact(1, municipality, kind, unit, year, value, "SSB")


def test_a_joint_project_is_all_its_municipalities_or_not_known():
    one = [fact("population", 1000), fact("share_67", 20.0, unit="per_cent"), fact("centrality", 500.0, unit="index")]
    two = [fact("population", 3000, 2), fact("share_67", 16.0, 2, "per_cent"), fact("centrality", 700.0, 2, "index")]
    assert surroundings(one, 1) == Surroundings(1000, 20.0, 500.0, "index")
    assert surroundings([*one, *two], 2) == Surroundings(4000, 17.0, 650.0, "index")
    assert surroundings([*one, *two], 3) == Surroundings()
    assert surroundings(one, 2) == surroundings([], 0) == Surroundings()
    newer = fact("population", 900, year=2015)
    assert surroundings([newer, *one], 1).population == 900


def test_a_class_is_not_averaged_and_not_mixed_with_the_index():
    same = [fact("centrality", 5.0, place, "class") for place in (1, 2)]
    assert surroundings(same, 2).centrality == 5.0
    assert surroundings([same[0], fact("centrality", 4.0, 2, "class")], 2).centrality is None
    assert surroundings([same[0], fact("centrality", 700.0, 2, "index")], 2).centrality is None


def figures(own, others):
    comparison = compare(own, [own, *others])
    return comparison, similar._finding(comparison), funnel.figure(comparison)


def test_the_gap_is_told_with_the_distribution_and_without_a_middle_of_few():
    own, others = many()
    comparison, finding, _funnel = figures(own, others)
    values = [one.level.value for one, _distance in comparison.near]
    assert f"fra {min(values):.1f}".replace(".", ",") in finding
    middle = median(values)
    assert similar.middle(comparison) == middle
    assert f"\u2212{middle - 8:.1f}".replace(".", ",") in finding
    assert "Til eget mål er det igjen 1\u00a0prosentpoeng." in finding
    apart = [*others[:3], *(peer(name, share=None) for name in ("Rør", "Sel")),
             *(peer(name, people=None) for name in ("Tol", "Ulv"))]  # fmt: skip
    few, finding, cone = figures(own, apart)
    assert len(few.near) == 3
    assert similar.middle(few) is None
    assert finding.startswith("Kan ikke sammenlignes ennå: 4 av 7 som måler det samme.")
    assert "for få til å peke ut" in finding
    assert cone.plot is None


def test_limits_of_a_share_are_the_binomial_ones_and_stay_within_it():
    known = [peer(kind="survey_share", value=value, n=n) for value, n in ((60.0, 100), (50.0, 400), (55.0, 50))]
    cone = funnel.Funnel(known)
    mean = (60 * 100 + 50 * 400 + 55 * 50) / 550
    assert cone.mean == pytest.approx(mean)
    low, high = cone.limits(np.array([100.0, 400.0]), 1.96)
    wide = 1.96 * sqrt(mean * (100 - mean) / 100)
    assert (low[0], high[0]) == pytest.approx((mean - wide, mean + wide))
    assert high[1] - low[1] == pytest.approx((high[0] - low[0]) / 2)
    edge = funnel.Funnel([peer(kind="survey_share", value=99.0, n=10)]).limits(np.array([5.0]), 3.09)
    assert edge[1][0] == 100


def test_the_funnel_says_who_is_outside_in_the_order_of_names():
    own, others = many()
    others[0] = peer("Ål", 10.1, 60.0, 5000)
    _comparison, _finding, cone = figures(own, others)
    assert [row[0] for row in cone.rows][1:] == ["Bø", "Dal", "Eid", "Fet", "Ål"]
    assert cone.rows[-1][-1] == "utenfor 99,8 prosent"
    assert len(cone.links) == len(cone.rows) == 6
    _comparison, _finding, cone = figures(own, [peer(name, 10 + step, n=None) for step, name in enumerate(NAMES)])
    assert cone.finding.startswith("Vet ikke: Antall personer bak tallet er kjent for 1 av 6.")
    assert (cone.plot, list(cone.rows)) == (None, [])
    means = [peer(name, 10 + step, kind="mean") for step, name in enumerate(NAMES)]
    assert figures(peer(kind="mean"), means)[2].finding.startswith("Kan ikke sies:")


def test_what_can_never_be_compared_says_why():
    own, others = many()
    for one, rest, said in (
        (peer(measure=None), others, "Indikatoren er prosjektets egen"),
        (own, [], "Ingen andre prosjekter i utvalget"),
        (own, others[:3], "Det er ikke kjent nok"),
    ):
        comparison, finding, cone = figures(one, rest)
        assert said in finding
        assert list(comparison.near) == []
        assert cone.plot is None


def test_five_is_what_the_engine_of_suppression_calls_few():
    assert peers.NEAREST == similar.FEW == 5


@pytest.fixture
def seven(db):
    """A programme of seven projects that measure the same: of one the baseline is of three people, of one a value."""
    made = factories.programme(name="Sju like", slug="sju-like")
    cohort = factories.cohort(programme=made, starts_on=START)
    projects = []
    for step, name in enumerate("ABCDEFG"):
        place = factories.municipality(f"Kommune {name}")
        project = factories.project(place, cohort=cohort, title=f"Prosjekt {name}", slug=f"sju-{name.lower()}")
        values = {"F": ("baseline_n", 3)}.get(name)
        target = factories.target(
            project, is_main=True, indicator="sykefravaer_totalt", baseline_value=Decimal("10.8731") + step,
            **({values[0]: values[1]} if values else {}),
        )  # fmt: skip
        value, n = Decimal("7.4219") + step, 3 if name == "G" else 150 + step
        factories.measurement(target, date(2014, 12, 31), value, n=n)
        TargetStatus.objects.create(
            target=target, state="on_track", result="on_track", value=float(value), measured_on=date(2014, 12, 31)
        )
        projects.append(project)
    units = [
        FactUnit(project.municipalities.get().number, 2014, *said, "Kilde")
        for step, project in enumerate(projects)
        for said in (("population", Decimal(2000 + step), "people"), ("share_67", Decimal(15 + step), "per_cent"))
    ]
    load_facts(by=system(factories.noon(START)), units=units)
    return made


def test_of_the_rows_those_about_few_are_neither_compared_nor_told(seven):
    facts = Facts(seven, portfolio(seven, TODAY).used, TODAY)
    found = {one.project.slug: one for one in peers.peers_of(facts)}
    assert [slug for slug, one in found.items() if one.level.is_hidden] == ["sju-f", "sju-g"]
    assert {found[slug].level.value for slug in ("sju-f", "sju-g")} == {None}
    own = found["sju-a"]
    assert (own.level.baseline, own.level.goal, own.level.n) == (10.8731, 9.0, 150)
    assert (own.place.population, own.place.share_67, own.place.centrality) == (2000, 15.0, None)
    comparison = compare(own, found.values())
    assert (comparison.candidates, comparison.hidden, list(comparison.near)) == (6, 2, [])


def test_the_page_tells_nothing_of_them_either(seven, client, adviser):
    factories.role(adviser, "adviser", seven)
    client.force_login(adviser)
    here = reverse("analysis_page", args=["sju-like", "lignende"])
    for letter in "abcdefg":
        answer = client.get(here, {"mal": f"sju-{letter}-1"}).content.decode()
        assert f'sju-{letter}-1" selected' in answer
        for hidden in ("15,8", "16,8", "15.8", "16.8", "12,4", "13,4", "12.4", "13.4"):
            assert hidden not in answer
    assert "Ikke valgt ennå" in client.get(here, {"mal": "finnes-ikke"}).content.decode()
