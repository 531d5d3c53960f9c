"""Screenshots of every page, from a demonstration of their own: desktop, phone and dark, and contact sheets of each.

`make shots` writes shots/*.png; `--readme` also renews the few pictures the README shows (docs/screenshots).
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from scripts import report_shots  # noqa: E402
from scripts.report_shots import Step  # noqa: E402
from tests.browser import ARGUMENTS, chromium  # noqa: E402

SHOTS = ROOT / "shots"
DATABASE = ROOT / "var" / "shots.sqlite3"
README_SHOTS = ROOT / "docs" / "screenshots"
PYTHON = sys.executable
# The demonstration's people, as their buttons on the sign-in page say.
ADVISER, ADMINISTRATOR = "Rådgiver · hele programmet", "Administrator · setter opp programmer"
LEADER, OWNER = "Prosjektleder · Heltid i Hamar", "Prosjekteier · Heltid i Hamar"
NEWCOMER = "Prosjektleder · Omdømmebygging i Salangen"
# Name of the picture: whose eyes, the address, and what is done there first.
PAGES: dict[str, tuple[str, str] | tuple[str, str, Step]] = {
    "front": ("", "/"),
    "catalogue": ("", "/prosjekter/"),
    "public-project": ("", "/prosjekt/hamar/"),
    "municipality": ("", "/kommune/3403/"),
    "lessons": ("", "/laeringspunkter/"),
    "open-data": ("", "/data/"),
    "about": ("", "/om/"),
    "how": ("", "/slik-regner-vi/"),
    "privacy": ("", "/personvern/"),
    "accessibility": ("", "/tilgjengelighet/"),
    "sign-in": ("", "/logg-inn/"),
    "not-found": ("", "/finnes-ikke/"),
    "dashboard": (ADVISER, "/arbeid/oversikt/saman/"),
    "dashboard-filtered": (ADVISER, "/arbeid/oversikt/saman/?tema=sykefravaer"),
    "dashboard-nothing": (ADVISER, "/arbeid/oversikt/saman/?q=finnes+ikke"),
    "comparison": (ADVISER, "/arbeid/oversikt/saman/sammenlign/"),
    "analysis-benefits": (ADVISER, "/arbeid/oversikt/saman/analyse/gevinster/"),
    "analysis-forecast": (ADVISER, "/arbeid/oversikt/saman/analyse/prognose/"),
    "analysis-pitfalls": (ADVISER, "/arbeid/oversikt/saman/analyse/fallgruver/"),
    "analysis-activity": (ADVISER, "/arbeid/oversikt/saman/analyse/aktivitet/"),
    "analysis-worked": (ADVISER, "/arbeid/oversikt/saman/analyse/virket/"),
    "analysis-similar": (ADVISER, "/arbeid/oversikt/saman/analyse/lignende/?mal=hamar-1"),
    "dashboard-past": (ADVISER, "/arbeid/oversikt/saman/?per=2014-06-15"),
    "saved-views": (ADVISER, "/arbeid/oversikt/saman/visninger/"),
    "project-adviser": (ADVISER, "/arbeid/prosjekt/hamar/"),
    "my-work": (LEADER, "/arbeid/"),
    "my-work-newcomer": (NEWCOMER, "/arbeid/"),
    "my-work-owner": (OWNER, "/arbeid/"),
    "project": (LEADER, "/arbeid/prosjekt/hamar/"),
    "target": (LEADER, "/arbeid/prosjekt/hamar/mal/1/"),
    "target-edit": (LEADER, "/arbeid/prosjekt/hamar/mal/1/endre/"),
    "target-history": (LEADER, "/arbeid/prosjekt/hamar/mal/1/historikk/"),
    "target-new": (NEWCOMER, "/arbeid/prosjekt/salangen/mal/nytt/"),
    "target-import": (LEADER, "/arbeid/prosjekt/hamar/malinger/fra-fil/"),
    "plan": (OWNER, "/arbeid/prosjekt/hamar/plan/"),
    "plan-version": (OWNER, "/arbeid/prosjekt/hamar/plan/versjon/2/"),
    "initiatives": (LEADER, "/arbeid/prosjekt/hamar/plan/tiltak/"),
    "map": (LEADER, "/arbeid/prosjekt/hamar/gevinstkart/"),
    "milestones": (LEADER, "/arbeid/prosjekt/hamar/milepaler/"),
    "freed-time": (ADVISER, "/arbeid/prosjekt/surnadal/frigitt-tid/"),
    "freed-time-newcomer": (NEWCOMER, "/arbeid/prosjekt/salangen/frigitt-tid/"),
    "stakeholders": (LEADER, "/arbeid/prosjekt/hamar/interessenter/"),
    "counting": (LEADER, "/arbeid/prosjekt/hamar/telt-en-gang/"),
    "continuation": (OWNER, "/arbeid/prosjekt/hamar/videreforing/"),
    "account": (LEADER, "/arbeid/konto/"),
    "setup": (ADMINISTRATOR, "/arbeid/oppsett/"),
    "operations": (ADMINISTRATOR, "/arbeid/oppsett/drift/"),
    "setup-programme-new": (ADMINISTRATOR, "/arbeid/oppsett/nytt-program/"),
    "setup-programme": (ADMINISTRATOR, "/arbeid/oppsett/program/saman/"),
    "setup-thresholds": (ADMINISTRATOR, "/arbeid/oppsett/program/saman/terskler/"),
    "setup-project": (ADMINISTRATOR, "/arbeid/oppsett/prosjekt/hamar/"),
}
PAGES |= report_shots.PAGES
IN_README = ("dashboard", "project", "target", "map", "freed-time", "my-work", "analysis-similar", "front", "lessons")
LOOKS = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
}


def main() -> int:
    """Make the pictures; 1 when there is no browser."""
    browser_path = chromium()
    if browser_path is None:
        print("No Chromium on PATH or in CHROMIUM. «make system», as root, installs one.", file=sys.stderr)
        return 1
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir()
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for look in LOOKS:
            photograph(browser, address, look)
            contact_sheet(browser, look)
        browser.close()
    if "--readme" in sys.argv:
        README_SHOTS.mkdir(parents=True, exist_ok=True)
        for name in IN_README:
            shutil.copy(SHOTS / f"desktop-{name}.png", README_SHOTS / f"{name}.png")
    print(f"{len(list(SHOTS.iterdir()))} pictures in {SHOTS.relative_to(ROOT)}/; begin with sheet-desktop.png")
    return 0


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration of the pictures' own on a free port; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    DATABASE.parent.mkdir(exist_ok=True)
    settings = {"SAMAN_DEMO": "1", "SAMAN_PLAIN_STATIC": "1", "DATABASE_URL": f"sqlite:///{DATABASE}"}
    environment = {**os.environ, **settings, "LOG_LEVEL": "ERROR"}
    for command in ("migrate", "load_demo"):
        subprocess.run([PYTHON, "manage.py", command, "-v0"], cwd=ROOT, env=environment, check=True)
    server = subprocess.Popen(
        [PYTHON, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"], cwd=ROOT, env=environment
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/helse/klar")
        yield address
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address: str) -> None:
    """Return when the address answers; give up after half a minute."""
    for _ in range(60):
        try:
            with urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(address)


def photograph(browser: Browser, address: str, look: str) -> None:
    """Every page in one look."""
    for person in dict.fromkeys(row[0] for row in PAGES.values()):
        context = browser.new_context(**LOOKS[look])  # type: ignore[arg-type]
        for name, (_, path, *steps) in ((name, row) for name, row in PAGES.items() if row[0] == person):
            page = context.new_page()
            if person and "session" not in {cookie["name"] for cookie in context.cookies()}:
                sign_in(page, address, person)
            page.goto(address + path)
            for step in steps:
                step(page)
            page.screenshot(path=SHOTS / f"{look}-{name}.png", full_page=True)
            page.close()
        context.close()


def sign_in(page: Page, address: str, person: str) -> None:
    """Be one of the demonstration's people: by the words of a button, or by role and project, as leader@sel."""
    page.goto(f"{address}/logg-inn/")
    if "@" in person:
        button = page.locator("button[name=person]").first
        button.evaluate("(button, pk) => { button.value = pk; }", key_of(person))
        button.click()
    else:
        page.get_by_role("button", name=person).click()
    page.wait_for_url("**/arbeid/**")


def key_of(person: str) -> str:
    """The key of whoever has a role in a project."""
    role, project = person.split("@")
    query = """SELECT person_id FROM projects_roleassignment r JOIN projects_project p ON p.id = r.project_id
        WHERE p.slug = ? AND r.role = ? ORDER BY r.id"""
    with sqlite3.connect(DATABASE) as database:
        return str(database.execute(query, [project, role]).fetchone()[0])


def contact_sheet(browser: Browser, look: str) -> None:
    """All pictures of a look side by side, with their names."""
    rows = "".join(
        f'<figure><img src="{path.name}"><figcaption>{path.stem}</figcaption></figure>'
        for path in sorted(SHOTS.glob(f"{look}-*.png"))
    )
    sheet = SHOTS / f"{look}.html"
    sheet.write_text(f"<meta charset=utf-8><style>{SHEET_STYLE}</style>{rows}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1800, "height": 1000})
    page.goto(sheet.as_uri())
    page.screenshot(path=SHOTS / f"sheet-{look}.png", full_page=True)
    page.close()
    sheet.unlink()


SHEET_STYLE = """body{display:flex;flex-wrap:wrap;gap:16px;font:14px sans-serif;background:#ddd}
figure{margin:0;width:420px}
img{width:100%;max-height:900px;object-fit:cover;object-position:top;border:1px solid #aaa}"""


if __name__ == "__main__":
    sys.exit(main())
