"""Who is told what when a report is received, waits for its owner, is sent back or approved."""

import re
import smtplib
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.urls import resolve

from journal.models import OutboxMessage
from journal.outbox import deliver_waiting
from projects.models import Project, RoleAssignment
from projects.roles import Role
from reporting.annual.actions import reports, reviews
from reporting.notices.mail import carry
from tests.reporting.annual.writing import DEADLINE, TODAY, act, approved, filled, read, save, signed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete(report, leader, owner):
    return filled(report, leader)


@pytest.fixture
def submission(complete, leader, owner):
    signed(complete, owner)
    return submitted(complete, leader)


def carried(mailoutbox):
    """The mails of one round, by address."""
    mailoutbox.clear()
    deliver_waiting(carry)
    return {mail.to[0]: mail for mail in mailoutbox}


def address(mail):
    """The one link of a mail, without the host."""
    found, choices = re.findall(r"http://localhost:8000(/\S*)", mail.body)
    assert resolve(choices).url_name == "notices"
    return found


def opens(client, person, mail):
    client.force_login(person)
    return client.get(address(mail), follow=True).status_code


def test_leader_and_owner_get_a_receipt_that_leads_to_it(submission, leader, owner, mailoutbox, client):
    mails = carried(mailoutbox)
    assert set(mails) == {leader.email, owner.email}
    mail = mails[leader.email]
    assert submission.number in mail.body
    assert mail.subject.startswith("Mottatt: årsrapport 2014 for ")
    assert resolve(address(mail)).url_name == "report_receipt"
    assert opens(client, leader, mail) == opens(client, owner, mail) == 200
    assert carried(mailoutbox) == {}


def test_a_submission_that_is_rolled_back_tells_nobody(complete, leader, owner):
    signed(complete, owner)
    with transaction.atomic():
        submitted(complete, leader)
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()


def test_the_owner_is_asked_to_sign_once_while_it_waits(complete, leader, owner, mailoutbox, client):
    reports.send_to_owner(by=act(leader), report=complete)
    reports.send_to_owner(by=act(leader, hour=11), report=complete)
    mails = carried(mailoutbox)
    assert set(mails) == {owner.email}
    assert resolve(address(mails[owner.email])).url_name == "report_preview"
    assert opens(client, owner, mails[owner.email]) == 200


def test_nobody_is_asked_to_sign_what_is_with_the_leader_again(complete, leader, owner, mailoutbox):
    reports.send_to_owner(by=act(leader), report=complete)
    save(complete, leader, "tiltak", forklaring="Noe mer kom til.")
    complete.refresh_from_db()
    assert complete.state == "draft"
    assert carried(mailoutbox) == {}
    assert OutboxMessage.objects.get().outcome == "skipped"


def test_the_owner_is_asked_again_when_it_is_sent_again_the_same_day(complete, leader, owner, mailoutbox):
    reports.send_to_owner(by=act(leader), report=complete)
    save(complete, leader, "tiltak", forklaring="Noe mer kom til.")
    assert carried(mailoutbox) == {}
    reports.send_to_owner(by=act(leader, hour=11), report=complete)
    assert set(carried(mailoutbox)) == {owner.email}
    save(complete, leader, "tiltak", forklaring="Og litt til.")
    reports.send_to_owner(by=act(leader, hour=12), report=complete)
    assert set(carried(mailoutbox)) == {owner.email}


def test_of_two_that_waited_only_the_newest_is_sent(complete, leader, owner, mailoutbox):
    reports.send_to_owner(by=act(leader), report=complete)
    save(complete, leader, "tiltak", forklaring="Noe mer kom til.")
    reports.send_to_owner(by=act(leader, hour=11), report=complete)
    carried(mailoutbox)
    assert len(mailoutbox) == 1
    assert list(OutboxMessage.objects.order_by("pk").values_list("outcome", flat=True)) == ["skipped", "sent"]


def test_both_are_told_when_the_report_is_sent_back_and_the_note_is_not_in_the_mail(
    submission, adviser, leader, owner, mailoutbox, client
):
    carried(mailoutbox)
    review = read(submission, adviser)
    reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE, note="Forklar sykefraværet.")
    mails = carried(mailoutbox)
    assert set(mails) == {leader.email, owner.email}
    assert mails[leader.email].subject.startswith("Sendt tilbake: ")
    assert "Forklar sykefraværet" not in mails[leader.email].body
    assert opens(client, leader, mails[leader.email]) == 200


def test_both_are_told_when_the_report_is_approved(submission, adviser, leader, owner, mailoutbox):
    carried(mailoutbox)
    approved(submission, adviser)
    mails = carried(mailoutbox)
    assert set(mails) == {leader.email, owner.email}
    assert mails[owner.email].subject.startswith("Godkjent: ")


def test_the_mail_is_in_the_persons_language_else_in_the_projects(submission, leader, owner, project, mailoutbox):
    Project.objects.filter(pk=project.pk).update(language="nn")
    leader.language = "en"
    leader.save()
    mails = carried(mailoutbox)
    assert mails[leader.email].subject.startswith("Received: annual report 2014")
    assert mails[owner.email].subject.startswith("Motteken: årsrapport 2014")


def test_a_title_with_a_line_break_makes_no_header(submission, leader, project, mailoutbox):
    Project.objects.filter(pk=project.pk).update(title="Heltid\r\nBcc: alle@example.org")
    mail = carried(mailoutbox)[leader.email]
    assert "\n" not in mail.subject
    assert mail.recipients() == [leader.email]


def test_a_closed_account_gets_nothing(submission, leader, owner, mailoutbox):
    owner.is_active = False
    owner.save()
    assert set(carried(mailoutbox)) == {leader.email}


def test_one_whose_role_has_ended_while_it_waited_gets_nothing(submission, leader, owner, mailoutbox):
    RoleAssignment.objects.filter(person=leader).update(ends_on=TODAY - timedelta(days=1))
    assert set(carried(mailoutbox)) == {owner.email}
    assert OutboxMessage.objects.get(to_id=leader.pk).outcome == "skipped"


def test_who_no_longer_may_sign_is_not_asked_to(complete, leader, owner, project, mailoutbox):
    reports.send_to_owner(by=act(leader), report=complete)
    RoleAssignment.objects.filter(person=owner).update(role=Role.BENEFIT_OWNER)
    assert carried(mailoutbox) == {}


def test_the_same_message_has_the_same_id_each_time(submission, leader, mailoutbox):
    first = carried(mailoutbox)[leader.email].extra_headers["Message-ID"]
    OutboxMessage.objects.update(done_at=None, outcome="", next_at=OutboxMessage.objects.first().created_at)
    assert carried(mailoutbox)[leader.email].extra_headers["Message-ID"] == first


@pytest.mark.parametrize(("code", "outcome"), [(550, "given_up"), (450, "")])
def test_an_address_that_is_refused_for_good_is_given_up_a_full_one_is_tried_again(
    submission, code, outcome, monkeypatch
):
    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (code, b"no")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    deliver_waiting(carry)
    row = OutboxMessage.objects.first()
    assert row.outcome == outcome
    assert row.last_error


def test_nothing_is_sent_while_people_wait(submission, mailoutbox):
    assert mailoutbox == []
    assert OutboxMessage.objects.filter(done_at=None).count() == 2
    assert all(row.payload["on"] == TODAY.isoformat() for row in OutboxMessage.objects.all())
