"""The browser: the machine's own Chromium, cut off from the network, with the checks every journey makes."""

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests import browser as chromium
from tests.effort import THOROUGH

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
# What is still fading in has other colours than it will have.
AT_REST = """() => Promise.allSettled(document.getAnimations()
    .filter(one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished))"""
PATIENCE_MS = 30_000  # what is waited for comes; on a busy machine late
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that another colour scheme can break
expect.set_options(timeout=PATIENCE_MS)


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
    with _watched(page):
        yield page


@pytest.fixture
def someone(new_context):
    """`someone()`: the page of one more person, in a browser of their own, watched as `page` is."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(_watched(new_context().new_page()))


@contextmanager
def _watched(page):
    errors = []
    page.set_default_timeout(PATIENCE_MS)
    page.set_default_navigation_timeout(60_000)  # the first page of a server is slow on a busy machine
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
        violations = _violations(page)
        assert not violations, f"axe on {page.url}:\n" + "\n".join(violations)

    return check


def _violations(page, *, only_colour=False):
    """What axe finds wrong, readably; in another colour scheme only colours can differ."""
    # Evaluated by the debugger, not by the page, so the content security policy need not be loosened.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(AT_REST)
    options = {"resultTypes": ["violations"]} | ({"runOnly": COLOURS} if only_colour else {})
    return list(map(_readable, page.evaluate("async (o) => (await axe.run(document, o)).violations", options)))


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
        assert not (wide := _too_wide(page)), f"{page.url}{wide}"

    return check


def _too_wide(page):
    """What sticks out at 320 pixels, readably; empty when nothing does."""
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 700})
    for _ in range(20):  # what floats finds its place anew a moment after the window has changed
        width = page.evaluate("document.documentElement.scrollWidth")
        if width <= 320:
            break
        page.wait_for_timeout(100)
    wide = page.evaluate(
        """[...document.querySelectorAll('main *, header *, footer *')].filter(e =>
        e.getBoundingClientRect().right > 321 && !e.parentElement.closest('.scroll'))
        .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )
    page.set_viewport_size(before)
    return "" if width <= 320 else f" is {width} pixels wide at 320:\n" + "\n".join(wide)


@pytest.fixture
def look():
    """`look(page, language)`: all that is wrong with the page as it stands, as lines; in the dark too, in bokmål.

    The markup is the same in every language, so axe looks at one; at the others too in `make robustness`.
    """

    def check(page, language="nb"):
        facts = page.evaluate("[document.documentElement.lang, document.querySelectorAll('h1').length, document.title]")
        wrong = [] if facts[:2] == [language, 1] and facts[2].removesuffix("– Saman").strip() else [f"is {facts}"]
        if language == "nb" or THOROUGH:
            wrong += _violations(page)
        if language == "nb":  # the colours are the same in every language
            page.emulate_media(color_scheme="dark")
            wrong += [f"in the dark {found}" for found in _violations(page, only_colour=True)]
            page.emulate_media(color_scheme="light")
        return wrong + ([wide] if (wide := _too_wide(page)) else [])

    return check
