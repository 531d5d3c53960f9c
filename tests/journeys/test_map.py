"""The benefit map without a mouse: made of what exists, a box and a line added, a loose end named and then gone."""

import pytest

from benefits.models import MapLink, MapNode, PitfallWarning
from tests import factories
from tests.journeys import house
from tests.journeys.keyboard import press, tab_to


@pytest.fixture
def at(live_server, project):
    """An address of the project."""
    return lambda path="": f"{live_server.url}/arbeid/prosjekt/{project.slug}/{path}"


def choose(page, selector, text):
    """Choose in a list by typing the beginning of what it says."""
    tab_to(page, selector)
    page.keyboard.type(text)


def test_a_leader_makes_a_map_and_ties_up_a_loose_end_by_keyboard(page, sign_in, axe, project, leader, owner, at):
    factories.target(project, is_main=True, title="Ufrivillig deltid")
    house.assess(project)
    sign_in(page, leader)
    page.goto(at("gevinstkart/"))
    page.get_by_text("Kartet er ikke i bruk").wait_for()
    axe(page)
    press(page, "main button", "Lag kart av det som finnes")
    page.get_by_text("Kartet har fått 1 boks.").wait_for()
    weak = page.get_by_role("region", name="Svake punkter i kartet")
    weak.get_by_text("gir ingen gevinst").wait_for()

    press(page, "main a", "Legg til boks")
    page.get_by_role("heading", name="Ny boks").wait_for()
    choose(page, "#id_kind", "Gevinst")
    tab_to(page, "#id_title")
    page.keyboard.type("Lettere å rekruttere")
    page.keyboard.press("Enter")
    page.get_by_text("Boksen er lagt til.").wait_for()
    gain = MapNode.objects.get(kind="benefit")

    press(page, ".node", "Ufrivillig deltid")
    page.locator(".node[aria-current=true]:focus", has_text="Ufrivillig deltid").wait_for()
    press(page, "#valgt a", "Koble videre")
    page.get_by_role("heading", name="Ny sammenheng").wait_for()
    choose(page, "#id_til", "Lettere")
    tab_to(page, "#id_share")
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    page.get_by_text("Sammenhengen er lagt til.").wait_for()
    link = MapLink.objects.get()
    assert (link.leads_to, link.share, link.is_documented) == (gain, 60, False)
    assert weak.get_by_text("gir ingen gevinst").count() == 0
    weak.get_by_text("bidrar ikke til noe mål").wait_for()
    assert page.locator(".node.on").count() == 2
    axe(page)


def test_a_full_time_map_without_culture_says_so_until_a_driver_of_culture_stands_on_it(
    page, sign_in, project, leader, owner, at
):
    factories.target(project, is_main=True, title="Andel i heltidsstilling", indicator="heltidsandel")
    factories.map_box(project, kind="driver", driver="roster", title="Turnus med hele stillinger")
    house.assess(project)
    assert PitfallWarning.objects.filter(project=project, cause="no_culture", severity=1, closed_on=None).exists()
    sign_in(page, leader)
    page.goto(at())
    assert page.get_by_text("Alle driverne i gevinstkartet").count() == 0, "it is no concern"
    page.goto(at("gevinstkart/"))
    page.get_by_text("Alle driverne i gevinstkartet").wait_for()
    page.get_by_role("link", name="Legg til boks").click()
    page.get_by_label("Hva slags boks er det?").select_option("driver:attitudes")
    page.get_by_label("Hva boksen heter").fill("Vi spør alltid etter hele stillinger")
    page.get_by_role("button", name="Legg til boks").click()
    page.get_by_text("Boksen er lagt til.").wait_for()
    assert page.get_by_text("Alle driverne i gevinstkartet").count() == 0
    assert not PitfallWarning.objects.filter(project=project, rule="L5", closed_on=None).exists()


def test_no_word_on_a_box_is_cut(page, sign_in, project, leader, at):
    factories.map_box(project, kind="driver", driver="unions", title="Heltidsavtale med tillitsvalgte og verneombud")
    sign_in(page, leader)
    page.goto(at("gevinstkart/"))
    words = page.locator(".node small > span")
    assert "Driver: Tillitsvalgte og partssamarbeid" in words.all_inner_texts()
    assert words.evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")
    assert page.locator(".node").evaluate_all("all => all.every(one => one.scrollHeight <= one.clientHeight)")
