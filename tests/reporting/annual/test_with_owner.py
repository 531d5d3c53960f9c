"""A report that is with its owner, or signed, and then changed: everyone it matters to is told, before and after."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from journal.models import OutboxMessage
from journal.outbox import deliver_waiting
from reporting.annual.actions import reports, rounds, statements
from reporting.annual.models import Report
from reporting.notices.mail import carry
from tests.reporting.annual.writing import a_round, act, begun, filled, save, signed, submitted

pytestmark = pytest.mark.django_db
TEXT = "Turnusen kom for fort."
SENT = "Ikke til signering lenger"


@pytest.fixture(autouse=True)
def in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def whole(report, leader, owner):
    return filled(report, leader)


@pytest.fixture
def look(client, project):
    """A page as a person reads it: my work, or a page of the report."""

    def looked(person, name="my_work", *more):
        client.force_login(person)
        address = reverse(name) if name == "my_work" else reverse(name, args=[project.slug, "2014", *more])
        return " ".join(client.get(address).content.decode().replace("\u00a0", " ").split())

    return looked


NOT_SENT_IN = "Signert, ikke sendt inn"


def listed(client, person, project):
    client.force_login(person)
    return client.get(reverse("report_list", args=[project.slug])).content.decode()


def send(report, leader):
    reports.send_to_owner(by=act(leader), report=report)


def test_a_statement_after_the_report_was_sent_is_told_to_leader_and_owner(
    client, look, whole, leader, owner, union_representative, mailoutbox
):
    send(whole, leader)
    assert "blir rapporten hentet tilbake" in look(union_representative, "report_statement")
    page = reverse("report_statement", args=[whole.project.slug, "2014"])
    answer = client.post(page, {"text": TEXT, "version": 0, "go": "sign"}, follow=True)
    assert "må sendes til signering på nytt" in answer.content.decode()
    assert "Send til prosjekteier på nytt: Årsrapport 2014" in look(leader)
    assert SENT in look(owner)
    for person in (leader, owner):
        assert "Uttalelsen fra tillitsvalgte er endret" in look(person, "report_preview")
    deliver_waiting(carry)
    told = {mail.to[0]: mail.body for mail in mailoutbox if mail.subject.startswith("Må signeres på nytt")}
    assert set(told) == {leader.email, owner.email}
    assert union_representative.name not in "".join(told.values())
    send(whole, leader)
    assert SENT not in look(owner)
    assert "Signer: Årsrapport 2014" in look(owner)
    assert "er endret etter at" not in look(leader, "report_preview")


SIGN = "Godkjenn og signer"


def test_a_report_called_back_is_not_signed_before_it_is_sent_again(look, whole, leader, owner, union_representative):
    send(whole, leader)
    assert SIGN in look(owner, "report_preview")
    by = act(union_representative)
    row = statements.sign(by=by, report=whole, text=TEXT, version=0)
    page = look(owner, "report_preview")
    assert "Uttalelsen fra tillitsvalgte er endret" in page
    assert "Du kan signere når prosjektlederen har sendt rapporten til deg på nytt." in page
    assert SIGN not in page
    send(whole, leader)
    assert SIGN in look(owner, "report_preview")
    statements.take_back(by=by, report=whole, text=TEXT, version=row.version)
    page = look(owner, "report_preview")
    assert "Uttalelsen fra tillitsvalgte er trukket tilbake" in page
    assert SIGN not in page
    assert "Send til prosjekteier for signering" in look(leader, "report_preview")


def test_a_draft_of_a_statement_and_a_statement_before_sending_tell_nobody(whole, leader, union_representative):
    by = act(union_representative)
    statements.sign(by=by, report=whole, text=TEXT, version=0)
    send(whole, leader)
    statements.save(by=by, report=whole, text="Ny tekst", version=1)
    assert not OutboxMessage.objects.filter(kind="report_called_back").exists()
    assert Report.objects.get(pk=whole.pk).state == Report.State.AWAITING_SIGNATURE


def test_sent_again_before_the_mail_went_nobody_is_told_what_no_longer_holds(
    whole, leader, union_representative, mailoutbox
):
    send(whole, leader)
    statements.sign(by=act(union_representative), report=whole, text=TEXT, version=0)
    send(whole, leader)
    deliver_waiting(carry)
    assert not [mail for mail in mailoutbox if mail.subject.startswith("Må signeres på nytt")]


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_signed_report_is_ready_to_be_sent_in_until_it_is_changed(
    client, look, project, whole, leader, owner, is_sent
):
    if is_sent:
        send(whole, leader)
    signed(whole, owner)
    assert "Signert, klar til å sendes inn: Årsrapport 2014" in look(leader)
    assert "Signer: Årsrapport 2014" not in look(owner)
    assert "gjelder ikke signaturen lenger" in look(leader, "report_section", "videre")
    save(whole, leader, "videre", hjelp="Turnusverktøy")
    assert "Send til prosjekteier på nytt" in look(leader)
    send(whole, leader)
    assert "Signer: Årsrapport 2014" in look(owner), "the old signature is of another content"
    assert NOT_SENT_IN not in listed(client, leader, project)
    save(whole, leader, "videre", hjelp="")
    send(whole, leader)
    save(whole, leader, "videre", hjelp="Turnusverktøy")
    send(whole, leader)
    signed(whole, owner)
    assert NOT_SENT_IN in listed(client, leader, project)
    submitted(whole, leader)
    assert Report.objects.get(pk=whole.pk).called_back == ""


def test_the_writer_is_told_that_an_edit_takes_the_report_back(client, look, whole, leader):
    send(whole, leader)
    assert "blir den hentet tilbake" in look(leader, "report_section", "videre")
    row = whole.sections.get(key="videre")
    sent = {"base_version": row.version, "save_id": str(uuid4()), "was": "{}", "felt": ["hjelp"], "sv-hjelp": "Nytt"}
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    address = reverse("report_section", args=[whole.project.slug, "2014", "videre"])
    answer = client.post(address, sent, headers=headers).content.decode()
    assert 'id="hos-eier" hx-swap-oob="true"' in answer
    assert "Rapporten er endret etter at den ble sendt" in answer


def test_a_round_whose_reports_are_signed_afterwards_asks_for_nothing_again(
    look, project, programme, target, leader, owner
):
    report = filled(begun(project, leader, a_round(programme, signature="after")), leader)
    signed(report, owner)
    save(report, leader, "videre", hjelp="Turnusverktøy")
    assert "Skriv: Årsrapport 2014" in look(leader)
    assert SENT not in look(owner)


def test_a_closed_round_offers_nothing_that_would_be_refused(look, whole, leader, owner, admin):
    send(whole, leader)
    assert SIGN in look(owner, "report_preview")
    rounds.close_round(by=act(admin, date(2015, 1, 20)), round_=whole.round, version=whole.round.version)
    for person in (leader, owner):
        page = look(person, "report_preview")
        assert "Runden er stengt, og tar ikke imot flere rapporter." in page
        assert '<button class="ds-button" type="submit">' not in page


def test_a_report_is_not_begun_where_it_would_be_refused(look, round_, leader, admin):
    assert "Begynn på rapporten" in look(leader, "report_round")
    rounds.close_round(by=act(admin, date(2015, 1, 20)), round_=round_, version=round_.version)
    page = look(leader, "report_round")
    assert "Rapporten kan ikke påbegynnes nå" in page
    assert "Begynn på rapporten" not in page
