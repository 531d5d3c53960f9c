"""An adviser looks for where to help: filters, sorts and opens evidence, by mouse, by keyboard and without script."""

import pytest
from django.urls import reverse

from tests import factories
from tests.reporting.portfolio import world


@pytest.fixture
def dashboard(live_server, sign_in, page, adviser, programme):
    """The dashboard of twelve projects, signed in."""
    world.counties()
    world.programme_of(12, programme)
    sign_in(page, adviser)
    return live_server.url + reverse("dashboard", args=[programme.slug])


def shown(page):
    return page.locator("#treff").inner_text()


def test_filters_live_in_the_address_and_survive_back_and_reload(page, dashboard):
    page.goto(dashboard)
    page.locator("#fylke").focus()
    page.locator("#fylke").select_option("19")
    page.wait_for_url(f"{dashboard}?fylke=19")
    page.get_by_text("Viser 3 av 12").wait_for()
    page.locator("#fylke:focus").wait_for()
    page.locator("#q").fill("nummer 3 ")
    page.wait_for_url(f"{dashboard}?fylke=19&q=nummer+3")
    page.get_by_text("Viser 1 av 12").wait_for()
    page.go_back()
    page.get_by_text("Viser 3 av 12").wait_for()
    assert page.locator("#q").input_value() == ""
    assert page.locator("#fylke").input_value() == "19"
    page.reload()
    assert "Viser 3 av 12" in shown(page)
    page.get_by_role("link", name="Nullstill").click()
    page.wait_for_url(lambda url: "fylke" not in url)
    page.get_by_text("Viser 12 av 12").wait_for()


def test_sorting_and_evidence_by_keyboard(page, dashboard):
    page.goto(dashboard)
    page.locator("#s-F3").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{dashboard}?sorter=-F3")
    page.locator("th[aria-sort=descending]", has_text="Måltall").wait_for()
    page.locator("#s-F3:focus").wait_for()
    cell = page.locator("td a.cell").first
    name = cell.get_attribute("id")
    cell.focus()
    page.keyboard.press("Enter")
    page.locator("#grunnlag h3").wait_for()
    page.locator(".evidence:focus").wait_for()
    assert page.url == f"{dashboard}?sorter=-F3"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(f"#{name}:focus").wait_for()
    page.locator("#status").select_option("mangler")
    page.wait_for_url(f"{dashboard}?status=mangler&sorter=-F3")


def test_it_works_without_script(browser, browser_context_args, live_server, sign_in, adviser, dashboard):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, adviser)
    page.goto(dashboard)
    page.locator("#fylke").select_option("19")
    page.get_by_role("button", name="Vis", exact=True).click()
    assert "fylke=19" in page.url
    assert "Viser 3 av 12" in shown(page)
    page.locator("#s-F3").click()
    assert "sorter=-F3" in page.url
    assert "fylke=19" in page.url
    page.locator("#filter button").click()
    assert "sorter=-F3" in page.url
    page.locator("td a.cell").first.click()
    assert "/arbeid/prosjekt/" in page.url
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_phone(page, dashboard, axe, no_sideways_scroll, scheme):
    page.emulate_media(color_scheme=scheme)
    for query in ("", "?q=finnes+ikke"):
        page.goto(dashboard + query)
        axe(page)
        no_sideways_scroll(page)
    page.goto(dashboard)
    page.locator("td a.cell").first.click()
    page.locator("#grunnlag h3").wait_for()
    page.locator("details summary").first.click()
    axe(page)
    no_sideways_scroll(page)


def test_a_past_day_lives_in_the_address_and_is_left_again(page, dashboard, axe, no_sideways_scroll):
    page.goto(dashboard)
    page.locator("#per").fill("31. desember 2014")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{dashboard}?per=2014-12-31")
    page.get_by_role("heading", name="Slik det så ut per 31. desember 2014").wait_for()
    assert page.locator("#per").input_value() == "31.12.2014"
    page.locator("#fylke").select_option("19")
    page.wait_for_url(f"{dashboard}?fylke=19&per=2014-12-31")
    page.get_by_text("Viser 3 av 12").wait_for()
    page.reload()
    axe(page)
    no_sideways_scroll(page)
    page.go_back()
    page.get_by_text("Viser 12 av 12").wait_for()
    assert page.locator("#per").input_value() == "31.12.2014"
    page.get_by_role("link", name="Vis i dag").click()
    page.wait_for_url(dashboard)
    page.locator("#hjelp").wait_for()


def test_a_day_that_cannot_be_shown_is_said_at_the_field(page, dashboard, axe, no_sideways_scroll):
    page.goto(f"{dashboard}?fylke=19")
    page.locator("#per").fill("i morgen")
    page.keyboard.press("Enter")
    page.locator("#per[aria-invalid=true]").wait_for()
    assert page.locator("#per").input_value() == "i morgen"
    assert page.locator("#fylke").input_value() == "19"
    page.get_by_text("Skriv dag, måned og år").first.wait_for()
    axe(page)
    no_sideways_scroll(page)
    page.locator("#per").fill("")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{dashboard}?fylke=19")
    page.get_by_text("Viser 3 av 12").wait_for()


def test_a_view_is_saved_shared_and_deleted_without_script(browser, browser_context_args, sign_in, adviser, dashboard):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, adviser)
    page.goto(f"{dashboard}?fylke=19&per=2014-12-31")
    page.get_by_role("link", name="Lagre visningen").click()
    page.get_by_role("button", name="Lagre").click()
    assert page.locator("#id_name").get_attribute("aria-invalid") == "true"
    page.locator("#id_name").fill("Til årsskiftet")
    page.get_by_role("button", name="Lagre").click()
    assert page.url == f"{dashboard}?fylke=19&per=2014-12-31"
    page.goto(dashboard)
    page.get_by_role("link", name="Lagrede visninger").click()
    page.get_by_role("link", name="Til årsskiftet", exact=True).click()
    assert page.url == f"{dashboard}?fylke=19&per=2014-12-31"
    page.get_by_role("link", name="Lagrede visninger").click()
    page.get_by_role("link", name="Endre Til årsskiftet").click()
    page.locator("#id_is_shared").check()
    page.get_by_role("button", name="Lagre").click()
    assert "Delt med programmet" in page.locator("main").inner_text()
    page.get_by_role("link", name="Endre Til årsskiftet").click()
    page.get_by_role("button", name="Slett visningen").click()
    assert "Du har ingen ennå" in page.locator("main").inner_text()
    context.close()


def test_the_pages_of_saved_views_are_accessible_and_fit_a_phone(
    page, dashboard, adviser, programme, axe, no_sideways_scroll
):
    row = factories.saved_view(
        programme, adviser, "Kompetanseutviklingsplanleggingsprosessdokumentasjonsansvarleg", is_shared=True
    )
    for path in ("", "visninger/", "visninger/ny/?fylke=19", f"visninger/{row.pk}/"):
        page.goto(dashboard + path)
        axe(page)
        no_sideways_scroll(page)
