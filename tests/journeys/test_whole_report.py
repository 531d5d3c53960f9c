"""The annual report from the first word to the public page, by keyboard; Redis stops and the net goes on the way.

The server is gunicorn as in production, on a PostgreSQL and with a Redis of the test's own.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.keyboard import focused, press, tab_to
from tests.services.servers import own_postgres, own_redis
from tests.services.web import Web

MOST_STOPS = 120
SECTIONS, OFFLINE_IN = 7, 4
TITLE = "Årsrapport 2014"
REPORT = "/arbeid/prosjekt/hamar/arsrapport/2014/"
SUBMITTED = re.compile(r"/kvittering/(SAM-[-\d]+)/$")
RESULTS = "section[aria-labelledby=resultater]"


@pytest.fixture
def redis():
    """A Redis that may be stopped."""
    with own_redis() as server:
        yield server


@pytest.fixture
def web(redis, tmp_path):
    """The server, with one project in an open round."""
    with own_postgres() as postgres:
        served = Web(tmp_path, postgres.url, redis.url)
        try:
            served.people = served.inside("open_round")
            served.start()
            yield served
        finally:
            served.close()


@pytest.fixture
def sign_in_as(web, someone):
    """`sign_in_as(role)`: the page of that person, signed in by keyboard, on their first page."""

    def enter(role):
        page = someone()
        page.goto(f"{web.url}/logg-inn/")
        press(page, f"button[name=person][value='{web.people[role]}']")
        page.wait_for_url(f"{web.url}/arbeid/**")
        return page

    return enter


def test_from_the_first_word_to_the_public_page(web, redis, someone, sign_in_as, axe):
    visitor = someone()
    visitor.goto(f"{web.url}/prosjekt/hamar/")
    expect(visitor.locator(RESULTS)).to_have_text(re.compile("Resultatene kommer her"))
    leader, owner, adviser = (sign_in_as(role) for role in ("leader", "owner", "adviser"))

    begin(leader)
    for number in range(1, SECTIONS + 1):
        if number == OFFLINE_IN:
            lose_the_net(leader)
        write_section(leader, number)
        if number == 2:
            redis.stop()
    expect(leader.get_by_role("heading", name=f"Se over: {TITLE}")).to_be_visible()
    axe(leader)
    first = sign_and_submit(leader, owner, lambda: leader.get_by_role("button", name="Send inn").dblclick())
    axe(leader)
    assert [row[:2] for row in web.inside("stored")["reports"]["hamar"]["submissions"]] == [[1, first]]

    send_back(adviser, web)
    axe(adviser)
    answer(leader, web)
    second = sign_and_submit(leader, owner, lambda: hold_enter(leader))
    submissions = web.inside("stored")["reports"]["hamar"]["submissions"]
    assert [row[:2] for row in submissions] == [[1, first], [2, second]]
    assert [text.endswith("innen mai.") for _, _, text in submissions] == [False, True]

    redis.start()
    approve(adviser, web)
    axe(adviser)
    visitor.reload()
    expect(visitor.locator(RESULTS)).to_contain_text("På vei")
    axe(visitor)
    assert web.inside("stored")["broken"] == []


def begin(page):
    """From one's first page to the first section."""
    press(page, f"a[href*='{REPORT}']")
    page.wait_for_url(f"**{REPORT}")
    press(page, "button[type=submit]", "Begynn på rapporten")
    page.wait_for_url(f"**{REPORT}prosjektet/")


def write_section(page, number):
    """Answer what is asked and go on; a question that comes up because of an answer is asked for by the summary."""
    expect(page.get_by_text(f"Del {number} av {SECTIONS}")).to_be_visible()
    onward = page.get_by_text(f"Del {number + 1} av {SECTIONS}").or_(page.get_by_role("heading", name="Se over"))
    while not onward.is_visible():
        fill_section(page)
        page.keyboard.press("Enter")
        expect(onward.or_(page.locator("ds-error-summary:focus"))).to_be_visible()


def lose_the_net(page):
    """Write on while the net is away: the page says that it is not saved, and saves when the net is back."""
    tab_to(page, "#sv-gevinster")
    page.context.set_offline(True)
    page.keyboard.type("Tid til brukerne.")
    expect(page.locator("#lagret")).to_contain_text("Ikke lagret: du er uten nett")
    page.context.set_offline(False)
    expect(page.locator("#lagret")).to_contain_text("Lagret kl.")
    expect(page.locator("[name=was]")).to_have_value(re.compile("Tid til brukerne"))


def fill_section(page):
    """From where one is, field by field, to the button that leads on."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if focused(page, "e.matches('button[name=go][value=next]')"):
            expect(page.locator("#lagret")).to_contain_text("Lagret kl.")
            return
        fill(page)
    raise AssertionError(f"the button is not reached with Tab from {page.url}")


def fill(page):
    """Answer the question that is focused, if it is one and has no answer."""
    if focused(page, "e.matches('textarea[name^=sv-], input:not([type])[name^=sv-]') && !e.value"):
        unit = focused(page, "e.closest('.ds-field-affixes') !== null")
        page.keyboard.type("2,5" if unit else "Vi fortsetter.")
    elif focused(page, "e.matches('select[name^=sv-]') && !e.value"):
        page.keyboard.press("ArrowDown")
    elif focused(
        page, "e.matches('[type=radio], [type=checkbox]') && !document.querySelector(`[name=\"${e.name}\"]:checked`)"
    ):
        page.keyboard.press("Space")


def sign_and_submit(leader, owner, send):
    """The leader asks for a signature, the owner gives it, the leader sends; the receipt's number."""
    press(leader, "button[type=submit]", "Send til prosjekteier")
    expect(leader.get_by_text("Venter på prosjekteiers signatur")).to_be_visible()
    owner.goto(owner.url.split("/arbeid/")[0] + "/arbeid/")
    press(owner, f"a[href*='{REPORT}']")
    owner.wait_for_url(f"**{REPORT}se-over/")
    press(owner, "button[type=submit]", "Godkjenn og signer")
    expect(owner.get_by_text("Signert av Eirik Eier")).to_be_visible()
    leader.reload()
    send()
    expect(leader.get_by_role("heading", name=f"{TITLE} er sendt inn")).to_be_visible()
    return SUBMITTED.search(leader.url)[1]


def hold_enter(page):
    """Enter from a key that sticks: pressed again before anything has been answered."""
    tab_to(page, "button[type=submit]", "Send inn")
    for _ in range(3):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")


def review(page, web):
    """From the queue to the report that waits."""
    page.goto(f"{web.url}/arbeid/oversikt/programmet/arsrapporter/")
    press(page, "a", "Hele stillinger")
    expect(page.get_by_role("heading", name="Avgjørelse")).to_be_visible()


def send_back(page, web):
    """The adviser says what is missing and returns the report with a new date."""
    review(page, web)
    tab_to(page, "#kommenter textarea")
    page.keyboard.type("Når begynner dere?")
    press(page, "#kommenter button")
    expect(page.get_by_text("Når begynner dere?")).to_be_visible()
    tab_to(page, "[name=report]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=new_deadline]")
    page.keyboard.type("15.02.2015")
    decide(page, "Sendt tilbake")


def approve(page, web):
    """The adviser reads the reply and every section, and approves, with the three questions left as they are."""
    review(page, web)
    expect(page.get_by_text("I mai.")).to_be_visible()
    for _ in range(SECTIONS):
        read = page.locator(".steps .ok").count()
        press(page, "button[type=submit]", "Marker som lest")
        expect(page.locator(".steps .ok")).to_have_count(read + 1)
    tab_to(page, "[name=report]")
    page.keyboard.press("Space")
    tab_to(page, "[name=project]")
    page.keyboard.press("Space")
    press(page, "button[type=submit]", "Lagre avgjørelsen")
    expect(page.get_by_role("checkbox", name="Godkjenn likevel")).to_be_visible()
    tab_to(page, "[name=leaves_questions]")
    page.keyboard.press("Space")
    decide(page, "Godkjent")


def decide(page, where):
    """No follow-up of the project; the decision is stored, and the queue has the report where it belongs now."""
    tab_to(page, "[name=project]")
    page.keyboard.press("Space")
    press(page, "button[type=submit]", "Lagre avgjørelsen")
    expect(page.get_by_role("heading", name=where)).to_be_visible()


def answer(page, web):
    """The leader replies to the adviser where the words stand, writes on, and looks over."""
    page.goto(f"{web.url}/arbeid/")
    expect(page.get_by_text(f"Svar på kommentarene: {TITLE}").first).to_be_visible()
    page.goto(f"{web.url}{REPORT}prosjektet/")
    expect(page.get_by_text("Når begynner dere?")).to_be_visible()
    tab_to(page, "textarea[name^=svar-]")
    page.keyboard.type("I mai.")
    expect(page.locator("input[name^=svar-var-]")).to_have_value("I mai.")
    page.goto(f"{web.url}{REPORT}videre/")
    tab_to(page, "#sv-neste")
    page.keyboard.press("Control+End")
    page.keyboard.type(" To enheter til innen mai.")
    expect(page.locator("[name=was]")).to_have_value(re.compile("innen mai"))
    press(page, "button[name=go][value=next]")
    expect(page.get_by_role("heading", name=f"Se over: {TITLE}")).to_be_visible()
