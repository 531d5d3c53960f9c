"""Cohorts and years side by side: every number counted again, with and without a filter."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.models import Assessment, AssessmentHistory, EffectTarget
from projects.models import Project
from saman.words import RESULTS
from tests.reporting.portfolio.reading import headings, section, table
from tests.reporting.portfolio.world import TODAY

pytestmark = pytest.mark.django_db
UNKNOWN = "Ukjent: mangler måling eller er ikke vurdert"


@pytest.fixture
def lines(client, adviser, big):
    """`lines(name, fylke="19")`: a table's columns and its lines by their names."""
    client.force_login(adviser)

    def get(name, **query):
        part = section(client.get(reverse("dashboard_compare", args=[big.slug]), query).text, name)
        return headings(part)[1:], {row[0]: row[1:] for row in table(part)}

    return get


@pytest.mark.parametrize("query", [{}, {"fylke": "19"}, {"q": "nummer 4"}])
def test_cohorts_are_counted_again(query, lines, big):
    names, found = lines("puljer", **query)
    assert names == ["Pulje 1", "Pulje 2"]
    for place, slug in enumerate(("pulje-1", "pulje-2")):
        used = among(big, query).filter(cohort__slug=slug)
        of = used.count()
        verdicts = Assessment.objects.filter(project__in=used)
        assert found["Prosjekter i bruk"][place] == str(of)
        assert found[UNKNOWN][place] == f"{verdicts.filter(result='missing').count()} av {of}"
        for result, sign in RESULTS.items():
            if result not in ("missing", "withdrawn") and str(sign.word) in found:
                assert found[str(sign.word)][place] == f"{verdicts.filter(result=result).count()} av {of}"
        targets = EffectTarget.objects.filter(project__in=used, versions__level="effect")
        measured = targets.filter(status__result="on_track").count()
        assert found["Effektmål som er målt"][place] == (f"{measured} av {targets.count()}" if targets else "–")
        signs = verdicts.filter(risk__gte=2).count()
        assert found["Prosjekter med tegn på fallgruver"][place] == f"{signs} av {of}"


@pytest.mark.parametrize("query", [{}, {"fylke": "18"}])
def test_years_are_counted_again(query, lines, big):
    names, found = lines("ar", **query)
    used = among(big, query)
    for place, day in enumerate((date(2013, 12, 31), date(2014, 12, 31), TODAY)):
        then = dict(
            AssessmentHistory.objects.filter(project__in=used, as_of__lte=day)
            .order_by("as_of")
            .values_list("project", "result")
        )
        of = used.filter(followed_since__lte=day).count()
        results = [then.get(project.pk) for project in used.filter(followed_since__lte=day)]
        assert found["Prosjekter i bruk"][place] == str(of)
        assert found[UNKNOWN][place] == f"{results.count('missing') + results.count(None)} av {of}"
        assert found["I rute"][place] == f"{results.count('on_track')} av {of}"
    assert len(names) == 3


def among(programme, query):
    """The projects in use that a query lets through, asked for in another way."""
    used = Project.objects.filter(cohort__programme=programme, followed_since__isnull=False)
    if "fylke" in query:
        used = used.filter(municipalities__county__number=query["fylke"]).distinct()
    return used.filter(title__contains=query.get("q", ""))


def test_one_cohort_is_compared_with_nothing_and_both_tables_have_the_same_lines(client, adviser, big):
    client.force_login(adviser)
    page = reverse("dashboard_compare", args=[big.slug])
    part = section(client.get(page, {"pulje": "pulje-2"}).text, "puljer")
    assert "så det er ingen puljer å sammenligne" in part
    assert "<table" not in part
    html = client.get(page).text
    words = {str(sign.word) for sign in RESULTS.values()}
    shown = [[row[0] for row in table(section(html, name)) if row[0] in words] for name in ("puljer", "ar")]
    assert shown[0] == shown[1] != []


def test_nothing_to_compare_says_so_and_the_questions_are_few(client, adviser, big):
    client.force_login(adviser)
    page = reverse("dashboard_compare", args=[big.slug])
    assert "Ingen prosjekter å sammenligne" in client.get(page, {"q": "finnes ikke"}).text
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    assert len(captured) - 2 <= 8
