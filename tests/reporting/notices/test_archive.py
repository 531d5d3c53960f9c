"""A copy of each submission goes to the archive of each municipality that wants one, once."""

import hashlib
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from accounts.actor import NotAllowed
from journal import outbox
from journal.models import AuditEvent, OutboxMessage
from reporting.annual.actions.archive import KIND, StaleAddresses, leave_copies, set_addresses
from reporting.annual.models import ArchiveAddress, Submission
from reporting.notices.mail import carry
from tests import factories
from tests.reporting.annual.writing import a_round, act, begun, filled, signed, submitted

pytestmark = pytest.mark.django_db
EMAIL = "postmottak@meraker.example"


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def place(project):
    return project.municipalities.get()


@pytest.fixture
def address(project, place, leader):
    set_addresses(by=act(leader), project=project, version=0, emails={place.pk: EMAIL})
    return ArchiveAddress.objects.get()


def sent_in(project, programme, leader, owner, **changes):
    factories.target(project)
    report = filled(begun(project, leader, a_round(programme, **changes)), leader)
    signed(report, owner)
    return submitted(report, leader)


def test_json_pdf_and_checksums_are_sent_once(project, programme, leader, owner, address):
    row = sent_in(project, programme, leader, owner)
    leave_copies(row)
    assert OutboxMessage.objects.filter(kind=KIND).count() == 1
    outbox.deliver_waiting(carry)
    outbox.deliver_waiting(carry)
    [copy] = [letter for letter in mail.outbox if letter.to == [EMAIL]]
    files = {name: content if isinstance(content, bytes) else content.encode() for name, content, _ in copy.attachments}
    assert sorted(files) == ["SHA256SUMS", "innhold.json", "metadata.json", "rapport.pdf"]
    assert files["innhold.json"].decode() == row.snapshot
    lines = [line.split("  ") for line in files["SHA256SUMS"].decode().splitlines()]
    assert all(hashlib.sha256(files[name]).hexdigest() == checksum for checksum, name in lines)
    assert copy.body.startswith("Eksempeldata")
    assert row.number in copy.subject


def test_the_receipt_says_what_became_of_it(client, project, programme, leader, owner, address):
    row = sent_in(project, programme, leader, owner)
    client.force_login(leader)
    receipt = reverse("report_receipt", args=[project.slug, row.number])
    assert "Ikke sendt ennå" in client.get(receipt).content.decode()
    outbox.deliver_waiting(carry)
    assert "Kopi til arkivet" in client.get(receipt).content.decode()
    assert "Ikke sendt" not in client.get(receipt).content.decode()


def test_without_an_address_nothing_is_sent_and_the_receipt_says_so(client, project, programme, leader, owner):
    row = sent_in(project, programme, leader, owner)
    assert not OutboxMessage.objects.filter(kind=KIND).exists()
    client.force_login(leader)
    receipt = reverse("report_receipt", args=[project.slug, row.number])
    assert "Ikke sendt: ingen adresse" in client.get(receipt).content.decode()


def test_an_address_that_is_taken_away_gets_nothing(project, place, programme, leader, owner, address):
    sent_in(project, programme, leader, owner)
    set_addresses(by=act(leader), project=project, version=1, emails={place.pk: ""})
    outbox.deliver_waiting(carry)
    assert OutboxMessage.objects.get(kind=KIND).outcome == OutboxMessage.Outcome.SKIPPED
    assert not [letter for letter in mail.outbox if letter.to == [EMAIL]]


def test_a_municipality_that_has_left_gets_nothing(project, programme, leader, owner, address):
    """Neither of what comes later, nor of what was waiting when it left."""
    row = sent_in(project, programme, leader, owner)
    project.participations.all().delete()
    outbox.deliver_waiting(carry)
    assert OutboxMessage.objects.get(kind=KIND).outcome == OutboxMessage.Outcome.SKIPPED
    assert not [letter for letter in mail.outbox if letter.to == [EMAIL]]
    OutboxMessage.objects.filter(kind=KIND).delete()
    leave_copies(row)
    assert not OutboxMessage.objects.filter(kind=KIND).exists()


def test_what_is_not_as_it_was_received_is_not_sent(project, programme, leader, owner, address):
    """As `export_submissions`: what a row says is held against the checksum that was noted when it came."""
    row = sent_in(project, programme, leader, owner)
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER submission_refuse_update"
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON reporting_submission")
    Submission.objects.filter(pk=row.pk).update(snapshot=row.snapshot.replace("mål", "maal"))
    outbox.deliver_waiting(carry)
    assert OutboxMessage.objects.get(kind=KIND).outcome == OutboxMessage.Outcome.GIVEN_UP
    assert not [letter for letter in mail.outbox if letter.to == [EMAIL]]


def test_a_trial_is_sent_nowhere(project, programme, leader, owner, address):
    sent_in(project, programme, leader, owner, is_test=True)
    assert not OutboxMessage.objects.exists()


def test_leader_and_administrator_set_it_and_nobody_else(project, place, leader, owner, admin, stranger):
    for version, person in enumerate((leader, admin)):
        set_addresses(by=act(person), project=project, version=version, emails={place.pk: f"{version}@x.example"})
    assert AuditEvent.objects.filter(action="archive_addresses_changed").count() == 2
    for person in (owner, stranger):
        with pytest.raises(NotAllowed):
            set_addresses(by=act(person), project=project, version=2, emails={place.pk: EMAIL})


def test_a_place_that_is_not_in_the_project_is_left_out(project, leader):
    other = factories.municipality("Tolga")
    set_addresses(by=act(leader), project=project, version=0, emails={other.pk: EMAIL})
    assert not ArchiveAddress.objects.exists()


def test_what_someone_else_has_changed_is_shown_beside_ones_own(client, project, place, leader, address):
    client.force_login(leader)
    page = reverse("report_archive", args=[project.slug])
    sent = {"version": "0", f"email_{place.pk}": "arkiv@meraker.example"}
    answer = client.post(page, sent)
    assert answer.status_code == 409
    assert EMAIL in answer.content.decode()
    with pytest.raises(StaleAddresses):
        set_addresses(by=act(leader), project=project, version=0, emails={})
    assert client.post(page, {**sent, "version": "1"}).status_code == 303
    assert client.post(page, {"version": "2", f"email_{place.pk}": "ikke en adresse"}).status_code == 422
    assert ArchiveAddress.objects.get().email == "arkiv@meraker.example"
