"""The browser: the machine's own Chromium, cut off from the network, with the checks every journey makes."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests import browser as chromium

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium. None there: skipped, or failed where services are required."""
    path = chromium.chromium()
    if path is None:
        message = "no Chromium on PATH or in CHROMIUM; «make system» installs one"
        (pytest.fail if os.environ.get("REQUIRE_SERVICES") == "1" else pytest.skip)(message)
    return {**browser_type_launch_args, "executable_path": path, "args": chromium.ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Norwegian, in Norway, on a desktop."""
    view = {"width": 1440, "height": 900}
    return {**browser_context_args, "locale": "nb-NO", "timezone_id": "Europe/Oslo", "viewport": view}


@pytest.fixture
def page(page):
    """A page whose script errors and breaches of the content security policy fail the test."""
    errors = []
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    # The browser also reports every answer of 400 and up as an error, and htmx a lost net; tests that meet one mean to.
    expected = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")
    errors = [text for text in errors if not text.startswith(expected)]
    assert not errors, "the browser reported:\n" + "\n".join(errors)


@pytest.fixture
def sign_in(live_server):
    """`sign_in(page, user)`: hand the page a signed-in session."""

    def hand_over(page, user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return hand_over


@pytest.fixture
def axe():
    """`axe(page)`: fail, and say what and where, if axe finds anything wrong with the page as it stands."""

    def check(page):
        # Evaluated by the debugger, not by the page, so the content security policy need not be loosened.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        assert not violations, f"axe on {page.url}:\n" + "\n".join(map(_readable, violations))

    return check


def _readable(violation):
    nodes = [f"    {' '.join(map(str, node['target']))}\n      {node['html'][:160]}" for node in violation["nodes"][:5]]
    more = len(violation["nodes"]) - 5
    return "\n".join(
        [f"  {violation['id']} ({violation['impact']}): {violation['help']}", *nodes]
        + ([f"    … and {more} more"] if more > 0 else [])
    )


@pytest.fixture
def no_sideways_scroll():
    """`no_sideways_scroll(page)`: at 320 pixels nothing may stick out of the page's right edge."""

    def check(page):
        before = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 700})
        width = page.evaluate("document.documentElement.scrollWidth")
        wide = page.evaluate(
            """[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321)
            .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
        )
        page.set_viewport_size(before)
        assert width <= 320, f"{page.url} is {width} pixels wide at 320:\n" + "\n".join(wide)

    return check
