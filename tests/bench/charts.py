"""Goal 11: a page with a chart the server draws, beside the same page with Plotly, on a slow line and processor."""

from statistics import median
from typing import Any

from django.urls import reverse

from projects.models import Project
from tests.bench import web
from tests.bench.measure import tell
from tests.bench.world import WATCHED, adviser_cookie
from tests.browser import ARGUMENTS, chromium

LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
SLOWER = 4
SEEN = """selector => { const look = () => {
  if (document.querySelector(selector)?.getBoundingClientRect().height) window.seen = performance.now();
  else requestAnimationFrame(look); }; look(); }"""


def run(repeats: int = 5) -> None:
    """Both pages in turn, each time with nothing in the browser's cache."""
    if not (path := chromium()):
        print("\n  11 pages with charts: no Chromium on PATH or in CHROMIUM, NOT MEASURED")
        return
    from playwright.sync_api import sync_playwright

    project = Project.objects.filter(cohort__programme__slug=WATCHED).earliest("pk")
    page, cookie = reverse("target", args=[project.slug, 1]), adviser_cookie()
    ways = {"ours": (page, "svg.fig"), "plotly": (f"/plotly{page}", "#drawn .main-svg")}
    found: dict[str, list[tuple[int, float]]] = {name: [] for name in ways}
    with web.served(compressed=True) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for address, _ in ways.values():  # templates are read once
            web.answered(port, address, f"Cookie: {cookie}")
        for _ in range(repeats):
            for name, (address, selector) in ways.items():
                found[name].append(_seen(browser, cookie, f"http://127.0.0.1:{port}", address, selector))
        browser.close()
    (ours, soon), (theirs, late) = ([median(part) for part in zip(*found[name], strict=True)] for name in ways)
    print(
        f"\nA chart on a slow line, ours and Plotly's: script {ours:,.0f} and {theirs:,.0f} bytes, "
        f"seen after {soon:.0f} and {late:.0f} ms"
    )
    tell("11", "script / script with Plotly", ours / theirs, "at most", 0.125)
    tell("11", "chart visible / with Plotly", soon / late, "at most", 0.2)


def _seen(browser: Any, cookie: str, root: str, address: str, selector: str) -> tuple[int, float]:
    """Bytes of script on the line, and milliseconds until the chart is there."""
    context = browser.new_context(bypass_csp=True)  # to ask the page what it shows
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": root}])
    page = context.new_page()
    wire, scripts, size = context.new_cdp_session(page), set(), 0
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def came(event: dict[str, Any]) -> None:
        if event["type"] == "Script":
            scripts.add(event["requestId"])

    def ended(event: dict[str, Any]) -> None:
        nonlocal size
        size += event["encodedDataLength"] if event["requestId"] in scripts else 0

    wire.on("Network.responseReceived", came)
    wire.on("Network.loadingFinished", ended)
    page.add_init_script(f"({SEEN})({selector!r})")
    page.goto(root + address, timeout=120_000)
    page.wait_for_function("window.seen", timeout=120_000)
    page.wait_for_load_state("networkidle", timeout=120_000)
    moment = page.evaluate("window.seen")
    context.close()
    return size, moment
