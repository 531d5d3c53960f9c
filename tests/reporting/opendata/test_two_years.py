"""Two projects in one municipality and one alone, over two years: what is hidden is in nothing the public can fetch."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from html import unescape

import pytest

from projects.roles import Role
from reporting.annual.models import PublishedTarget
from reporting.opendata.datasets import DATASETS
from tests import factories
from tests.pdf_text import text_of
from tests.reporting.annual.writing import a_round, approved, sent_in
from tests.reporting.solving import told

pytestmark = pytest.mark.django_db
SENT = {2013: date(2014, 1, 20), 2014: date(2015, 1, 20)}
# (value, people behind it) by year; each value is its own, and nobody has said how many a baseline is about
FIGURES = {
    "En": {"21.1": [("9.13", 200), ("8.17", 210)], "22.2": [("7.31", 12), ("6.37", 240)]},
    "To": {"23.3": [("5.41", 90), ("4.43", 9)]},
    "Alene": {"24.4": [("3.47", 7), ("3.53", 8)], "25.5": [("2.59", 60), ("2.61", 61)]},
}
HIDDEN = {"22.2", "7.31", "6.37", "4.43", "24.4", "3.47", "3.53"}
OUTSIDE = re.compile(r"^/(arbeid|konto|eksempel|static|sprak|helse)")


@pytest.fixture
def published(programme, adviser):
    """Every report approved: a figure hidden in the first year, in the second, in both, and never."""
    here, far = factories.municipality("Her"), factories.municipality("Fjern")
    cohort = factories.cohort(programme=programme)
    rounds = {year: a_round(programme, year) for year in SENT}
    for title, targets in FIGURES.items():
        project = factories.project(far if title == "Alene" else here, cohort=cohort, title=title)
        factories.approved_plan(project)
        for role in (Role.LEADER, Role.OWNER):
            factories.role(factories.user(f"{title} {role}"), role, project)
        for baseline, figures in targets.items():
            target = factories.target(project, baseline_value=baseline)
            for year, (value, n) in zip(SENT, figures, strict=True):
                factories.measurement(target, date(year, 12, 31), value, n=n)
        for year, day in SENT.items():
            approved(sent_in(project, rounds[year], day), adviser, day)


def everything(client):
    """The text of all the public can fetch, by address: each link is followed from the front page."""
    found, waiting = {}, ["/", *(f"/data/v1/{key}.{form}" for key in DATASETS for form in ("csv", "json"))]
    while waiting:
        address = waiting.pop()
        if address in found or OUTSIDE.match(address):
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        data = answer.getvalue()
        if answer["Content-Type"] == "application/pdf":
            found[address] = text_of(data)
        elif answer["Content-Type"].startswith(("text/", "application/json")):
            found[address] = unescape(data.decode())
            waiting += re.findall(r'href="(/[^"#]*)', found[address])
        else:
            found[address] = ""
    return found


def says(text, figure):
    return re.search(rf"(?<![\d.,]){figure.replace('.', '[.,]')}0*(?![\d])", text)


def test_a_hidden_figure_is_nowhere_and_the_others_are(published, client):
    found = everything(client)
    assert {"/", "/prosjekter/", "/data/v1/resultater.csv", "/om/"} < set(found)
    assert sum(address.endswith(".pdf") for address in found) == 6
    for figure in HIDDEN:
        assert not [address for address, text in found.items() if says(text, figure)], figure
    shown = {
        figure for targets in FIGURES.values() for baseline, of in targets.items() for figure in (baseline, *dict(of))
    }
    for figure in shown - HIDDEN:
        addresses = [address for address, text in found.items() if says(text, figure)]
        assert any(address.startswith("/data/v1/resultater") for address in addresses), figure
        assert any(address.endswith(".pdf") for address in addresses), figure


def cells(client):
    """What each number of the results is of: (project, target, day); a baseline has one day in every report."""
    lines = csv.DictReader(io.StringIO(client.get("/data/v1/resultater.csv").getvalue().decode()))
    for row in lines:
        for number, day in (("foer", "foer_dato"), ("maalt", "maalt_dato")):
            yield (row["prosjekt"], row["maalnummer"], row[day]), row[number]


def hidden_when_first_reported(every):
    """What was told once cannot be taken back; what was hidden must stay so."""
    first = {}
    for cell, number in every:
        first.setdefault(cell, number)
    return {cell for cell, number in first.items() if not number}


def test_no_hidden_figure_follows_from_another_report(published, client):
    """The same figure in two reports is one unknown."""
    every = list(cells(client))
    hidden = hidden_when_first_reported(every)
    assert len(hidden) == len(HIDDEN)
    assert not told([{cell} for cell, number in every if number], hidden)


def test_a_figure_told_in_a_later_report_is_found(published, client):
    """The control: were the later report's baseline shown, the earlier one's would be told."""
    later = PublishedTarget.objects.filter(published__year=2014, is_suppressed=True)
    later.update(is_suppressed=False, baseline_value="22.2", value="6.37")
    every = list(cells(client))
    assert told([{cell} for cell, number in every if number], hidden_when_first_reported(every))


def test_sums_are_of_projects_and_targets_and_never_of_figures(published, client):
    """Each number of the summary can be counted again from the rows of the others, so none holds a hidden figure."""

    def rows(key):
        return json.loads(client.get(f"/data/v1/{key}.json").getvalue())["rows"]

    newest = [row for row in rows("resultater") if row["rapport"] == "2014"]
    places = [(row["prosjekt"], row["fylkesnummer"]) for row in rows("kommuner")]
    every = {slug for slug, _county in places}
    assert [row["inndeling"] for row in rows("oppsummert")] == ["alle", "fylke", "fylke", "pulje", "tema"]
    for row in rows("oppsummert"):
        there = {slug for slug, county in places if county == row["verdi"]} if row["inndeling"] == "fylke" else every
        words = Counter(one["resultat"] for one in newest if one["prosjekt"] in there)
        numbers = {key: value for key, value in row.items() if type(value) is int}
        assert numbers == {
            "prosjekter": len(there),
            "med_godkjent_rapport": len(there),
            "effektmaal": words.total(),
            **{word: words[word] for word in ("naadd", "paa_vei", "ikke_naadd", "ikke_maalt")},
        }
