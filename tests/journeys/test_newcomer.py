"""From an empty real installation to a first result, all in the browser: an administrator, then a new leader."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command

from journal.queries import installation_mode
from saman import clock

ADMINISTRATOR, LEADER = "ada@departementet.example", "lise@tolgakommune.example"
CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)


@pytest.fixture
def real(settings, transactional_db):
    """An empty real installation, as the one who runs it leaves it: one administrator, and nothing else."""
    settings.DEMO = False
    cache.clear()  # the rate limits of sign-in
    call_command("create_admin", ADMINISTRATOR, "Ada Administrator")
    assert installation_mode() == "real"


@pytest.fixture
def sign_in_by_code(live_server, mailoutbox):
    """`sign_in_by_code(page, email)`: ask for a code, read it in the mail, type it."""

    def sign_in(page, email):
        page.goto(f"{live_server.url}/logg-inn/")
        assert page.get_by_role("heading", name="Demo").count() == 0
        page.get_by_label("E-postadresse").fill(email)
        page.get_by_role("button", name="Send kode").click()
        code = page.get_by_label("Kode")
        code.wait_for()
        assert mailoutbox[-1].to == [email]
        code.fill(CODE.search(mailoutbox[-1].body)[1])
        page.get_by_role("button", name="Logg inn", exact=True).click()
        page.wait_for_url(f"{live_server.url}/arbeid/")

    return sign_in


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visitor(request, browser, browser_context_args):
    """Opens pages for different people, with and without script."""
    contexts = []

    def open_page():
        contexts.append(browser.new_context(**browser_context_args, java_script_enabled=request.param))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_from_nothing_to_a_first_result(real, sign_in_by_code, visitor, live_server):
    admin = visitor()
    sign_in_by_code(admin, ADMINISTRATOR)
    set_up(admin)
    leader = visitor()
    sign_in_by_code(leader, LEADER)
    fields = first_target(leader)
    assert fields <= 10
    paste_and_read(leader)
    leader.goto(f"{live_server.url}/arbeid/")
    assert_few_concerns(leader)
    adviser = visitor()
    sign_in_by_code(adviser, "randi@departementet.example")
    adviser.get_by_role("link", name="Til oversikten").click()
    assert "Heiltid i Tolga" in adviser.locator("main").inner_text()


def set_up(page):
    """Municipalities, programme, theme, cohort, project, taken into use; then the people."""
    page.get_by_role("link", name="Gå til oppsettet").click()
    page.get_by_role("button", name="Hent inn kommunene").click()
    page.get_by_role("link", name="Nytt program").first.click()
    page.get_by_label("Navn på programmet").fill("Saman om heiltid")
    page.get_by_role("radio", name="Straks").check()
    page.get_by_role("button", name="Lag programmet").click()
    page.get_by_role("link", name="Legg til", exact=True).click()
    page.get_by_role("checkbox", name="Sykefravær").check()
    page.get_by_role("button", name="Legg til").click()
    page.get_by_role("link", name="Ny pulje").first.click()
    page.get_by_label("Navn på puljen").fill("Pulje 1")
    page.get_by_label("Starter").fill(f"01.01.{clock.today().year - 2}")
    page.get_by_role("button", name="Lag puljen").click()
    page.get_by_role("link", name="Nytt prosjekt").first.click()
    page.get_by_label("Navn på prosjektet").fill("Heiltid i Tolga")
    page.locator("[name=places]").first.fill("Tolga")
    page.get_by_role("checkbox", name="Sykefravær").check()
    page.get_by_role("button", name="Lag prosjektet").click()
    page.get_by_role("link", name="Ta i bruk").click()
    page.get_by_role("button", name="Ta i bruk").click()
    page.get_by_role("link", name="Gi noen en rolle").wait_for()
    home = page.url
    give(page, LEADER, "Lise Leder", "Prosjektleder")
    give(page, "eirik@tolgakommune.example", "Eirik Eier", "Prosjekteier")
    assert page.url == home
    page.locator(".crumbs").get_by_role("link", name="Saman om heiltid").last.click()
    give(page, "randi@departementet.example", "Randi Rådgiver", "Rådgiver")


def give(page, email, name, role):
    page.get_by_role("link", name="Gi noen en rolle").click()
    page.get_by_label("E-postadresse").fill(email)
    page.get_by_label("Navn").fill(name)
    page.get_by_label("Rolle").select_option(role)
    page.get_by_role("button", name="Gi rollen").click()
    page.get_by_text(f"{name} har fått rollen").wait_for()


def first_target(page):
    """One clear first step, and the sentence filled in; the number of fields that took."""
    page.get_by_role("heading", name="Lag det første effektmålet").wait_for()
    assert page.locator("main .ds-button:not([data-variant])").count() == 1
    page.get_by_role("link", name="Lag effektmålet").click()
    year = clock.today().year
    typed = {
        "scope": "pleie og omsorg",
        "baseline_value": "10,8",
        "baseline_on": f"{year - 3}",
        "target_value": "9,0",
        "target_on": f"{year + 1}",
        "population": "240",
        "measures_after_end": "Leder for pleie og omsorg",
    }
    page.locator("[name=direction]").select_option("-1")
    page.locator("[name=indicator]").select_option("sykefravaer_legemeldt")
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Lagre effektmålet").click()
    page.get_by_text("Effektmålet er lagret").wait_for()
    return len(typed) + 2


def paste_and_read(page):
    """Four yearly numbers, said back, stored; the page shows a result and why."""
    year = clock.today().year
    lines = [f"{year - 4} 11,0", f"{year - 3}\t10,8", f"{year - 2} 10,1", f"{year - 1} 9,6"]
    page.get_by_label("Lim inn tall").fill("\n".join(lines))
    page.get_by_role("button", name="Se hva Saman forstår").click()
    page.get_by_role("button", name="Lagre 4 målinger").click()
    page.get_by_text("4 målinger er lagret.").first.wait_for()
    status = page.locator("section[aria-labelledby=k4]")
    assert status.locator("p.small").first.inner_text().strip()
    assert page.locator("h1 + .ds-tag").get_attribute("data-status") not in (None, "mangler", "ikke-startet")
    assert page.locator(".fig-point").count() == 4


def assert_few_concerns(page):
    """At most three concerns, each with one action."""
    concerns = page.locator("ul.tasks > li:has(.lv)")
    assert concerns.count() <= 3
    for index in range(concerns.count()):
        assert concerns.nth(index).locator(":is(a, button).ds-button").count() == 1
