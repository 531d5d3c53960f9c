"""The analysis as its adviser meets it: few questions, nothing hidden is told, and Plotly only where it draws."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.analysis.facts import Facts
from reporting.analysis.pages import PAGES
from reporting.portfolio.queries import portfolio
from tests import factories
from tests.reporting.analysis import world
from tests.reporting.portfolio.reading import text

pytestmark = pytest.mark.django_db
SESSION_AND_USER = 2
# The most each page asks beside session and user: the rows of projects (7), and one for each kind of row it needs
BUDGETS = {"": 17, "gevinster": 8, "prognose": 10, "fallgruver": 8, "aktivitet": 9, "virket": 8, "lignende": 11}
DIGITS = re.compile(r"37[.,]04|0[.,]370|-?0[.,]43|37 %|−43|-43")  # what would tell the hidden value


@pytest.mark.parametrize("page", ["", *PAGES])
def test_the_database_is_asked_as_often_however_many_projects_there_are(look, programme, page):
    about = {"mal": "analysert-0-1"} if page == "lignende" else {}

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert look(page, **about).status_code == 200
        return len(captured) - SESSION_AND_USER

    few = asked()
    more = [factories.project(cohort=programme.cohorts.first()) for _ in range(3)]
    for project in more:
        world.target_of(project, "on_track", 0.5, 0.4, 2016)
    assert asked() == few <= BUDGETS[page]


@pytest.mark.parametrize("page", ["", *PAGES])
@pytest.mark.parametrize("state", ["empty", "first_day", "nothing_found"])
def test_a_page_with_nothing_to_tell_says_so(client, adviser, page, state, programme):
    if state != "nothing_found":
        programme = factories.programme()
        factories.role(adviser, "adviser", programme)
    if state == "first_day":
        factories.project(cohort=factories.cohort(programme=programme))
    client.force_login(adviser)
    args = [programme.slug, *([page] if page else [])]
    answer = client.get(reverse("analysis_page" if page else "analysis", args=args), {"q": "finnes ikke"} if
                        state == "nothing_found" else {})  # fmt: skip
    assert answer.status_code == 200
    words = {"empty": "Ingen prosjekter er i bruk ennå", "nothing_found": "Nullstill filtrene"}
    assert words.get(state, "") in text(answer.text)


def figures(programme):
    """Every figure of every page, by all it may be grouped by or be about: (page, keys, the query)."""
    facts = Facts(programme, portfolio(programme, world.TODAY).used, world.TODAY)
    for key, page in PAGES.items():
        for by in page.groupings(facts) or {"": ""}:
            yield key, list(page.figures), {page.asked_by: by}


def test_a_hidden_figure_is_nowhere_in_page_chart_or_file(look, client, programme):
    for page, keys, asked in figures(programme):
        answer = look(page, **asked)
        assert not DIGITS.search(answer.text)
        for figure in keys:
            for form in ("csv", "om"):
                address = reverse("analysis_download", args=[programme.slug, page, figure, form])
                content = b"".join(client.get(address, asked).streaming_content).decode()
                assert not DIGITS.search(content)
    assert not DIGITS.search(look().text)


def test_what_people_typed_is_not_markup_in_a_chart(look):
    for page in PAGES:
        for found in re.findall(r'<script id="plot-[^>]*>(.*?)</script>', look(page).text, re.DOTALL):
            assert "<" not in json.dumps(json.loads(found), ensure_ascii=False).replace("<extra></extra>", "")


def test_plotly_is_fetched_where_charts_are_and_nowhere_else(look):
    assert "plotly" not in look().text
    html = look("gevinster").text
    assert html.index("plotly.js-style-global") < html.index("vendor/plotly-basic") < html.index("js/charts")


def test_filters_are_kept_in_links_files_and_address(look):
    html = look("gevinster", fylke="19", etter="pulje").text
    assert "Viser 3 av 8 prosjekter i bruk" in text(html)
    assert "/analyse/?fylke=19" in html
    assert "/gevinster/status/last-ned/csv/?fylke=19&amp;etter=pulje" in html
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = look("gevinster", partial, fylke="19", q="", etter="pulje")
    assert "<html" not in answer.text
    assert answer.headers["HX-Push-Url"].endswith("/gevinster/?fylke=19&etter=pulje")


def test_a_file_says_what_it_found_and_which_projects_it_is_of(look, client, programme):
    look("gevinster")
    address = reverse("analysis_download", args=[programme.slug, "gevinster", "status", "om"])
    said = b"".join(client.get(address, {"fylke": "19"}).streaming_content).decode()
    assert "Vet ikke ennå: 1 av 5 effektmål" in said
    assert "Troms" in said


@pytest.mark.parametrize(
    "place", [("finnes-ikke",), ("gevinster", "finnes-ikke", "csv"), ("gevinster", "status", "exe")]
)
def test_what_is_not_there_is_not_found(look, client, programme, place):
    look()
    name = "analysis_page" if len(place) == 1 else "analysis_download"
    assert client.get(reverse(name, args=[programme.slug, *place])).status_code == 404
