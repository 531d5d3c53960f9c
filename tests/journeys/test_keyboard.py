"""Without a mouse: sign in, register a value, answer a concern; focus lands where the next thing is."""

from datetime import date

import pytest

from accounts.demo import DOMAIN
from benefits.models import Measurement, WarningEvent
from journal.actions import mark_installation
from projects.models import Project
from projects.roles import Role
from tests import factories
from tests.journeys import house
from tests.journeys.keyboard import tab_to


@pytest.fixture
def target(transactional_db, settings, project):
    """A demonstration with one leader to be; the target lacks a baseline."""
    mark_installation(mode="demo", now=factories.noon(factories.START))
    Project.objects.filter(pk=project.pk).update(catalogue_name="Hamar")  # one of those offered at sign-in
    leader = factories.user("Lise Leder", email=f"leder{DOMAIN}")
    factories.role(leader, Role.LEADER, project)
    made = factories.target(project, is_main=True, baseline_value=None, baseline_on=None)
    house.assess(project)
    return made


def test_signing_in_registering_and_answering(page, live_server, project, target):
    page.goto(f"{live_server.url}/logg-inn/")
    tab_to(page, "button[name=person]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/arbeid/")
    register(page, f"{live_server.url}/arbeid/prosjekt/{project.slug}/mal/1/")
    answer(page, f"{live_server.url}/arbeid/prosjekt/{project.slug}/")


def register(page, address):
    """A slip brings focus to the field; a stored value brings it to the next date."""
    page.goto(address)
    tab_to(page, "#id_measured_on")
    page.keyboard.type("31.12.2014")
    tab_to(page, "#id_value")
    page.keyboard.type("ca. 12")
    tab_to(page, "#id_source")
    page.keyboard.press("Control+A")
    page.keyboard.type("Fraværssystemet")
    page.keyboard.press("Enter")
    page.locator("#id_value[aria-invalid=true]:focus").wait_for()
    page.keyboard.press("Control+A")
    page.keyboard.type("9,4")
    page.keyboard.press("Enter")
    page.locator("#id_measured_on:not([aria-invalid=true]):focus").wait_for()
    assert Measurement.objects.get().measured_on == date(2014, 12, 31)
    page.locator("#kunngjoring", has_text="Målingen er lagret.").wait_for(state="attached")


def answer(page, address):
    """The form of answer opens where the button was, and takes focus."""
    page.goto(address)
    tab_to(page, "a[href*='/tiltak/']")
    page.keyboard.press("Enter")
    page.locator("form.answer h4:focus").wait_for()
    assert page.url == address
    tab_to(page, "form.answer [name=note]")
    page.keyboard.type("Vi henter tallet fra lønnssystemet.")
    tab_to(page, "form.answer button[type=submit]")
    page.keyboard.press("Enter")
    page.get_by_text("Tiltaket er lagret.").wait_for()
    assert WarningEvent.objects.filter(kind=WarningEvent.Kind.ACTION).count() == 1
