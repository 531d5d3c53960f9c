"""The annual report by keyboard: the leader writes, the owner signs, and a double click gives one receipt."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from reporting.annual.models import Submission
from tests import factories
from tests.reporting.annual.writing import a_round, begun, filled, save


@pytest.mark.django_db(transaction=True)
def test_write_sign_submit(page, live_server, sign_in, project, leader, owner, programme, axe, no_sideways_scroll):
    target = factories.target(project, is_main=True)
    factories.measurement(target, date(2014, 12, 31), "9.6", n=200)
    report = begun(project, leader, a_round(programme))
    filled(report, leader)
    save(report, leader, "videre", neste="")
    here = live_server.url + reverse("report_section", args=[project.slug, "2014", "videre"])

    sign_in(page, leader)
    page.goto(here)
    axe(page)
    no_sideways_scroll(page)
    page.locator("#sv-neste").focus()
    page.keyboard.type("To enheter til innen mai.")
    expect(page.locator("#lagret")).to_contain_text("Lagret kl.")
    expect(page.locator("[name=was]")).to_have_value(re.compile(r'"To enheter til innen mai."'))
    page.reload()
    expect(page.locator("#sv-neste")).to_have_value("To enheter til innen mai.")

    page.get_by_role("button", name="Lagre og se over").press("Enter")
    expect(page.get_by_role("heading", name="Se over: Årsrapport 2014")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Send til prosjekteier").press("Enter")
    expect(page.get_by_text("Venter på prosjekteiers signatur")).to_be_visible()

    sign_in(page, owner)
    page.reload()
    page.get_by_role("button", name="Godkjenn og signer").press("Enter")
    expect(page.get_by_text("Signert av Eirik Eier")).to_be_visible()

    sign_in(page, leader)
    page.reload()
    page.get_by_role("button", name="Send inn").dblclick()
    expect(page.get_by_role("heading", name="Årsrapport 2014 er sendt inn")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
    assert Submission.objects.get().number in page.url
    page.reload()
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_signed_out_in_the_middle_of_a_sentence_keeps_the_text(page, live_server, sign_in, project, leader, programme):
    report = begun(project, leader, a_round(programme))
    sign_in(page, leader)
    page.goto(live_server.url + reverse("report_section", args=[project.slug, "2014", "videre"]))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("#sv-neste").fill("Midt i en setning")
    expect(page.locator("#melding")).to_contain_text("Du er logget ut")
    expect(page.locator("#lagret")).to_contain_text("Ikke lagret")
    page.get_by_role("button", name="Lagre og se over").click()
    expect(page.locator("#melding")).to_contain_text("Du er logget ut")
    expect(page.locator("#sv-neste")).to_have_value("Midt i en setning")
    sign_in(page, leader)
    page.locator("#sv-neste").press_sequentially(" til")
    expect(page.locator("#lagret")).to_contain_text("Lagret kl.")
    expect(page.locator("[name=was]")).to_have_value(re.compile(r'"Midt i en setning til"'))
    assert report.sections.get(key="videre").data["neste"] == "Midt i en setning til"
    page.get_by_role("button", name="Lagre og se over").click()
    expect(page.locator("ds-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Feil:"))
