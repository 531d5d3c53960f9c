"""About, privacy and accessibility: what they say must be true of the code."""

import pytest
from django.conf import settings

from accounts.models import User
from projects.models import Cohort
from tests import factories

PUBLIC = [
    "/",
    "/prosjekter/",
    "/laeringspunkter/",
    "/om/",
    "/slik-regner-vi/",
    "/kontroller/",
    "/personvern/",
    "/tilgjengelighet/",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_anyone_may_read_it_and_nobody_may_post_to_it(db, client, address):
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


def test_about_shows_both_sets_of_numbers_and_no_cause(loaded, read):
    text = read("/om/")
    assert "Kilden oppgir 51 prosjekter og 59 kommuner." in text
    assert "navngir 52 prosjekter og 60 kommuner" in text
    assert "Hvorfor tallene er ulike, er ikke kjent." in text
    assert "Pulje 2 – 51 prosjekt, 59 kommuner" in text
    assert "Kommunal- og moderniseringsdepartementet, fra 2014" in text


def test_a_project_added_later_is_not_said_to_be_in_the_source(new_place, read):
    factories.project(new_place, cohort=Cohort.objects.get(slug="pulje-2"))
    text = read("/om/")
    assert "52 bekreftede prosjekter i 60 kommuner" in text
    assert "navngir 52 prosjekter og 60 kommuner" in text


def test_about_in_an_empty_installation(db, read):
    assert "Ingen programmer er lagt inn ennå." in read("/om/")


def test_privacy_names_every_cookie(db, read):
    text = read("/personvern/")
    for cookie in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
        assert f" {cookie} " in text


def test_privacy_says_what_is_stored_about_a_person(db, read):
    """A new field on a person needs a word on the page before it may be added here."""
    told = {"email", "name", "title", "language", "last_login"}
    without_news = {"id", "password", "is_administrator", "is_active", "created_at", "version"}
    assert {field.name for field in User._meta.concrete_fields} == told | without_news
    text = read("/personvern/")
    assert "navn, e-postadresse, stillingstittel og språket du har valgt" in text
    assert "når du sist logget inn" in text


@pytest.mark.parametrize("address", ["/personvern/", "/tilgjengelighet/"])
def test_the_contact_is_shown_where_there_is_one(db, client, settings, address):
    assert "mailto:" not in client.get(address).text
    settings.CONTACT_EMAIL = "hjelp@example.org"
    assert 'href="mailto:hjelp@example.org"' in client.get(address).text
