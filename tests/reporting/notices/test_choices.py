"""«Varsler på e-post»: each kind can be turned off, and what was told is found again."""

import pytest
from django.urls import reverse

from accounts.actor import system
from journal.models import AuditEvent, OutboxMessage
from journal.outbox import deliver_waiting
from reporting.notices.kinds import Kind
from reporting.notices.mail import carry
from reporting.notices.models import MutedNotice
from reporting.notices.reminders import remind
from tests.reporting.annual.writing import at, filled, signed, submitted

pytestmark = pytest.mark.django_db
PAGE = reverse("notices")


def text(client):
    return client.get(PAGE).content.decode()


def test_everything_is_on_until_it_is_turned_off_and_can_be_turned_on_again(client, leader):
    client.force_login(leader)
    assert text(client).count(" checked") == len(Kind)
    response = client.post(PAGE, {"kind": [Kind.RETURNED, Kind.APPROVED]})
    assert (response.status_code, response.url) == (303, PAGE)
    assert set(MutedNotice.objects.values_list("kind", flat=True)) == set(Kind) - {Kind.RETURNED, Kind.APPROVED}
    assert text(client).count(" checked") == 2
    client.post(PAGE, {"kind": [*Kind]})
    assert not MutedNotice.objects.exists()
    assert AuditEvent.objects.filter(action="notices_chosen").count() == 2


def test_what_is_unknown_is_neither_stored_nor_an_error(client, leader):
    client.force_login(leader)
    assert client.post(PAGE, {"kind": ["nonsense"]}).status_code == 303
    assert set(MutedNotice.objects.values_list("kind", flat=True)) == set(Kind)


def test_the_choice_is_ones_own(client, leader, owner):
    client.force_login(leader)
    client.post(PAGE, {})
    client.force_login(owner)
    assert text(client).count(" checked") == len(Kind)


def test_a_kind_that_is_turned_off_is_not_sent_and_the_list_says_so(client, report, leader, mailoutbox):
    client.force_login(leader)
    client.post(PAGE, {})
    remind(by=system(at()))
    assert "venter på å bli sendt" in text(client)
    deliver_waiting(carry)
    assert mailoutbox == []
    assert "Påminnelse om frist" in text(client)
    assert "(ikke sendt)" in text(client)


def test_a_receipt_that_is_not_wanted_by_mail_is_found_in_the_list(client, report, leader, owner, project, mailoutbox):
    client.force_login(leader)
    client.post(PAGE, {})
    signed(filled(report, leader), owner)
    submission = submitted(report, leader)
    deliver_waiting(carry)
    assert [mail.to[0] for mail in mailoutbox] == [owner.email]
    page = text(client)
    assert reverse("report_receipt", args=[project.slug, submission.number]) in page
    assert project.title in page


def test_the_list_holds_the_last_fifty_in_few_questions(client, report, leader, django_assert_max_num_queries):
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind=Kind.APPROVED, key=str(n), to_id=leader.pk, payload={"report": report.pk, "on": "2015-01-22"},
            created_at=at(minute=n % 60), next_at=at(),
        )
        for n in range(60)
    )  # fmt: skip
    client.force_login(leader)
    with django_assert_max_num_queries(8):  # session, person, choices, messages, reports; the menu
        assert text(client).count("<li><b") == 50
