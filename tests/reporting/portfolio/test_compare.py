"""Cohorts and years side by side: every number counted again, with and without a filter; the files say the same."""

import csv
import io
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


def taken(client, name, programme, **query):
    """A file's rows by its heads."""
    answer = client.get(reverse(name, args=[programme.slug, "csv"]), query)
    _examples, *rows = io.StringIO(b"".join(answer).decode("utf-8-sig"))
    return list(csv.DictReader(rows, delimiter=";"))


@pytest.mark.parametrize("query", [{}, {"fylke": "19"}, {"q": "nummer 4"}])
@pytest.mark.parametrize(("name", "part", "first"), [("cohorts", "puljer", "Pulje"), ("years", "ar", "Dato")])
def test_a_file_has_the_numbers_of_its_table(name, part, first, query, lines, client, big):
    names, found = lines(part, **query)
    rows = taken(client, f"{name}_download", big, **query)
    assert len(rows) == len(names) > 1
    if name == "cohorts":
        assert [row["Pulje"] for row in rows] == names
    else:
        assert [row["Dato"] for row in rows] == ["2013-12-31", "2014-12-31", TODAY.isoformat()]
    assert set(rows[0]) - {first, "Effektmål"} == set(found)
    for place, row in enumerate(rows):
        for line, cells in found.items():
            of = row["Effektmål" if line == "Effektmål som er målt" else "Prosjekter i bruk"]
            said = f"{row[line]} av {of}" if row[line] else "–"
            assert cells[place] == (row[line] if line == "Prosjekter i bruk" else said)


def test_what_the_page_does_not_compare_is_in_no_file(client, adviser, big):
    client.force_login(adviser)
    page = client.get(reverse("dashboard_compare", args=[big.slug]), {"pulje": "pulje-2"}).text
    assert f"{reverse('cohorts_download', args=[big.slug, 'csv'])}?" not in page
    assert f"{reverse('years_download', args=[big.slug, 'csv'])}?pulje=pulje-2" in page
    assert taken(client, "cohorts_download", big, pulje="pulje-2") == []
    assert taken(client, "years_download", big, q="finnes ikke") == []
    assert client.get(reverse("years_download", args=[big.slug, "csv"]), {"per": "2014-03-31"}).status_code == 404
    about = b"".join(client.get(reverse("cohorts_download", args=[big.slug, "om"]), {"q": "nummer 4"}))
    assert "Søk;;nummer 4" in about.decode("utf-8-sig")
