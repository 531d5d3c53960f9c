"""The menu shows what a person can go to, and where one is."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def menu(client, path):
    """The menu's words, and the one marked as current."""
    nav = client.get(path).context["nav"]
    return [str(item["label"]) for item in nav], [str(item["label"]) for item in nav if item["current"]]


def test_a_leader_has_the_one_project_in_the_menu(client, leader, project):
    client.force_login(leader)
    words = ["Min side", "Prosjektet", "Katalogen"]
    assert menu(client, reverse("my_work")) == (words, ["Min side"])
    assert menu(client, reverse("project_overview", args=[project.slug])) == (words, ["Prosjektet"])


def test_an_adviser_has_the_overview_and_an_administrator_the_set_up(client, adviser, admin):
    client.force_login(adviser)
    assert menu(client, reverse("my_work"))[0] == ["Oversikt", "Rapporter", "Min side", "Katalogen"]
    client.force_login(admin)
    assert menu(client, reverse("setup")) == (["Min side", "Oppsett", "Katalogen"], ["Oppsett"])


def test_everybody_has_the_public_pages(client, db):
    assert menu(client, reverse("about")) == (
        ["Prosjekter", "Læringspunkter", "Om programmet", "Slik regner vi"],
        ["Om programmet"],
    )
