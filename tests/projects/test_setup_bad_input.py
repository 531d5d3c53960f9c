"""Bad input to the set-up forms: told at the field, with all that was typed, and nothing stored."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from municipalities.models import County, Municipality
from projects.models import Cohort, Programme, Project, RoleAssignment, Theme
from tests import factories
from tests.projects.setup_forms import new_project, page_of, programme_fields, project_fields, role_fields

pytestmark = pytest.mark.django_db

NAME = "Fyll ut dette feltet"
BAD_PROGRAMMES = [
    ({"name": ""}, "name", NAME),
    ({"name": " \u200b "}, "name", NAME),
    ({"name": "x" * 161}, "name", "1 tegn for lang"),
    ({"name": "Program\x00"}, "name", "styretegn"),
    ({"name": "Program\u202e"}, "name", "styretegn"),
    ({"name": "Saman om ein betre kommune"}, "slug", "Noen andre bruker denne adressen"),
    ({"slug": "Ikke lov!"}, "slug", "Bruk bare bokstavene"),
    ({"slug": "../x"}, "slug", "Bruk bare bokstavene"),
    ({"name": "日本"}, "slug", "Vi kan ikke lage en adresse"),
    ({"language": "se"}, "language", ""),
    ({"language": ""}, "language", ""),
    ({"concerns_open": "never"}, "concerns_open", ""),
    ({"head_start_days": "−1"}, "head_start_days", "Skriv 0 eller flere dager."),
    ({"head_start_days": "61"}, "head_start_days", "ikke være over"),
    ({"head_start_days": "1e999"}, "head_start_days", "Skriv bare tallet"),
    ({"head_start_days": "1,5"}, "head_start_days", "helt tall"),
    ({"head_start_days": ""}, "head_start_days", "Skriv et helt tall"),
    ({"ministry": "KDD", "ministry_from": "31.02.2014"}, "ministry_from", "Datoen finnes ikke"),
    ({"ministry_from": "1.1.2014"}, "ministry", "Skriv navnet"),
    ({"description": "x" * 4001}, "description", "for lang"),
]


@pytest.mark.parametrize(("changed", "field", "error"), BAD_PROGRAMMES)
def test_a_bad_programme_is_told_at_the_field_and_nothing_is_made(browser, changed, field, error):
    factories.programme(slug="saman-om-ein-betre-kommune")
    response = browser.post(reverse("setup_programme_new"), programme_fields(**changed))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert error in page_of(response)
    assert "<title>Feil:" in page_of(response)
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "error"),
    [
        ({"name": ""}, "name", NAME),
        ({"starts_on": ""}, "starts_on", "Skriv dag, måned og år"),
        ({"starts_on": "01.01.15"}, "starts_on", "fire siffer"),
        ({"ends_on": "01.01.2014"}, "ends_on", "Slutten må komme etter starten"),
        ({"ends_on": "01.01.2015"}, "ends_on", "Slutten må komme etter starten"),
        ({"name": "Finnes"}, "slug", "Noen andre bruker denne adressen"),
        ({"name": "x" * 81}, "name", "for lang"),
    ],
)
def test_a_bad_cohort_is_told_at_the_field(browser, programme, changed, field, error):
    factories.cohort(programme=programme, slug="finnes")
    fields = {"name": "Pulje 9", "starts_on": "01.01.2015", **changed}
    response = browser.post(reverse("setup_cohort_new", args=[programme.slug]), fields)
    assert response.status_code == 422
    assert error in str(response.context["form"].errors[field])
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize("typed", ["Stord", "stord", " Stord ", "1221", "Stord (1221)"])
def test_a_municipality_is_known_by_name_or_number(browser, cohort, stord, typed):
    new_project(browser, cohort, project_fields(stord, places=[typed, ""]))
    assert list(Project.objects.get().municipalities.all()) == [stord]


@pytest.mark.parametrize(
    ("changed", "field", "error"),
    [
        ({"title": ""}, "title", NAME),
        ({"title": "x" * 161}, "title", "for lang"),
        ({"title": "Heltid\x07"}, "title", "styretegn"),
        ({"title": "Finnes"}, "slug", "Noen andre bruker denne adressen"),
        ({"places": []}, "places", "Skriv minst én kommune"),
        ({"places": ["", " "]}, "places", "Skriv minst én kommune"),
        ({"places": ["Atlantis"]}, "places", "Vi finner ingen kommune som heter «Atlantis»"),
        ({"places": ["<b>Stord</b>"]}, "places", "Vi finner ingen kommune"),
        ({"places": ["Stord\x00"]}, "places", "Vi finner ingen kommune"),
        ({"places": ["Os"]}, "places", "Det er flere kommuner som heter Os"),
        ({"places": ["Stord", "1221"]}, "places", "Samme kommune står to ganger"),
        ({"places": ["Gamlebyen"]}, "places", "Vi finner ingen kommune"),
        ({"language": "en"}, "language", ""),
        ({"themes": ["9999"]}, "themes", ""),
        ({"themes": ["x"]}, "themes", ""),
        ({"starts_on": "01.01.2016", "ends_on": "01.01.2015"}, "ends_on", "Slutten må komme etter starten"),
        ({"starts_on": "29.2.2013"}, "starts_on", "Datoen finnes ikke"),
    ],
)
def test_a_bad_project_is_told_at_the_field_with_all_that_was_typed(browser, cohort, stord, changed, field, error):
    factories.project(slug="finnes", cohort=cohort)
    factories.municipality("Os", number="0441")
    factories.municipality("Os", number="1243")
    factories.municipality("Gamlebyen", valid_to=date(2013, 12, 31), valid_from=date(2012, 1, 1))
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=date(2014, 6, 1))
    Theme.objects.create(programme=cohort.programme, key="heltid", name_nb="Heltid")
    fields = project_fields(stord, summary="En kort tekst", **changed)
    response = new_project(browser, cohort, fields)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert error in response.context["form"].errors[field].as_text()
    assert "En kort tekst" in page_of(response)
    assert Project.objects.count() == 1


def test_room_for_more_municipalities_is_made_without_judging_what_is_typed(browser, cohort, stord):
    response = new_project(browser, cohort, {"title": "Halvferdig", "places": ["Sto"], "do": "more"})
    page = page_of(response)
    assert response.status_code == 200
    assert page.count('name="places"') == 3
    assert 'value="Halvferdig"' in page
    assert 'value="Sto"' in page
    assert "vertskommune" in page
    assert "ds-validation-message" not in page
    assert not Project.objects.exists()


def test_a_theme_of_another_programme_cannot_be_chosen(browser, cohort, stord):
    foreign = Theme.objects.create(programme=factories.programme(), key="heltid", name_nb="Heltid")
    Theme.objects.create(programme=cohort.programme, key="heltid", name_nb="Heltid")
    assert new_project(browser, cohort, project_fields(stord, themes=[foreign.pk])).status_code == 422


@pytest.mark.parametrize(
    ("changed", "field", "error"),
    [
        ({"email": ""}, "email", "Skriv e-postadressen"),
        ({"email": "ny"}, "email", "Skriv en hel e-postadresse"),
        ({"email": "ny@kommunen.no\r\nBcc: x@example.org"}, "email", "Skriv en hel e-postadresse"),
        ({"email": "n" * 250 + "@kommunen.no"}, "email", "for lang"),
        ({"name": ""}, "name", "Vi kjenner ingen med denne adressen"),
        ({"name": "x" * 121}, "name", "for lang"),
        ({"name": "Ny\u202e"}, "name", "styretegn"),
        ({"role": ""}, "role", "Velg en rolle"),
        ({"role": "adviser"}, "role", ""),
        ({"role": "admin"}, "role", ""),
        ({"starts_on": ""}, "starts_on", "Skriv dag, måned og år"),
        ({"ends_on": "31.01.2015"}, "ends_on", "Rollen kan ikke slutte før den starter"),
        ({"email": "stengt@kommunen.no"}, "email", "er stengt"),
    ],
)
def test_a_bad_role_is_told_at_the_field_and_nobody_is_made(browser, project, changed, field, error):
    factories.user(email="stengt@kommunen.no", is_active=False)
    people, roles = User.objects.count(), RoleAssignment.objects.count()
    response = browser.post(reverse("setup_role_new", args=[project.slug]), role_fields(**changed))
    assert response.status_code == 422
    assert error in response.context["form"].errors[field].as_text()
    assert (User.objects.count(), RoleAssignment.objects.count()) == (people, roles)


def test_a_version_that_is_no_number_is_refused(browser, programme):
    url = reverse("setup_programme_edit", args=[programme.slug])
    assert browser.post(url, programme_fields(version="x")).status_code == 422


def test_nothing_chosen_is_no_theme(browser, programme):
    url = reverse("setup_theme_new", args=[programme.slug])
    assert "Velg minst ett tema" in page_of(browser.post(url, {}))
    assert "på bokmål også" in page_of(browser.post(url, {"name_nn": "Deling"}))
    browser.post(url, {"name_nb": "Deling"})
    assert "allerede et tema" in page_of(browser.post(url, {"name_nb": "Deling"}))
    assert browser.post(url, {"known": ["ukjent"]}).status_code == 422
    assert programme.themes.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "error"),
    [
        ({"number": ""}, "number", NAME),
        ({"number": "301"}, "number", "fire siffer"),
        ({"number": "٠٣٠١"}, "number", "fire siffer"),
        ({"number": "0301' OR 1=1"}, "number", "for lang"),
        ({"number": "1221"}, "number", "har dette nummeret allerede"),
        ({"number": "9901"}, "number", "Ingen fylker hadde dette nummeret"),
        ({"valid_from": "01.01.2012"}, "number", "Ingen fylker hadde dette nummeret"),
        ({"valid_from": ""}, "valid_from", "Skriv dag, måned og år"),
        ({"name": " "}, "name", NAME),
    ],
)
def test_a_bad_municipality_is_told_at_the_field(browser, stord, changed, field, error):
    County.objects.create(number="03", name="Oslo", valid_from=factories.START)
    fields = {"name": "Oslo", "number": "0301", "valid_from": "01.01.2013", **changed}
    response = browser.post(reverse("setup_place_new"), fields)
    assert response.status_code == 422
    assert error in response.context["form"].errors[field].as_text()
    assert Municipality.objects.count() == 1


def test_a_municipality_that_is_added_can_be_chosen(browser, cohort):
    County.objects.create(number="03", name="Oslo", valid_from=factories.START)
    browser.post(reverse("setup_place_new"), {"name": "Oslo", "number": "0301", "valid_from": "01.01.2013"})
    assert Municipality.objects.get().county.name == "Oslo"
    assert new_project(browser, cohort, {"title": "I Oslo", "places": ["0301"], "language": "nb"}).status_code == 303
