"""Benefits against plan: every number equals a count of the rows by hand, what is not known comes first."""

from collections import Counter, defaultdict
from decimal import Decimal
from statistics import median

import pytest

from benefits.models import EffectTarget, TargetStatus, TargetVersion
from reporting.analysis import realised
from reporting.analysis.facts import Facts
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
        "tema": [str(theme) for theme in project.themes.all()],
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
    figure = realised.states(facts.targets, facts.projects, by)
    found = rows(figure)
    assert set(found) == set(wanted)
    for name, counts in wanted.items():
        row = found[name]
        assert row["effektmal"] == sum(counts.values())
        for result, sign in RESULTS.items():
            assert row.get(sign.key.replace("-", "_"), 0) == counts[result]
        assert row["kjent_andel"] == round(100 * (1 - counts["missing"] / sum(counts.values())))
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
        for group in groups_of(target, by):
            totals[group] += 1
            if target not in hidden and status.attainment is not None and status.expected is not None:
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
    assert figure.finding.startswith("Vet ikke ennå: 1 av 13 effektmål (8\u00a0%).")
    assert "Uten effektmål: 1 av 8 prosjekter." in figure.finding
    assert figure.plot["data"][0]["name"] == "Vet ikke ennå"
    assert [column.key for column in figure.columns][2] == "mangler"


def test_without_targets_it_says_so_and_draws_nothing():
    for figure in (realised.states([], {}, "tema"), realised.against_plan([], {}, "tema")):
        assert figure.plot is None
        assert figure.finding.startswith("Ingen av ")
        assert list(figure.rows) == []
