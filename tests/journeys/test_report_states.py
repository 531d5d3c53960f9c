"""The report in the states no address leads to, in three languages: nothing for axe to find, no wider than a phone."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from reporting.annual.actions import reviews, submissions
from reporting.annual.content import content, seal
from reporting.annual.models import Report, Round
from tests import factories
from tests.journeys.house import LONG, WORD
from tests.journeys.test_every_page import become
from tests.reporting.annual.writing import a_round, act, begun, filled, save, seen, signed, submitted

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = ("nb", "nn", "en")
TODAY = date(2015, 1, 22)


@pytest.fixture
def deputy(project):
    made = factories.user("Vara Vik")
    factories.role(made, "leader_deputy", project)
    return made


@pytest.fixture
def report(project, leader, programme):
    target = factories.target(project, is_main=True, title=LONG[:100])
    factories.measurement(target, date(2014, 12, 31), "9.6", n=200)
    return begun(project, leader, a_round(programme))


@pytest.fixture
def states(page, live_server, look):
    """`states(language)`: collects what is wrong with the page as it stands, under a name."""

    class States:
        def __init__(self, language):
            self.language, self.wrong = language, []

        def become(self, person):
            become(page, live_server, person, self.language)

        def open(self, name, *args):
            page.goto(live_server.url + reverse(name, args=args))

        def see(self, name):
            self.wrong += [f"{name}: {found}" for found in look(page, self.language)]

    return States


def press(page, name):
    """Press the button that sends this value, and wait for the page that says what is wrong."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(f"main .actions button[name=go][value={name}]").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_writing(page, states, report, project, leader, deputy, language):
    state, place = states(language), (project.slug, "2014")
    state.become(leader)
    state.open("report_section", *place, "fallgruver")
    state.see("empty")
    press(page, "next")
    page.locator("ds-error-summary").wait_for()
    state.see("errors")
    state.open("report_section", *place, "gevinster")
    page.locator("#sv-gevinster").fill(f"{LONG}{WORD} " * 20)
    page.locator("#sv-arsverk").fill("ca. to")
    press(page, "next")
    page.locator("ds-error-summary").wait_for()
    state.see("long text")
    state.open("report_section", *place, "videre")
    page.locator("#sv-neste").fill("Lagres")
    page.locator("#lagret .saved svg").wait_for()
    state.see("saved")
    save(report, deputy, "videre", neste=f"Varas {LONG}{WORD}")
    page.locator("#sv-neste").fill(f"Lederens {LONG}{WORD}")
    page.locator("#lagret .ds-alert").wait_for()
    state.see("a conflict while writing")
    state.open("report_section", *place, "videre")
    page.locator("ds-error-summary").wait_for()
    state.see("a conflict of one's own")
    state.become(deputy)
    state.open("report_section", *place, "videre")
    state.see("a conflict seen by the other, with who else writes")
    assert leader.name in page.locator("#lagret").inner_text()
    state.open("report_history", *place, "videre")
    state.see("earlier versions")
    state.open("report_section", *place, "videre")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("#sv-hjelp").fill("Ute")
    page.locator("#logg-inn-igjen:visible").wait_for()
    state.see("signed out")
    assert not state.wrong, "\n".join(state.wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_and_sending(page, states, report, project, leader, owner, language):
    state, place = states(language), (project.slug, "2014")
    filled(report, leader)
    state.become(owner)
    state.open("report_preview", *place)
    save(report, leader, "videre", neste=f"Noe annet {LONG}{WORD}")
    page.locator("form[action$='/signer/'] button").click()
    page.locator(".compare").first.wait_for()
    state.see("the difference")
    signed(report, owner)
    state.become(leader)
    state.open("report_section", *place, "videre")
    page.locator("#sv-neste").evaluate("(field, text) => { field.value = text; }", f"For sent {LONG}{WORD}")
    old = seal(content(Report.objects.get(pk=report.pk), TODAY))
    save(report, leader, "videre", neste="Det siste")
    signed(report, owner)
    submitted(report, leader)
    press(page, "save")
    page.locator("main .answered").first.wait_for()
    state.see("closed, with what was typed")
    state.open("report_list", project.slug)
    send = f"""<form method=post action="{reverse("report_submit", args=place)}"><input name=seen value="{old}">
        <input name=key value="0b0e7c1e-6c8e-4d55-9f0a-000000000001"><button>x</button></form>"""
    page.evaluate(
        """html => { document.querySelector('main .wrap').innerHTML = html;
        const token = document.cookie.match(/csrf=([^;]+)/)[1];
        const form = document.querySelector('main form');
        form.insertAdjacentHTML('beforeend', `<input name=csrfmiddlewaretoken value=${token}>`); form.submit(); }""",
        send,
    )
    page.locator(f"a[href*='{Report.objects.get().submissions.get().number}']").wait_for()
    state.see("sent in already")
    assert not state.wrong, "\n".join(state.wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_returned_and_read_again(page, states, report, project, leader, owner, adviser, language):
    state, place = states(language), (project.slug, "2014")
    signed(filled(report, leader), owner)
    first = submitted(report, leader)
    programme = project.cohort.programme.slug
    state.become(adviser)
    state.open("report_review", programme, first.pk)
    page.locator("input[name=report][value=returned]").check()
    page.locator("main form[action$='/avgjorelse/'] button").click()
    page.locator("ds-error-summary").wait_for()
    state.see("a decision refused")
    review = reviews.open_review(by=act(adviser), submission=first)
    reviews.comment(by=act(adviser), review=review, section="gevinster", text=f"Hvor mye? {LONG}{WORD}")
    page.locator("input[name=project][value=talk]").check()
    page.locator("input[name=new_deadline]").fill("13.02.2015")
    page.locator("main form[action$='/avgjorelse/'] button").click()
    page.locator("#sent-h2").wait_for()
    state.see("someone else has commented")
    reviews.return_report(by=act(adviser), review=review, new_deadline=date(2015, 3, 6), note=LONG + WORD)
    state.become(leader)
    state.open("report_section", *place, "gevinster")
    page.locator("textarea[name^=svar-]").fill("Født 01010112377")
    press(page, "save")
    page.locator("ds-error-summary").wait_for()
    state.see("a reply refused")
    page.locator("textarea[name^=svar-]").fill(f"Halvparten. {LONG}{WORD}")
    press(page, "save")
    page.locator("#lagret .saved svg").wait_for()
    state.open("report_preview", *place)
    state.see("the reply in the preview")
    signed(report, owner)
    second = submissions.submit(
        by=act(leader), report=report, idempotency_key="0b0e7c1e-6c8e-4d55-9f0a-000000000002", seen=seen(report)
    )
    state.become(adviser)
    page.goto(f"{page.url.split('/arbeid')[0]}{reverse('report_review', args=[programme, second.pk])}?del=gevinster")
    state.see("the reply in the review")
    assert "Halvparten." in page.content()
    assert not state.wrong, "\n".join(state.wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_of_a_form(page, states, report, admin, language):
    state, round_ = states(language), Round.objects.get()
    programme = round_.programme.slug
    state.become(admin)
    for kind in ("choice", "lessons", "number", "measurements"):
        state.open("setup_round_question_new", programme, round_.pk, "full", "videre")
        page.locator(f"a[href='?type={kind}']").click()
        page.locator("main form button.ds-button:not([name])").click()
        page.locator("ds-error-summary").wait_for()
        state.see(f"an empty question of type {kind}")
        page.locator("#id_title_nb").fill(LONG[:200])
        for n, text in enumerate(("Ja", WORD)):
            if page.locator(f"#id_choice_{n}_nb").count():
                page.locator(f"#id_choice_{n}_nb").fill(text)
        page.locator("button[value=preview]").click()
        page.locator(".preview").first.wait_for()
        state.see(f"a preview of type {kind}")
    state.open("setup_round_question_remove", programme, round_.pk, "full", "videre", "viderefores")
    page.locator("main form button").click()
    page.locator("main [role=alert]").wait_for()
    state.see("a question others wait for")
    state.open("setup_round_question", programme, round_.pk, "full", "videre", "hvem_videre")
    state.see("a question that waits for another")
    Round.objects.update(version=99)
    page.locator("#id_title_nb").fill("Noe annet")
    page.locator("main form button.ds-button:not([name])").click()
    page.locator("#stale-h2").wait_for()
    state.see("a stale question")
    assert not state.wrong, "\n".join(state.wrong)
