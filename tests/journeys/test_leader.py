"""A leader registers what was measured and mends a target; the answer shows at once what it did, also to others."""

from datetime import date

import pytest

from benefits.models import Measurement, PitfallWarning, TargetStatus
from tests import factories
from tests.journeys import house


@pytest.fixture
def target(project, leader, owner):
    """A main target on its way, measured once a year, with a measurement due."""
    made = factories.target(project, is_main=True, frequency="yearly", population=5000, planned=(date(2014, 12, 31),))
    factories.measurement(made, date(2013, 12, 31), 9.9)
    house.assess(project)
    return made


@pytest.fixture
def address(live_server, project, target):
    return f"{live_server.url}/arbeid/prosjekt/{project.slug}/mal/{target.number}/"


@pytest.fixture
def plain_page(browser, browser_context_args):
    """A page in a browser without script."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def result(page):
    return page.locator("h1 + .ds-tag").get_attribute("data-status")


def why(page):
    return page.locator("section[aria-labelledby=k4] p.small").all_inner_texts()


def points(page):
    return page.locator(".fig-point title").all_text_contents()


def type_value(page, value, on="31.12.2014", source="Fraværssystemet"):
    page.locator("#id_measured_on").fill(on)
    page.locator("#id_value").fill(value)
    page.locator("#id_source").fill(source)


def save(page):
    page.locator("#ny").get_by_role("button", name="Lagre", exact=True).click()


def test_a_value_is_on_the_chart_with_status_and_reason_in_the_answer_that_saved_it(
    page, sign_in, leader, address, target
):
    sign_in(page, leader)
    page.goto(address)
    before, moved = (result(page), why(page)), []
    page.on("framenavigated", lambda frame: moved.append(frame.url))
    type_value(page, "12,5")
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        save(page)
    answer = posted.value
    assert (answer.status, "hx-request" in answer.request.headers) == (200, True)
    assert not moved, "the page itself was not fetched again"
    page.get_by_text("Målingen er lagret.").first.wait_for()
    assert any("31. desember 2014: 12,5" in title for title in points(page))
    assert result(page) != before[0]
    assert why(page) != before[1]
    html = answer.text()
    assert "31. desember 2014: 12,5" in html
    assert f'data-status="{result(page)}"' in html
    for reason in why(page):
        assert reason.replace("\u00a0", " ") in html.replace("\u00a0", " ").replace("&nbsp;", " ")
    page.locator("#id_measured_on:focus").wait_for()
    assert Measurement.objects.get(target=target, measured_on="2014-12-31").recorded_by == leader


def test_without_script_the_page_that_comes_back_shows_the_same(plain_page, sign_in, leader, address, target):
    sign_in(plain_page, leader)
    plain_page.goto(address)
    before = (result(plain_page), why(plain_page))
    type_value(plain_page, "12,5")
    save(plain_page)
    assert plain_page.locator("tr.just-saved").inner_text().count("12,5")
    assert any("31. desember 2014: 12,5" in title for title in points(plain_page))
    assert result(plain_page) != before[0]
    assert why(plain_page) != before[1]
    plain_page.reload()
    assert Measurement.objects.filter(target=target, measured_on="2014-12-31").count() == 1


def test_a_value_typed_on_my_work(page, sign_in, leader, address, target, live_server):
    sign_in(page, leader)
    page.goto(f"{live_server.url}/arbeid/")
    page.get_by_label("Verdi per 31. desember 2014").fill("9,1")
    page.get_by_role("button", name="Lagre måling").click()
    page.locator("tr.just-saved").wait_for()
    assert "9,1" in page.locator("tr.just-saved").inner_text()


UNDERSTOOD = {"12,5 %": "12,5", "12.5": "12,5", " 9,5 ": "9,5"}
REFUSED = ["1 234,5", "−3", "ca. 12", "NaN", "1e999", "Infinity", "1.234", "", "9" * 10_000, "12\u0007,5", "１２"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_cannot_be_a_value_is_told_at_the_field_and_kept(page, plain_page, sign_in, leader, address, script):
    page, stored = (page if script else plain_page), Measurement.objects.count()
    sign_in(page, leader)
    page.goto(address)
    for value in REFUSED:
        refused(page, "value", value, lambda value=value: type_value(page, value))
    for day in ("31.02.2014", "", "i går", "01/02/14", "31.12.2099", "x" * 10_000, "31.12.\u00072014"):
        refused(page, "measured_on", day, lambda day=day: type_value(page, "9,5", on=day))
    for source in ("", "x" * 10_000, "Fravær\u0001"):
        refused(page, "source", source, lambda source=source: type_value(page, "9,5", source=source))
    assert Measurement.objects.count() == stored


def refused(page, name, typed, fill):
    """The field says what is wrong, and what was typed is still there."""
    fill()
    field = page.locator(f"#id_{name}")
    kept = field.input_value()
    field.evaluate("field => { field.dataset.sent = ''; }")  # the field that comes back has no such mark
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        save(page)
    assert answer.value.status == 422, (name, typed[:40])
    page.locator(f"#id_{name}[aria-invalid=true]:not([data-sent])").wait_for()
    described = field.get_attribute("aria-describedby").split()
    told = [page.locator(f"[id='{one}']").inner_text().strip() for one in described]
    assert any(told), (name, typed[:40])
    assert page.locator(f"#ny .ds-field:has(#id_{name}) .ds-validation-message").first.is_visible()
    assert field.input_value() == kept, (name, typed[:40])


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_norwegian_ways_of_writing_are_understood(plain_page, sign_in, leader, address, typed):
    sign_in(plain_page, leader)
    plain_page.goto(address)
    type_value(plain_page, typed)
    save(plain_page)
    assert UNDERSTOOD[typed] in plain_page.locator("tr.just-saved").inner_text()


def change_baseline(page, address, value, on):
    page.goto(f"{address}endre/")
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    page.locator("[name=baseline_value]").fill(value)
    page.locator("[name=baseline_on]").fill(on)
    page.locator("main form").first.locator("[name=reason]").fill("Tallet var fra feil enhet")
    page.get_by_role("button", name="Lagre endringen").click()
    page.get_by_text("Endringen er lagret.").wait_for()


def test_a_baseline_removed_opens_a_finding_everyone_sees_and_set_again_closes_it(
    page, browser, browser_context_args, sign_in, leader, adviser, project, target, address, live_server
):
    overview = f"{live_server.url}/arbeid/prosjekt/{project.slug}/"
    sign_in(page, leader)
    change_baseline(page, address, "", "")
    warning = PitfallWarning.objects.get(project=project, rule="F3", cause="baseline_missing")
    assert (warning.closed_on, bool(warning.evidence)) == (None, True)
    alert = page.locator(".ds-alert", has_text="Se grunnlaget").first
    alert.get_by_text("Se grunnlaget").click()
    assert alert.locator("dd").first.inner_text().strip()
    assert "Varselet lukkes når" in alert.inner_text()
    page.goto(overview)
    assert page.locator(".warning").first.is_visible()
    seen_by_the_adviser(browser.new_context(**browser_context_args), sign_in, adviser, project, live_server)
    change_baseline(page, address, "10,8", "2013")
    warning.refresh_from_db()
    assert warning.closed_on == house.TODAY
    assert page.locator(".ds-alert", has_text="Se grunnlaget").count() == 0
    assert TargetStatus.objects.get(target=target).result != "missing"


def seen_by_the_adviser(context, sign_in, adviser, project, live_server):
    """The matrix has the sign, and its evidence opens in place."""
    page = context.new_page()
    sign_in(page, adviser)
    page.goto(f"{live_server.url}/arbeid/oversikt/{project.cohort.programme.slug}/")
    address = page.url
    page.locator(f"#c{project.pk}-F3").click()
    page.locator("#grunnlag .finding").wait_for()
    assert page.locator("#grunnlag dd").first.inner_text().strip()
    assert "Varselet lukkes når" in page.locator("#grunnlag").inner_text()
    assert page.url == address
    context.close()


def test_a_stranger_learns_nothing(page, sign_in, stranger, other_leader, address):
    for person in (stranger, other_leader):
        sign_in(page, person)
        assert page.goto(address).status == 404
        assert page.goto(address.rsplit("mal/", 1)[0]).status == 404
        assert "sykefravær" not in page.locator("body").inner_text().lower()


def test_a_figure_that_looks_like_a_slip_counts_once_it_is_registered(page, sign_in, leader, address, target, look):
    sign_in(page, leader)
    page.goto(address)
    before = points(page)
    type_value(page, "99")
    save(page)
    page.get_by_label("Ja, tallet er riktig").check()
    assert not (found := look(page)), "\n".join(found)
    save(page)
    page.get_by_text("er lagret som utkast").first.wait_for()
    assert points(page) == before
    page.get_by_role("link", name="1 utkast venter på å bli registrert").click()
    page.get_by_text("Er dette riktig?").wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("button", name="Registrer de valgte").click()
    page.get_by_text("1 måling er registrert.").wait_for()
    page.goto(address)
    assert any("31. desember 2014: 99" in title for title in points(page))


def test_too_few_points_are_mended_by_typing_the_dates(page, sign_in, project, leader, owner, live_server):
    facts = {"frequency": "yearly", "baseline_on": house.Y12, "baseline_points": 1, "population": 5000}
    factories.target(project, is_main=True, planned=(house.Y15,), effect_starts_on=date(2015, 1, 1), **facts)
    house.assess(project)
    sign_in(page, leader)
    page.goto(f"{live_server.url}/arbeid/prosjekt/{project.slug}/")
    page.get_by_role("link", name="Mål oftere").first.click()
    field = page.get_by_label("Når det skal måles")
    assert field.input_value() == "31.12.2015"
    field.fill("30.06.2015 midtveis\n31.12.2015 slutt\n2016 oppfølging")
    page.get_by_role("button", name="Lagre endringen").click()
    page.get_by_text("Endringen er lagret.").first.wait_for()
    assert not PitfallWarning.objects.filter(project=project, cause="few_points", closed_on=None).exists()
