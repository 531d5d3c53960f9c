"""The way in: the public front page and one's own work, as the browser meets them."""

import pytest


@pytest.mark.smoke
def test_front_page_is_whole_accessible_and_fits_a_phone(page, live_server, db, axe, no_sideways_scroll):
    page.goto(live_server.url)
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "nb"
    axe(page)
    no_sideways_scroll(page)
    page.emulate_media(color_scheme="dark")
    axe(page)


@pytest.mark.smoke
def test_someone_signed_in_comes_to_their_own_work(page, live_server, leader, sign_in, axe):
    sign_in(page, leader)
    page.goto(f"{live_server.url}/arbeid/")
    assert page.url == f"{live_server.url}/arbeid/"
    axe(page)


def test_someone_not_signed_in_is_asked_to(page, live_server, db):
    page.goto(f"{live_server.url}/arbeid/")
    assert page.url.startswith(f"{live_server.url}/logg-inn/")
