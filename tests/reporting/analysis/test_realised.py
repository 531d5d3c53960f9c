"""Benefits against plan: every number equals a count of the rows by hand, what is not known comes first."""

from collections import Counter, defaultdict
from decimal import Decimal
from statistics import median
from types import SimpleNamespace

import pytest

from benefits.models import EffectTarget, TargetStatus, TargetVersion
from reporting.analysis import realised
from reporting.analysis.facts import Facts, Target
from reporting.analysis.figure import per_cent, points, share
from reporting.portfolio.queries import portfolio
from saman.words import RESULTS
from tests.reporting.analysis import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(programme):
    return Facts(programme, portfolio(programme, world.TODAY).used, world.TODAY)


def rows(figure):
    """The table by its first cell: column key -> cell."""
    keys = [column.key for column in figure.columns]
    return {row[0]: dict(zip(keys, row, strict=True)) for row in figure.rows}


def groups_of(target, by):
    """Which groups a target is in, asked for one by one."""
    project = target.project
    said = TargetVersion.objects.get(target=target)
    last = said.values.order_by("on").last()
    found = {
        "tema": [str(said.theme)] if said.theme else [str(theme) for theme in project.themes.all()],
        "fylke": [place.county.name for place in project.municipalities.all()],
        "pulje": [project.cohort.name],
        "ar": [str(last.on.year)] if last else [],
    }[by]
    return found or ["Ikke oppgitt"]


@pytest.mark.parametrize("by", ["tema", "fylke", "pulje", "ar"])
def test_targets_by_status_are_those_of_the_rows(facts, programme, by):
    wanted = defaultdict(Counter)
    for target in EffectTarget.objects.filter(project__cohort__programme=programme):
        status = TargetStatus.objects.filter(target=target).first()
        for group in groups_of(target, by):
            wanted[group][status.result if status else "missing"] += 1
    unknown = ("missing", "not_started")
    figure = realised.states(facts.targets, facts.projects, by)
    found = rows(figure)
    assert set(found) == set(wanted)
    for name, counts in wanted.items():
        row = found[name]
        assert row["effektmal"] == sum(counts.values())
        for result, sign in RESULTS.items():
            assert row.get(sign.key.replace("-", "_"), 0) == counts[result]
        assert row["kjent_andel"] == round(100 * (1 - sum(counts[one] for one in unknown) / sum(counts.values())))
    drawn = Counter()
    for trace in figure.plot["data"]:
        drawn[trace["name"]] += sum(trace["x"])
    assert sum(drawn.values()) == sum(sum(counts.values()) for counts in wanted.values())


@pytest.mark.parametrize("by", ["tema", "fylke", "pulje", "ar"])
def test_the_distance_from_plan_is_that_of_the_rows(facts, programme, by):
    off, totals = defaultdict(list), Counter()
    hidden = EffectTarget.objects.filter(measurements__n=3)
    for target in EffectTarget.objects.filter(project__cohort__programme=programme):
        status = TargetStatus.objects.get(target=target)
        if target in hidden:
            continue
        for group in groups_of(target, by):
            totals[group] += 1
            if status.attainment is not None and status.expected is not None:
                off[group].append(status.attainment - status.expected)
    found = rows(realised.against_plan(facts.targets, facts.projects, by))
    assert set(found) == set(totals)
    for name, row in found.items():
        values = off[name]
        assert (row["malt"], row["vet_ikke"]) == (len(values), totals[name] - len(values))
        assert row["bak"] == sum(value < 0 for value in values)
        assert row["lavest"] == (Decimal(round(100 * min(values))) if values else None)
        assert row["hoyest"] == (Decimal(round(100 * max(values))) if values else None)
        assert row["median"] == (Decimal(round(100 * median(values))) if len(values) >= 5 else None)


def test_what_is_not_known_comes_first(facts):
    figure = realised.states(facts.targets, facts.projects, "tema")
    assert figure.finding.startswith("Vet ikke ennå: 2 av 13 effektmål (15\u00a0%). Ikke startet: 1 av dem.")
    assert "Uten effektmål: 1 av 8 prosjekter." in figure.finding
    assert [trace["name"] for trace in figure.plot["data"]][:2] == ["Mangler måling", "Ikke startet"]
    assert [column.key for column in figure.columns][2:4] == ["mangler", "ikke_startet"]


def test_without_targets_it_says_so_and_draws_nothing():
    for figure in (realised.states([], {}, "tema"), realised.against_plan([], {}, "tema")):
        assert figure.plot is None
        assert figure.finding.startswith("Ingen av ")
        assert list(figure.rows) == []


def one(pk, attainment=None, **fields):
    said = {"is_hidden": False, "theme": None, **fields}
    return Target(
        pk=pk, project=1, number=pk, title="Et mål", is_main=False, due_on=None, result="on_track",
        attainment=attainment, expected=0.5, chance="", no_forecast="", **said,
    )  # fmt: skip


def test_what_has_no_way_to_go_or_may_not_be_told_is_not_called_unknown():
    projects = {1: SimpleNamespace(pk=1, title="Prosjekt", themes=(), cohort_name="Pulje 1")}
    targets = [one(1, 0.7), one(2), one(3, is_kept=True), one(4, is_hidden=True)]
    figure = realised.against_plan(targets, projects, "pulje")
    row = rows(figure)["Pulje 1"]
    assert (row["vet_ikke"], row["malt"]) == (1, 1)
    assert figure.finding.startswith("Uten tall: 1 av 2 effektmål.")
    assert "Ikke med: 2 av 4 effektmål" in figure.finding, "the figure above counts them all"
    assert any("er ikke med her: 1 mål." in note for note in figure.notes)
    assert any("for få personer: 1 mål." in note for note in figure.notes)


def test_a_target_is_in_its_own_theme_also_where_the_project_has_others(programme, facts):
    target = facts.targets[0]
    other = programme.themes.get(key="sykefravaer")
    assert other not in target_project(target).themes.all()
    TargetVersion.objects.filter(target=target.pk).update(theme=other)
    again = Facts(programme, list(facts.projects.values()), world.TODAY)
    before, after = (rows(realised.states(one.targets, one.projects, "tema")) for one in (facts, again))
    assert after["Sykefravær"]["effektmal"] == before["Sykefravær"]["effektmal"] + 1
    assert after["Heltid"]["effektmal"] == before["Heltid"]["effektmal"] - 1


def target_project(target):
    return EffectTarget.objects.get(pk=target.pk).project


def test_the_forecast_of_figures_about_few_is_withheld(facts):
    hidden = [target for target in facts.targets if target.is_hidden]
    assert TargetStatus.objects.get(target=hidden[0].pk).chance == "likely"
    assert [(target.chance, target.no_forecast) for target in hidden] == [("", "")]


@pytest.mark.parametrize(
    ("part", "whole", "wanted"),
    [(0, 7, "0"), (7, 7, "100"), (199, 200, "99.5"), (1, 300, "0.3"), (1, 3000, "0.03"), (2999, 3000, "99.97"),
     (1, 3, "33"), (2, 3, "67")],
)  # fmt: skip
def test_none_and_all_are_said_of_none_and_all_only(part, whole, wanted):
    assert share(part, whole) == Decimal(wanted)
    assert points(part / whole) == Decimal(wanted)


def test_a_share_that_is_nearly_all_is_written_so():
    assert per_cent(0.996) == "99,6\u00a0%"
    assert share(0, 0) is None
    assert points(None) is None
