"""«Frigitt og disponert» on the dashboard: counted again from the rows, each hour once, attested time only."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits.assessment import assess_projects
from benefits.models import Allocation, Assessment, CountedElsewhere, FreedTimeVersion
from projects.models import Project
from reporting.portfolio.filters import PITFALLS
from saman import formatting
from tests import factories
from tests.factories import noon
from tests.reporting.portfolio.reading import section, table, text
from tests.reporting.portfolio.world import TODAY, counties

pytestmark = pytest.mark.django_db
BEFORE = date(2014, 9, 1)


@pytest.fixture
def ledgers(programme):
    """Six projects: attested, not attested, over, ahead, a joint one, one that counts it elsewhere; and one without."""
    counties()
    cohort = factories.cohort(programme=programme, slug="pulje-x")
    places = [factories.municipality(name) for name in ("Sørum", "Time")]
    made = [factories.project(cohort=cohort, title=f"Øy {n}") for n in range(6)]
    joint = factories.project(*places, cohort=cohort, title="Felles øy")
    since = {"starts_on": BEFORE, "attested_on": BEFORE}
    factories.freed_time(made[0], Decimal("1.5"), **since, amount=Decimal("3.25"))
    factories.freed_time(made[1], 1, starts_on=BEFORE)
    factories.freed_time(made[2], 1, **since, ends_on=date(2014, 12, 31))
    factories.freed_time(made[3], 1, starts_on=date(2015, 3, 1))
    target = factories.target(made[4])
    factories.freed_time(made[4], 1, **since, target=target)
    other = factories.target(made[0])
    factories.counted_elsewhere(target, other)
    for place, amount in zip(places, ("1.75", "0.5"), strict=True):
        factories.freed_time(joint, None, **since, municipality=place, amount=Decimal(amount))
    assess_projects(Project.objects.values_list("pk", flat=True), as_of=TODAY, now=noon(TODAY))
    return programme


def recount(**where):
    """(freed, used) straight from the rows."""
    rows = FreedTimeVersion.objects.filter(
        superseded_at=None, withdrawn_on=None, attested_on__isnull=False, starts_on__lte=TODAY
    ).exclude(ends_on__lt=TODAY)
    rows = rows.exclude(target__in=CountedElsewhere.objects.values("target"))
    freed = used = Decimal(0)
    for row in rows.filter(**{f"freed_time__project__{name}": value for name, value in where.items()}):
        freed += row.fte
        uses = Allocation.objects.filter(freed_time=row.freed_time, superseded_at=None)
        used += sum((use.fte for use in uses), Decimal(0))
    return freed, used


@pytest.mark.parametrize(
    ("query", "where"),
    [({}, {}), ({"q": "felles"}, {"title": "Felles øy"}), ({"q": "øy 0"}, {"title": "Øy 0"})],
)
def test_the_figure_is_that_of_the_rows(query, where, ledgers, dashboard):
    freed, used = recount(**where)
    assert freed
    part = text(section(dashboard(**query).text, "k-frigitt"))
    number = formatting.number
    assert f"{number(round(used, 2))} av {number(round(freed, 2))} årsverk" in part.replace("\u00a0", " ")


def test_it_says_of_how_many_and_how_fresh(ledgers, dashboard):
    part = text(section(dashboard().text, "k-frigitt")).replace("\u00a0", " ")
    assert "6 av 7 prosjekter fører frigitt tid. Regnet ut 22. januar 2015." in part
    assert "2,4 årsverk er ført, men ikke bekreftet" in part


def test_a_joint_project_is_counted_once(ledgers, dashboard):
    assert recount(title="Felles øy") == (Decimal("2.25"), 0)
    assert "0 av 2,25" in text(section(dashboard(q="felles").text, "k-frigitt")).replace("\u00a0", " ")


def test_unknown_is_not_zero(ledgers, dashboard):
    part = text(section(dashboard(q="øy 5").text, "k-frigitt"))
    assert "Ikke i bruk" in part
    assert not re.search(r"\b0 av 0\b", part)
    assert "Ingen frigitt tid er bekreftet ennå." in text(section(dashboard(q="øy 1").text, "k-frigitt"))


def test_a_programme_without_ledgers_says_nothing_of_them(programme, dashboard):
    factories.project(cohort=factories.cohort(programme=programme))
    assert "k-frigitt" not in dashboard().text


@pytest.mark.parametrize(("posts", "is_hidden"), [(4, True), (5, False), (None, False)])
def test_few_positions_are_not_shown(programme, dashboard, posts, is_hidden):
    project = factories.project(cohort=factories.cohort(programme=programme))
    factories.freed_time(project, 1, starts_on=BEFORE, attested_on=BEFORE, posts=posts)
    assess_projects([project.pk], as_of=TODAY, now=noon(TODAY))
    part = text(section(dashboard().text, "k-frigitt")).replace("\u00a0", " ")
    assert ("Skjult" in part) == is_hidden
    assert ("2,4 årsverk" in part) != is_hidden


def test_a_sum_does_not_tell_what_a_filter_would_take_out(ledgers, dashboard):
    FreedTimeVersion.objects.filter(freed_time__project__title="Øy 0").update(posts=1)
    assess_projects(Project.objects.values_list("pk", flat=True), as_of=TODAY, now=noon(TODAY))
    part = text(section(dashboard().text, "k-frigitt"))
    assert "Skjult, fordi tiden i minst ett av prosjektene er fordelt på færre enn fem stillinger." in part
    assert "årsverk" not in part
    assert "0 av 2,25" in text(section(dashboard(q="felles").text, "k-frigitt")).replace("\u00a0", " ")


def test_a_target_counted_elsewhere_is_not_among_the_measured(ledgers, dashboard):
    part = text(section(dashboard().text, "k-malt"))
    assert "av 1 effektmål" in part
    assert reverse("dashboard", args=[ledgers.slug])


def test_the_ledger_nobody_has_opened_is_not_in_use(ledgers, dashboard):
    def word(title):
        return table(section(dashboard(q=title).text, "fallgruver"))[0][5 + PITFALLS.index("F6")]

    assert (word("øy 5"), word("øy 0")) == ("– Ikke i bruk", "Bør håndteres")
    assert "F6" not in Assessment.objects.get(project__title="Øy 5").pitfalls
