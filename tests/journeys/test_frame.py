"""The frame around every page: by keyboard, in the dark, on a phone, and when a request fails."""

import pytest
from django.urls import reverse


@pytest.fixture
def privacy(live_server):
    return live_server.url + reverse("privacy")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_is_accessible_and_fits_a_phone(
    page, privacy, live_server, sign_in, leader, axe, no_sideways_scroll, scheme
):
    page.emulate_media(color_scheme=scheme)
    for address in (privacy, live_server.url + "/finnes-ikke/"):
        page.goto(address)
        axe(page)
        no_sideways_scroll(page)
    sign_in(page, leader)
    page.goto(privacy)
    page.get_by_role("button", name="Lise Leder").click()
    axe(page)
    no_sideways_scroll(page)


def test_the_first_tab_stop_leads_past_the_menu(page, privacy):
    page.goto(privacy)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hopp til hovedinnhold"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_signing_out_and_changing_language_by_keyboard(page, privacy, sign_in, leader):
    sign_in(page, leader)
    page.goto(privacy)
    page.get_by_role("button", name="Lise Leder").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Nynorsk").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(privacy)
    page.locator("html[lang=nn]").wait_for()
    page.locator("button[popovertarget=me]").focus()
    page.keyboard.press("Enter")
    page.locator("#me form button").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("banner").locator(f"a[href='{reverse('account_login')}']").wait_for()


def fragment(page, markup):
    """Put a link that swaps itself into the page, and let htmx see it."""
    page.evaluate(
        "markup => { document.querySelector('main .wrap').innerHTML = markup; htmx.process(document.body); }", markup
    )


@pytest.mark.parametrize(
    ("status", "told"),
    [(403, "Du har ikke tilgang"), (404, "Vi finner det ikke"), (409, "Noen andre"), (500, "Noe gikk galt")],
)
def test_a_failed_request_changes_nothing_and_says_so(page, privacy, status, told):
    page.goto(privacy)
    fragment(page, '<div id="del"><a href="/del" hx-get="/del" hx-target="#del">Hent</a></div>')
    page.route("**/del", lambda route: route.fulfill(status=status, body="<h1>Feil</h1>", content_type="text/html"))
    page.get_by_role("link", name="Hent").click()
    assert told in page.locator("#melding:visible").inner_text()
    assert page.get_by_role("link", name="Hent").is_visible()


def test_without_a_net_nothing_changes_and_it_is_said(page, privacy):
    page.goto(privacy)
    fragment(page, '<div id="del"><a href="/del" hx-get="/del" hx-target="#del">Hent</a></div>')
    page.route("**/del", lambda route: route.abort())
    page.get_by_role("link", name="Hent").click()
    assert "uten nett" in page.locator("#melding:visible").inner_text()


@pytest.mark.parametrize("swap", ["innerHTML", "outerHTML"])
def test_an_invalid_form_comes_back_with_focus_where_the_error_is(page, privacy, swap):
    page.goto(privacy)
    fragment(page, f'<form id="del" hx-post="/del" hx-target="#del" hx-swap="{swap}"><button>Lagre</button></form>')
    body = '<input id="feil" data-focus aria-label="Verdi"><p>Skriv et tall</p>'
    body = body if swap == "innerHTML" else f'<form id="del">{body}</form>'
    page.route("**/del", lambda route: route.fulfill(status=422, body=body, content_type="text/html"))
    page.get_by_role("button", name="Lagre").click()
    page.locator("#feil").wait_for()
    page.locator("#feil:focus").wait_for()
    assert not page.locator("#melding").is_visible()


def test_htmx_sends_the_token_that_protects_forms(page, privacy, sign_in, leader):
    sign_in(page, leader)
    page.goto(privacy)
    fragment(page, '<form id="del" hx-post="/del" hx-target="#del"><button>Lagre</button></form>')
    page.route("**/del", lambda route: route.fulfill(status=200, body="", content_type="text/html"))
    with page.expect_request("**/del") as sent:
        page.get_by_role("button", name="Lagre").click()
    assert sent.value.headers["x-csrftoken"]


def test_language_and_sign_out_without_script(browser, browser_context_args, privacy, live_server, sign_in, leader):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, leader)
    page.goto(privacy)
    page.locator("footer").get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url == privacy
    page.locator("button[popovertarget=me]").click()
    page.locator(f"#me form[action='{reverse('account_logout')}'] button").click()
    assert page.goto(f"{live_server.url}/arbeid/").status == 200
    assert page.url.startswith(f"{live_server.url}/logg-inn/")
    context.close()
