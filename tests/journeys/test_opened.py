"""What opens, is saved or collides in a page after it came: as accessible, and as narrow, as the rest."""

import pytest

from accounts.actor import Actor
from benefits.actions import measurements
from benefits.models import Measurement, Milestone
from saman import clock
from tests.journeys import house

OPEN_ALL = "document.querySelectorAll('main details').forEach(one => { one.open = true; })"


@pytest.fixture
def furnished(project, leader, owner):
    house.furnish(project, leader, owner)
    return project


@pytest.fixture
def at(live_server, furnished):
    """`at(path)`: an address in the project."""
    return lambda path="": f"{live_server.url}/arbeid/prosjekt/{furnished.slug}/{path}"


def test_everything_folded_away(page, sign_in, leader, at, look):
    sign_in(page, leader)
    wrong = []
    for path in ("", "mal/1/", "mal/2/", "mal/3/", "mal/1/endre/", "mal/nytt/", "milepaler/"):
        page.goto(at(path))
        page.evaluate(OPEN_ALL)
        wrong += [f"{path or 'overview'}: {found}" for found in look(page)]
    assert not wrong, "\n".join(wrong)


def test_the_persons_menu(page, sign_in, leader, at, look):
    sign_in(page, leader)
    page.goto(at())
    page.locator("button[popovertarget=me]").click()
    page.locator("#me").get_by_role("link").first.wait_for()
    assert not (found := look(page)), "\n".join(found)


def test_a_value_saved_corrected_and_collided_with(page, sign_in, leader, at, look):
    sign_in(page, leader)
    page.goto(at("mal/1/"))
    page.locator("#id_measured_on").fill("15.01.2015")
    page.locator("#id_value").fill("9,4")
    page.locator("#id_source").fill("Fraværssystemet")
    page.locator("#ny").get_by_role("button", name="Lagre", exact=True).click()
    page.locator("tr.just-saved").wait_for()
    wrong = look(page)
    page.get_by_role("link", name="Rett målingen 15. januar 2015").click()
    page.locator("tr.edit #rett_measured_on:focus").wait_for()
    wrong += look(page)
    saved = Measurement.objects.get(measured_on="2015-01-15")
    measurements.withdraw(by=Actor(user=leader, now=clock.now()), measurement=saved)
    page.locator("#rett_value").fill("9,6")
    page.locator("#rett_reason").fill("Skrevet av feil")
    page.get_by_role("button", name="Lagre rettelsen").click()
    page.get_by_text("Du skrev 9,6, 15.01.2015").first.wait_for()
    wrong += look(page)
    assert not wrong, "\n".join(wrong)


def test_pasted_lines_right_and_wrong(page, sign_in, leader, at, look):
    sign_in(page, leader)
    page.goto(at("mal/2/malinger/lim-inn/"))
    page.locator("#id_text").fill("2013 10,8\nikke et tall\n2014-13 9\n" + house.WORD)
    page.get_by_role("button", name="Se hva Saman forstår").click()
    page.get_by_text("linjer må rettes").wait_for()
    assert not (found := look(page)), "\n".join(found)


def test_an_answer_in_place(page, sign_in, leader, at, look):
    sign_in(page, leader)
    page.goto(at())
    page.locator("a[href*='/tiltak/']").first.click()
    page.locator("form.answer h4:focus").wait_for()
    wrong = look(page)
    page.locator("form.answer button[type=submit]").click()
    page.locator("form.answer .ds-error-summary").wait_for()
    wrong += look(page)
    assert not wrong, "\n".join(wrong)


def test_two_who_change_the_same(page, context, sign_in, leader, at, look):
    milestone = Milestone.objects.get(title="Bemanningsplanen er vedtatt")
    wrong = []
    sign_in(page, leader)
    for path, field, button in (
        (f"milepaler/{milestone.pk}/endre/", "[name=title]", "Lagre"),
        ("mal/1/endre/", "[name=title]", "Lagre endringen"),
    ):
        other = context.new_page()
        for one in (other, page):
            one.goto(at(path))
        for one, text in ((other, "Den andres tittel"), (page, f"Min tittel {house.WORD[:60]}")):
            one.evaluate(OPEN_ALL)
            one.locator(field).first.fill(text)
            one.get_by_role("button", name=button, exact=True).click()
            said = "Endringen er lagret." if one is other else "Noen andre har endret"
            one.get_by_text(said).first.wait_for()
        assert page.locator(field).first.input_value().startswith("Min tittel")
        wrong += [f"{path}: {found}" for found in look(page)]
        other.close()
    assert not wrong, "\n".join(wrong)
