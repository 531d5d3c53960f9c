"""The front page: what may be counted, where the projects are, and no result before a report is approved."""

import re

from projects.models import Project
from tests import factories


def test_the_numbers_come_from_the_rows(loaded, read):
    text = read("/")
    assert "51 prosjekter. 59 kommuner. Hva har de fått igjen?" in text
    assert "51 bekreftede prosjekter i 59 kommuner, 1 uavklart (Ringerike)" in text
    assert "59 kommuner i 17 fylker er med." in text
    assert "3 fellesprosjekter der til sammen 11 kommuner" in text


def test_the_numbers_follow_what_an_administrator_decides(loaded, read):
    Project.objects.filter(slug="ringerike").update(participation="confirmed")
    assert "52 bekreftede prosjekter i 60 kommuner" in read("/")
    assert "uavklart" not in read("/")


def test_a_tile_for_each_county_leads_to_its_projects(loaded, client):
    page = client.get("/").text
    assert len(re.findall(r'<li class="row-\d col-\d">', page)) == 19
    assert len(re.findall(r'href="/prosjekter/\?fylke=\d\d"', page)) == 17
    assert len(re.findall(r'<svg class="mark"[^>]*><circle', page)) == 52 + 2  # two in the legend
    assert page.count("data-open") == 2
    oslo = page[page.index(">Oslo") - 40 : page.index(">Oslo")]
    assert "none" in oslo


def test_no_result_is_shown_and_the_public_words_are_explained(loaded, read):
    text = read("/")
    assert "Resultatene kommer her når årsrapportene er godkjent." in text
    for word in ("Nådd", "På vei", "Ikke nådd", "Ikke målt"):
        assert word in text
    for word in ("Tilbakefall", "I fare", "Bak planen", "Alvorlig"):
        assert word not in text


def test_unknown_themes_are_not_counted_as_none(loaded, read):
    text = read("/")
    assert "Sykefravær Ingen kjente" in text
    assert "Tema ikke kjent 45 prosjekter" in text


def test_an_empty_installation_says_so_calmly(db, read):
    assert "Ingen programmer ennå" in read("/")


def test_a_programme_without_projects_is_named(db, read):
    factories.programme(name="Nye tider")
    text = read("/")
    assert "Nye tider" in text
    assert "0 prosjekter." not in text


def test_several_programmes_are_listed_each_with_its_own_numbers(new_place, read, client):
    other = factories.programme(name="Det neste programmet", slug="neste")
    factories.project(new_place, cohort=factories.cohort(programme=other))
    text = read("/")
    assert "Det neste programmet 1 bekreftet prosjekt i 1 kommune" in text
    assert "51 bekreftede prosjekter i 59 kommuner" in text
    assert 'href="/prosjekter/?program=neste"' in client.get("/").text


def test_front_page_asks_the_database_at_most_nine_times(loaded, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):  # one of them for what is published; one more when something is
        client.get("/")
