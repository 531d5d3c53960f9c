"""The public page of a project."""

import pytest

from benefits.models import EffectTarget
from projects.models import Project
from tests import factories


def test_a_municipality_is_shown_as_it_was_and_as_it_is(loaded, read):
    assert "Sørum 0226 Akershus Lillestrøm 3205 , Akershus" in read("/prosjekt/sorum/")
    assert "Kristiansund 1505 Møre og Romsdal Uendret" in read("/prosjekt/kristiansund/")


def test_a_joint_project_names_all_and_the_host(loaded, read):
    text = read("/prosjekt/lofotsamarbeid/")
    assert "Værøy, Moskenes, Flakstad og Røst · Nordland" in text
    assert "Røst 1856 (vertskommune)" in text


def test_a_known_theme_carries_its_source_and_an_unknown_one_says_so(loaded, read):
    assert "Heltid/deltid (Kilde: Fafo-rapport 2014:17)" in read("/prosjekt/hamar/")
    assert "Tema Ikke kjent" in read("/prosjekt/tolga/")


def test_ringerike_carries_the_lists_own_words_and_no_cause(loaded, read, client):
    text = read("/prosjekt/ringerike/")
    assert "Uavklart" in text
    assert "Slik står det i kilden: Ringerike: Øvre Eiker" in text
    assert 'href="/om/#tall"' in client.get("/prosjekt/ringerike/").text
    assert "Deltakelse" not in read("/prosjekt/hamar/")


def test_a_decided_participation_says_when(loaded, read):
    Project.objects.filter(slug="ringerike").update(
        participation="withdrawn", participation_decided_on=factories.START, participation_note="Svar fra kommunen."
    )
    text = read("/prosjekt/ringerike/")
    assert "Trukket 1. januar 2013. Svar fra kommunen." in text


def test_what_is_not_in_use_is_no_accusation(loaded, read):
    text = read("/prosjekt/tolga/")
    assert "I Saman Ikke i bruk" in text
    assert "Det sier ingenting om hvordan prosjektet går." in text


def test_no_live_assessment_reaches_the_public(db, read):
    project = factories.project(title="Lavere sykefravær i Os")
    target = factories.target(project, title="Et mål under arbeid")
    factories.series(target, {factories.START: 87.3})
    assert EffectTarget.objects.filter(project=project).exists()
    text = read(f"/prosjekt/{project.slug}/")
    assert "Resultatene kommer her når årsrapportene er godkjent." in text
    assert "Et mål under arbeid" not in text
    assert "87,3" not in text


def test_a_projects_own_words_carry_their_language_and_are_escaped(db, client):
    project = factories.project(title="Heiltid <b>no</b>", summary="Vi vil & skal", language="nn")
    page = client.get(f"/prosjekt/{project.slug}/").text
    assert '<h1 lang="nn">Heiltid &lt;b&gt;no&lt;/b&gt;</h1>' in page
    assert "Vi vil &amp; skal" in page


@pytest.mark.parametrize("slug", ["finnes-ikke", "Ringerike"])
def test_an_unknown_address_is_not_found(loaded, client, slug):
    assert client.get(f"/prosjekt/{slug}/").status_code == 404


def test_the_page_asks_the_database_at_most_six_times(loaded, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/prosjekt/lofotsamarbeid/")
