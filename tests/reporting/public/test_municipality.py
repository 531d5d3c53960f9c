"""A municipality in public: its projects with approved results only, found by every number its area has had."""

from datetime import date

import pytest

from tests import factories
from tests.reporting.annual.writing import a_round, approved, sent_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(project):
    return project.municipalities.get()


@pytest.fixture
def target(project):
    made = factories.target(project, title="Lavere sykefravær", is_main=True)
    factories.measurement(made, date(2013, 12, 31), "9.9")
    return made


def test_only_what_is_approved_is_said(project, programme, leader, owner, adviser, target, place, read):
    sent = sent_in(project, a_round(programme, 2013), date(2014, 1, 20))
    before = read(f"/kommune/{place.number}/")
    assert "Resultatene kommer her når årsrapportene er godkjent." in before
    assert "Lavere sykefravær" not in before
    approved(sent, adviser, date(2014, 1, 30))
    after = read(f"/kommune/{place.number}/")
    assert "Fra den godkjente rapporten for 2013, slik det var 20. januar 2014. Lavere sykefravær På vei" in after


def test_a_joint_project_says_whom_it_is_with_and_whose_the_results_are(programme, place, project, read):
    others = [factories.municipality("Time"), factories.municipality("Klepp")]
    factories.project(place, *others, cohort=project.cohort, title="Felles turnus")
    text = read(f"/kommune/{place.number}/")
    assert "Sammen med Time og Klepp. Resultatene gjelder hele prosjektet, ikke hver kommune for seg." in text
    assert "Felles turnus Fellesprosjekt" in text


def test_an_area_is_found_by_each_of_its_numbers(loaded, read):
    for number in ("0228", "3027", "3224"):
        text = read(f"/kommune/{number}/")
        assert "Rælingen kommune" in text
        assert "0228 Akershus, til og med 2019" in text
        assert "3027 Viken, til og med 2023" in text
        assert "3224 Akershus, fra 2024" in text
    assert "Prosjektet er i Spydeberg." in read("/kommune/3118/")


def test_what_a_merged_municipality_was_is_told_with_its_project(new_place, read, programme):
    gone = factories.municipality("Gammelby", county=new_place.county, successor=new_place, valid_to=date(2019, 12, 31))
    factories.project(gone, cohort=factories.cohort(programme=programme), title="Heltid")
    assert "Prosjektet er i Gammelby." in read("/kommune/0299/")
    assert "Prosjektet er i" not in read(f"/kommune/{gone.number}/")


def test_a_number_nobody_has_had_is_not_found(loaded, client):
    assert client.get("/kommune/9999/").status_code == 404
    assert client.get("/kommune/ikke-et-nummer/").status_code == 404


def test_catalogue_and_project_lead_here(loaded, client):
    assert 'href="/kommune/1874/"' in client.get("/prosjekter/").text  # Moskenes, of Lofoten
    assert 'href="/kommune/1874/"' in client.get("/prosjekt/lofotsamarbeid/").text


def test_the_page_asks_few_questions(loaded, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/kommune/1874/")
