"""Choosing whom to be, which exists in a demonstration only."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from projects.roles import Role
from tests import factories

SIGN_IN, DEMO = reverse("account_login"), reverse("demo_sign_in")


@pytest.fixture
def people(project):
    """A leader and an adviser one may be, an administrator, and a leader one may not be."""
    project.catalogue_name = "Hamar"
    project.save()
    made = {}
    for name, role in (("leader", Role.LEADER), ("adviser", Role.ADVISER)):
        made[name] = factories.user(email=f"{name}@demo.example")
        factories.role(made[name], role, project)
    made["admin"] = factories.user(email="admin@demo.example", is_administrator=True)
    made["other"] = factories.user(email="leder@kommune.example")
    factories.role(made["other"], Role.LEADER, project)
    return made


def test_the_page_offers_each_by_role_and_place(client, demonstration, people, project):
    page = client.get(SIGN_IN).content.decode()
    places = [page.index(f'value="{people[name].pk}"') for name in ("adviser", "leader", "admin")]
    assert places == sorted(places)
    assert f'Prosjektleder <span class="muted">· {project.title}</span>' in page
    assert f'value="{people["other"].pk}"' not in page


def test_one_press_signs_in(client, demonstration, people):
    response = client.post(DEMO, {"person": people["leader"].pk, "next": "/arbeid/konto/"})
    assert (response.status_code, response.url) == (303, "/arbeid/konto/")
    assert get_user(client) == people["leader"]
    client.post(DEMO, {"person": people["adviser"].pk})
    assert get_user(client) == people["adviser"]


@pytest.mark.parametrize("person", ["", "0", "-1", "1e3", "x", "٣", "9" * 400])
def test_nobody_by_that_number_is_not_found(client, demonstration, people, person):
    assert client.post(DEMO, {"person": person}).status_code == 404


def test_people_of_the_stories_cannot_be_chosen(client, demonstration, people):
    assert client.post(DEMO, {"person": people["other"].pk}).status_code == 404


def test_it_takes_a_post(client, demonstration, people):
    assert client.get(DEMO, {"person": people["leader"].pk}).status_code == 405


def test_a_real_installation_has_none_of_it(client, real, people):
    assert "demo" not in client.get(SIGN_IN).content.decode().lower().replace("demografi", "")
    assert client.post(DEMO, {"person": people["leader"].pk}).status_code == 404
    assert not get_user(client).is_authenticated


def test_a_database_marked_real_refuses_whatever_the_settings_say(client, real, settings, people):
    settings.DEMO = True
    assert client.post(DEMO, {"person": people["leader"].pk}).status_code == 404


def test_a_database_nobody_has_marked_refuses(client, db, settings, people):
    settings.DEMO = True
    assert client.post(DEMO, {"person": people["leader"].pk}).status_code == 404
