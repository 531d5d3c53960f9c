"""Anyone searches the catalogue: the address holds the search, with and without script."""

import pytest
from django.urls import reverse

from tests import factories
from tests.reporting.portfolio import world


@pytest.fixture
def catalogue(live_server, programme):
    """Twelve projects in four counties."""
    _troms, nordland, *_rest = world.counties()
    world.programme_of(12, programme)
    factories.project(factories.municipality("Ørsta", county=nordland), title="Heiltid i Ørsta")
    return live_server.url + reverse("catalogue")


def found(page):
    return page.locator("#antall").inner_text()


def test_a_search_lives_in_the_address(page, context, catalogue):
    page.goto(catalogue)
    everything = found(page)
    page.locator("#fylke").select_option("19")
    page.wait_for_url(lambda url: "fylke=19" in url)
    page.locator("#antall", has_text="3").wait_for()
    page.locator("#q").fill("ingen slik")
    page.wait_for_url(lambda url: "q=ingen" in url)
    page.locator("#antall", has_text="0").wait_for()
    shared = context.new_page()
    shared.goto(page.url)
    assert found(shared) == found(page)
    assert shared.locator("#fylke").input_value() == "19"
    page.go_back()
    page.locator("#antall", has_text="3").wait_for()
    page.reload()
    assert page.locator("#fylke").input_value() == "19"
    assert found(page) != everything


def test_it_works_without_script(browser, browser_context_args, catalogue):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(catalogue)
    page.locator("#q").fill("ørsta")
    page.get_by_role("button", name="Søk").click()
    assert "q=" in page.url
    assert "Heiltid i Ørsta" in page.locator("main").inner_text()
    assert "Prosjekt på Øya nummer 1 " not in page.locator("main").inner_text()
    context.close()
