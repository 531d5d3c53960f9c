"""The people an administrator finds, corrects and closes out."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from journal.models import AuditEvent

pytestmark = pytest.mark.django_db
PEOPLE = reverse("setup_people")


@pytest.fixture
def browser(client, admin):
    client.force_login(admin)
    return client


def fields(person, **changed):
    kept = {"name": person.name, "title": person.title, "email": person.email, "version": person.version}
    return {**kept, "is_active": "on", **changed}


def edit(browser, person, **changed):
    data = {key: value for key, value in fields(person, **changed).items() if value is not None}
    return browser.post(reverse("setup_person", args=[person.pk]), data)


def test_people_are_found_by_name_and_address(browser, leader, owner):
    page = browser.get(PEOPLE, {"q": "LISE"}).content.decode()
    assert "Lise Leder" in page
    assert "Eirik Eier" not in page
    assert leader.email in browser.get(PEOPLE, {"q": leader.email[:8]}).content.decode()
    assert "Ingen personer passer" in browser.get(PEOPLE, {"q": "finnes ikke"}).content.decode()


@pytest.mark.parametrize("query", ["\x00", "%", "_", "'", "a" * 5000, "\ud800"])
def test_odd_searches_are_answered(browser, leader, query):
    assert browser.get(PEOPLE, {"q": query.encode("utf-8", "surrogatepass")}).status_code == 200


def test_a_name_and_an_address_are_corrected(browser, leader):
    assert edit(browser, leader, name="Lise Lund", email="LISE.lund@kommunen.no", title="rådgiver").status_code == 303
    leader.refresh_from_db()
    assert (leader.name, leader.email, leader.title) == ("Lise Lund", "lise.lund@kommunen.no", "rådgiver")
    assert AuditEvent.objects.get(action="user_changed").object_id == str(leader.pk)


def test_a_closed_account_is_signed_out_and_cannot_sign_in_until_it_is_opened(browser, leader):
    inside = Client()
    inside.force_login(leader)
    assert edit(browser, leader, is_active=None).status_code == 303
    assert inside.get(reverse("my_work")).status_code == 302
    leader.refresh_from_db()
    assert edit(browser, leader).status_code == 303
    assert User.objects.get(pk=leader.pk).is_active


def test_nobody_closes_their_own_account(browser, admin):
    response = edit(browser, admin, is_active=None)
    assert response.status_code == 422
    assert "Du kan ikke stenge kontoen du selv er logget inn med." in response.content.decode()
    assert User.objects.get(pk=admin.pk).is_active


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": "ikke en adresse"}, "Skriv en hel e-postadresse"),
        ({"email": ""}, "Skriv e-postadressen."),
        ({"name": ""}, "Fyll ut dette feltet."),
        ({"name": "x" * 121}, "for lang"),
        ({"name": "a\u202eb"}, "usynlige styretegn"),
    ],
)
def test_bad_input_is_told_at_the_field_and_changes_nothing(browser, leader, changed, words):
    response = edit(browser, leader, **changed)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert User.objects.get(pk=leader.pk).name == leader.name


def test_another_persons_address_is_refused(browser, leader, owner):
    response = edit(browser, leader, email=owner.email.upper())
    assert response.status_code == 422
    assert "En annen person har denne adressen." in response.content.decode()


@pytest.mark.parametrize("version", [0, 7, "", "x"])
def test_a_stale_edit_shows_both_and_changes_nothing(browser, leader, version):
    response = edit(browser, leader, name="Lise Lund", version=version)
    assert response.status_code in {409, 422}
    assert "Lise Lund" in response.content.decode()
    assert User.objects.get(pk=leader.pk).name == "Lise Leder"
