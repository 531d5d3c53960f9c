"""Saving while writing, in a real browser over a bad net: what is typed stays, is tried again, and is stored once."""

import re
import time
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from reporting.annual.models import ConflictCopy, Report
from tests import factories
from tests.effort import times
from tests.reporting.annual.writing import a_round, begun, filled, save

pytestmark = pytest.mark.django_db(transaction=True)
OFTEN = pytest.mark.parametrize("turn", range(times(1, 50)))
SECTION, FIELD = "videre", "#sv-neste"
SAVED, NOT_SAVED = re.compile("Lagret kl\\."), re.compile("Ikke lagret")


@pytest.fixture
def report(project, leader, programme):
    target = factories.target(project, is_main=True)
    factories.measurement(target, date(2014, 12, 31), "9.6", n=200)
    return begun(project, leader, a_round(programme))


@pytest.fixture
def place(live_server, project):
    """`place(section)`: the address of a section."""
    return lambda section=SECTION: live_server.url + reverse("report_section", args=[project.slug, "2014", section])


@pytest.fixture
def writing(page, place, sign_in, leader, report):
    """The section open, with the leader signed in."""
    sign_in(page, leader)
    page.goto(place())
    return page


@pytest.fixture
def net(page, place):
    """`net(what)`: every save is "lost" on the way, its "answer lost" after it is stored, or answered by a status."""

    def set_to(what):
        def handle(route):
            if route.request.method != "POST":
                return route.continue_()
            if what == "answer lost":
                route.fetch()
            if isinstance(what, int):
                return route.fulfill(status=what, body="")
            return route.abort()

        page.unroute_all(behavior="wait")
        if what != "well":
            page.route(place(), handle)

    return set_to


def stored(report, key="neste", section=SECTION):
    return report.sections.get(key=section).data.get(key)


def type_in(page, text, field=FIELD):
    page.locator(field).press_sequentially(text)


def is_stored(page, report, text, key="neste", section=SECTION):
    """Wait until the page says so; then it must be true."""
    expect(page.locator("#lagret")).to_contain_text(SAVED)
    expect(page.locator("[name=was]")).to_have_value(re.compile(re.escape(f'"{text}"')))
    assert stored(report, key, section) == text


def sign_out(page):
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def test_saved_soon_after_the_last_key_and_at_once_on_leaving_a_field(writing, report):
    with writing.expect_request(lambda request: request.method == "POST") as sent:
        type_in(writing, "En setning.")
        last_key = time.monotonic()
        assert sent.value
    print(f"saved {time.monotonic() - last_key:.1f} s after the last key (promised: 2 s)")
    is_stored(writing, report, "En setning.")
    type_in(writing, " Og en til.")
    with writing.expect_request(lambda request: request.method == "POST") as sent:
        writing.keyboard.press("Tab")
        left = time.monotonic()
        assert sent.value
    print(f"saved {time.monotonic() - left:.1f} s after leaving the field (promised: 1 s)")
    is_stored(writing, report, "En setning. Og en til.")


def test_it_says_saved_only_after_the_commit(writing, report, net):
    net(503)
    type_in(writing, "Disken er full.")
    expect(writing.locator("#lagret")).to_contain_text("Ikke lagret. Vi prøver igjen.")
    expect(writing.locator("#lagret")).not_to_contain_text(SAVED)
    assert stored(report) is None
    net("well")
    is_stored(writing, report, "Disken er full.")


def test_without_a_net_the_text_stays_and_is_stored_when_it_is_back(writing, report, net):
    net("lost")
    type_in(writing, "På toget.")
    expect(writing.locator("#lagret")).to_contain_text("du er uten nett")
    expect(writing.locator("#melding")).to_be_visible()
    type_in(writing, " Gjennom en tunnel.")
    net("well")
    is_stored(writing, report, "På toget. Gjennom en tunnel.")


def test_typing_on_after_an_answer_was_lost_is_no_conflict_with_oneself(writing, report, net):
    net("answer lost")
    writing.locator(FIELD).fill("En")
    expect(writing.locator("#lagret")).to_contain_text(NOT_SAVED)
    assert stored(report) == "En"
    net("well")
    type_in(writing, " to")
    is_stored(writing, report, "En to")
    assert not ConflictCopy.objects.exists()


@pytest.mark.parametrize("how", [401, 403, 503, "lost"])
@pytest.mark.parametrize("press", ["Lagre", "Lagre og se over"])
def test_a_press_that_fails_keeps_the_page_and_says_so(writing, report, net, press, how):
    net(how)
    writing.locator(FIELD).fill("Trykket for tidlig")
    writing.get_by_role("button", name=press, exact=True).click()
    expect(writing.locator("#melding")).to_be_visible()
    expect(writing.locator("#lagret")).to_contain_text(NOT_SAVED)
    expect(writing.locator(FIELD)).to_have_value("Trykket for tidlig")
    assert stored(report) is None
    net("well")
    type_in(writing, ".")
    is_stored(writing, report, "Trykket for tidlig.")


def test_a_press_of_save_stays_where_one_is(writing, report):
    writing.locator(FIELD).fill("Ferdig for i dag.")
    writing.get_by_role("button", name="Lagre", exact=True).press("Enter")
    is_stored(writing, report, "Ferdig for i dag.")
    expect(writing.get_by_role("button", name="Lagre", exact=True)).to_be_focused()


def test_one_more_lesson_keeps_the_first_and_puts_the_cursor_in_the_next(writing, place, report, net):
    writing.goto(place("laering"))
    title = "#sv-laeringspunkter-{}-title"
    writing.locator(title.format(0)).fill("Mål tidlig")
    writing.locator("#sv-laeringspunkter-0-outcome").select_option("worked")
    sign_out(writing)
    writing.get_by_role("button", name="Legg til læringspunkt").click()
    expect(writing.locator("#melding")).to_contain_text("Du er logget ut")
    expect(writing.locator(title.format(0))).to_have_value("Mål tidlig")


def test_one_more_lesson(writing, place, report):
    writing.goto(place("laering"))
    writing.locator("#sv-laeringspunkter-0-title").fill("Mål tidlig")
    writing.get_by_role("button", name="Legg til læringspunkt").press("Enter")
    expect(writing.locator("#sv-laeringspunkter-1-title")).to_be_focused()
    type_in(writing, "Spør de ansatte", "#sv-laeringspunkter-1-title")
    expect(writing.locator("[name=was]")).to_have_value(re.compile("Spør de ansatte"))
    assert [row["title"] for row in stored(report, "laeringspunkter", "laering")] == [
        "Mål tidlig",
        "Spør de ansatte",
    ]


def test_enter_in_a_field_saves_and_adds_nothing(writing, place, report):
    writing.goto(place("laering"))
    writing.locator("#sv-laeringspunkter-0-title").fill("Mål tidlig")
    writing.locator("#sv-laeringspunkter-0-title").press("Enter")
    expect(writing.locator("#lagret")).to_contain_text(SAVED)
    expect(writing.locator("#sv-laeringspunkter-1-title")).to_have_count(0)


def test_signed_out_in_a_sentence_and_in_again_in_another_tab(writing, report, sign_in, leader):
    sign_out(writing)
    type_in(writing, "Midt i en set")
    expect(writing.locator("#lagret")).to_contain_text("du er logget ut")
    sign_in(writing, leader)
    type_in(writing, "ning.")
    is_stored(writing, report, "Midt i en setning.")
    expect(writing.locator("#logg-inn-igjen")).to_be_hidden()


@pytest.mark.robustness
@OFTEN
def test_signed_out_in_a_sentence_and_in_again_in_the_same_tab(writing, place, report, sign_in, leader, turn):
    sign_out(writing)
    type_in(writing, "Midt i en setning")
    expect(writing.locator("#lagret")).to_contain_text("du er logget ut")
    writing.get_by_role("link", name="Logg inn igjen").click()
    writing.wait_for_url(re.compile("logg-inn"))
    assert f"next={reverse('report_section', args=[report.project.slug, '2014', SECTION])}" in writing.url
    sign_in(writing, leader)
    writing.goto(place())
    expect(writing.locator(FIELD)).to_have_value("Midt i en setning")
    expect(writing.locator("#lagret")).to_contain_text(SAVED)
    assert stored(report) == "Midt i en setning"
    assert writing.evaluate("sessionStorage.length") == 0


def test_what_was_kept_meets_what_another_has_written_since_as_a_conflict(writing, place, report, sign_in, leader):
    other = factories.user("Vara Vik")
    factories.role(other, "leader_deputy", report.project)
    sign_out(writing)
    type_in(writing, "Lederens tekst")
    expect(writing.locator("#lagret")).to_contain_text("du er logget ut")
    writing.get_by_role("link", name="Logg inn igjen").click()
    writing.wait_for_url(re.compile("logg-inn"))
    save(report, other, SECTION, neste="Varas tekst")
    sign_in(writing, leader)
    writing.goto(place())
    expect(writing.get_by_text("Varas tekst")).to_be_visible()
    expect(writing.locator(FIELD)).to_have_value("Lederens tekst")
    assert stored(report) == "Varas tekst"
    assert ConflictCopy.objects.get().mine == "Lederens tekst"


@pytest.mark.robustness
@OFTEN
def test_another_person_who_signs_in_never_sees_it(writing, place, report, sign_in, turn):
    other = factories.user("Vara Vik")
    factories.role(other, "leader_deputy", report.project)
    sign_out(writing)
    type_in(writing, "Lederens hemmelige utkast")
    expect(writing.locator("#lagret")).to_contain_text("du er logget ut")
    sign_in(writing, other)
    type_in(writing, "!")
    expect(writing.locator("#lagret")).to_contain_text("en annen er logget inn")
    assert stored(report) is None
    with writing.expect_navigation():
        writing.get_by_role("link", name="Logg inn igjen").click()
    writing.goto(place())
    expect(writing.locator(FIELD)).to_have_value("")
    assert "hemmelige" not in writing.content()
    assert writing.evaluate("JSON.stringify(sessionStorage)") == "{}"
    assert stored(report) is None


def test_signing_out_leaves_nothing_behind(writing, net):
    net("lost")
    type_in(writing, "Uten nett")
    expect(writing.locator("#lagret")).to_contain_text("uten nett")
    assert writing.evaluate("sessionStorage.length") == 1
    net("well")
    writing.evaluate("document.querySelector('[data-sign-out]').requestSubmit()")
    writing.wait_for_url(re.compile("^(?!.*arsrapport)"))
    assert writing.evaluate("sessionStorage.length") == 0


def test_leaving_in_the_middle_of_a_word_stores_it(writing, place, report):
    type_in(writing, "Rett før jeg g")
    writing.locator("nav .steps a").first.click()
    writing.wait_for_url(place("prosjektet"))
    writing.goto(place())
    expect(writing.locator(FIELD)).to_have_value("Rett før jeg g")
    expect(writing.locator("#lagret")).to_contain_text(SAVED)
    assert stored(report) == "Rett før jeg g"


def test_a_report_sent_in_meanwhile_says_so_and_keeps_the_words(writing, report, leader, owner):
    filled(report, leader)
    writing.reload()
    Report.objects.update(state=Report.State.SUBMITTED)
    type_in(writing, " For sent.")
    expect(writing.locator("#lagret")).to_contain_text("rapporten kan ikke endres nå")
    type_in(writing, " Enda senere.")
    writing.get_by_role("button", name="Lagre", exact=True).click()
    expect(writing.get_by_role("heading", name="Rapporten kan ikke endres nå")).to_be_visible()
    expect(writing.get_by_text("Enda senere.")).to_be_visible()


def test_what_is_stored_is_judged_and_counted_without_taking_the_focus(writing, place, report):
    writing.goto(place("gevinster"))
    menu, said = writing.locator("#deler [aria-current=step] small"), writing.locator("#sv-arsverk_said")
    expect(menu).to_have_text("Ikke påbegynt")
    type_in(writing, "-3", "#sv-arsverk")
    expect(said).to_contain_text("Skriv et tall mellom 0 og")
    expect(menu).to_contain_text("må rettes")
    writing.locator("#deler a").nth(1).focus()
    writing.locator("#sv-arsverk").evaluate(
        "field => { field.value = '3'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(said).to_have_text("")
    expect(writing.locator("#sp-bruk fieldset")).to_be_visible()
    expect(writing.locator("#deler a").nth(1)).to_be_focused()


def test_a_field_that_is_mended_after_a_press_is_wrong_no_longer(writing, place, report):
    writing.goto(place("gevinster"))
    field, said = writing.locator("#sv-arsverk"), writing.locator("#sv-arsverk_said")
    field.fill("-3")
    writing.locator("button[name=go][value=next]").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("3")
    expect(said).to_have_text("")
    expect(field).not_to_have_attribute("aria-invalid", "true")
