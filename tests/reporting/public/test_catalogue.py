"""The catalogue: search, choices in the address, and the order of its list."""

from datetime import date

import pytest

from municipalities.models import County, Municipality
from projects.models import Project
from tests import factories


def test_everything_is_listed_by_county_with_the_unresolved_last(loaded, titles, read):
    found = titles("/prosjekter/")
    assert len(found) == 52
    assert found[:4] == ["Oppegård", "Rælingen", "Sørum", "Øvre Eiker"]
    assert found[-3:] == ["Sarpsborg", "Spydeberg", "Ringerike"]
    assert found[found.index("Fræna") :][:6] == ["Fræna", "Kristiansund", "Stordal", "Sunndal", "Surnadal", "Ørsta"]
    assert "Viser 52 av 52 prosjekter" in read("/prosjekter/")
    assert "Ikke bekreftet 1 prosjekt Ringerike Uavklart" in read("/prosjekter/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=hamar", ["Hamar"]),
        ("q=ØVRE", ["Øvre Eiker"]),
        ("q=Lillestrøm", ["Sørum"]),
        ("q=sandefjord", ["Andebu"]),
        ("q=moskenes", ["Lofotsamarbeid"]),
        ("q=nordre+land", ["Nordre Land"]),
        ("fylke=06", ["Øvre Eiker", "Ringerike"]),
        ("fylke=17&q=verdal", ["Innherred samkommune"]),
        ("tema=omdomme", ["Øvre Eiker", "Åsnes", "Rissa"]),
        ("tema=heltid&fylke=04", ["Hamar"]),
        ("tema=ukjent&fylke=02", ["Oppegård", "Rælingen"]),
        ("pulje=saman.pulje-2&q=tolga", ["Tolga"]),
        ("program=saman&q=rissa", ["Rissa"]),
    ],
)
def test_the_address_chooses(loaded, titles, query, expected):
    assert titles(f"/prosjekter/?{query}") == expected


@pytest.mark.parametrize("query", ["q=finnesikke", "q=%00%01", "q=" + "a" * 5000])
def test_what_finds_nothing_says_so_and_offers_a_way_on(loaded, read, query):
    text = read(f"/prosjekter/?{query}")
    assert "Viser 0 av 52 prosjekter" in text
    assert "Ingen prosjekter passer til søket" in text
    assert "Vis alle prosjektene" in text


@pytest.mark.parametrize("query", ["fylke=99", "tema=x", "pulje=x", "program=x"])
def test_a_filter_that_is_not_there_is_said_not_to_be_used(loaded, read, query):
    text = read(f"/prosjekter/?{query}")
    assert f"Vi kjenner ikke filteret {query} her, så det er ikke brukt." in text
    assert "Viser 52 av 52 prosjekter" in text


def test_the_form_remembers_what_was_chosen(loaded, client):
    page = client.get("/prosjekter/?q=%22%3Cb%3E&fylke=02&tema=heltid").text
    assert 'value="&quot;&lt;b&gt;"' in page
    assert '<option value="02" selected>Akershus</option>' in page
    assert '<option value="heltid" selected>Heltid/deltid</option>' in page


def test_a_choice_of_one_is_not_offered(loaded, client):
    page = client.get("/prosjekter/").text
    assert 'id="fylke"' in page
    assert 'id="pulje"' not in page
    assert 'id="program"' not in page


def test_several_programmes_can_be_told_apart(new_place, titles, client):
    other = factories.programme(name="Neste", slug="neste")
    cohort = factories.cohort(programme=other, slug="pulje-2", name="Pulje 2")
    factories.project(new_place, cohort=cohort, title="Nytt prosjekt")
    assert titles("/prosjekter/?program=neste") == titles("/prosjekter/?pulje=neste.pulje-2") == ["Nytt prosjekt"]
    assert '<option value="neste.pulje-2">Pulje 2 (Neste)</option>' in client.get("/prosjekter/").text


def test_a_county_that_has_come_again_says_from_when(loaded, titles, client):
    county = County.objects.get(number="32", valid_from=date(2024, 1, 1))
    new = Municipality.objects.create(number="3299", name="Nyby", county=county, valid_from=date(2024, 1, 1))
    factories.project(new, title="Nybyprosjektet")
    assert '<option value="32">Akershus (fra 2024)</option>' in client.get("/prosjekter/").text
    assert titles("/prosjekter/?fylke=02") == ["Oppegård", "Rælingen", "Sørum"]
    assert titles("/prosjekter/?fylke=32") == ["Nybyprosjektet", "Oppegård", "Rælingen", "Sørum"]


def test_a_project_nobody_uses_is_in_the_catalogue_and_no_more(loaded, read):
    Project.objects.filter(slug="hamar").update(starts_on=factories.START, followed_since=factories.START)
    assert "Hamar Heltid/deltid · I bruk" in read("/prosjekter/?q=hamar")
    text = read("/prosjekter/?q=tolga")
    assert "Tolga Tema ikke kjent · I katalogen" in text
    assert "Ikke i bruk" not in text


def test_htmx_gets_the_list_the_count_and_a_short_address(loaded, client):
    answer = client.get("/prosjekter/?q=hamar&fylke=&tema=", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/prosjekter/?q=hamar"
    assert "HX-Request" in answer["Vary"]
    assert "<html" not in answer.text
    assert 'id="resultat"' in answer.text
    assert "Viser 1 av 52 prosjekter" in answer.text


def test_an_empty_catalogue_says_so(db, read):
    text = read("/prosjekter/")
    assert "Ingen prosjekter ennå" in text
    assert "Fylke" not in text


def test_the_catalogue_asks_the_database_at_most_eight_times(loaded, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/prosjekter/?q=os")
