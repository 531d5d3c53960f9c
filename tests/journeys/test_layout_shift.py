"""Nothing on the dashboard moves after it is shown: not as it loads, and not when a filter changes it."""

import pytest
from django.urls import reverse

from tests import factories
from tests.reporting.portfolio import world

# Every shift the browser has seen, also one that follows what a person did: those are usually let off.
WATCH = """() => {
    window.shifts = [];
    window.watcher = new PerformanceObserver(list => shifts.push(...list.getEntries()));
    watcher.observe({ type: "layout-shift", buffered: true });
}"""
SEEN = """async () => {
    await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))));
    shifts.push(...watcher.takeRecords());
    return shifts.map(one => `${one.value} of ${one.sources.map(s => s.node?.outerHTML?.slice(0, 90))}`);
}"""
PUSH = """() => {
    const box = document.createElement("p");
    box.textContent = "Det som kommer til over det andre";
    document.querySelector("main").prepend(box);
}"""


@pytest.fixture
def dashboard(live_server, sign_in, page, adviser, programme):
    """The dashboard of twelve projects, with their reports, signed in; every shift is watched."""
    world.counties()
    world.programme_of(12, programme)
    world.reports(programme)
    factories.saved_view(programme, adviser)
    sign_in(page, adviser)
    return live_server.url + reverse("dashboard", args=[programme.slug])


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("query", ["", "?per=2014-12-31"], ids=["today", "past"])
def test_nothing_moves(page, dashboard, width, query):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(dashboard + query, wait_until="load")
    page.evaluate(WATCH)
    assert page.evaluate(SEEN) == [], "as it loads"
    page.locator("#fylke").select_option("19")
    page.get_by_text("Viser 3 av 12").wait_for()
    assert page.evaluate(SEEN) == [], "as a filter changes it"
    page.locator("#q").fill("nummer 3 ")
    page.get_by_text("Viser 1 av 12").wait_for()
    assert page.evaluate(SEEN) == [], "as a search changes it"


@pytest.mark.parametrize("width", [1440, 390])
def test_the_measurement_sees_what_moves(page, dashboard, width):
    """The control: something put in above the rest moves it."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(dashboard, wait_until="load")
    page.evaluate(WATCH)
    assert page.evaluate(SEEN) == []
    page.evaluate(PUSH)
    assert page.evaluate(SEEN)
