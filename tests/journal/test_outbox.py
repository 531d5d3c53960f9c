"""The outbox: written with what it tells of, taken by one at a time, tried again, given up where it is seen."""

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from threading import Barrier, Lock

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.db.models.functions import Now

from journal.models import OutboxMessage, ScheduledSlot
from journal.outbox import AGAIN_DAYS, MOST_ATTEMPTS, Letter, Outcome, Undeliverable, deliver_waiting, put, try_again
from journal.tasks import deliver_outbox

pytestmark = pytest.mark.django_db
LETTERS, CROWD = 40, 4
ROOT = Path(__file__).resolve().parents[2]


def letter(key="1", kind="report_received"):
    return Letter(kind, key, 7, {"report": 1})


def sent(message):
    return Outcome.SENT


def broken(message):
    raise OSError(5, "the mail server is away")


def is_due(**values):
    """As if the time had passed."""
    OutboxMessage.objects.filter(done_at=None).update(next_at=Now(), **values)


def test_what_is_rolled_back_tells_nothing():
    with transaction.atomic():
        put([letter()])
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()


def test_a_key_is_told_once_also_when_it_has_been_sent():
    put([letter()])
    assert deliver_waiting(sent).sent == 1
    put([letter(), letter(kind="report_returned")])
    assert OutboxMessage.objects.count() == 2
    assert deliver_waiting(sent).sent == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.create(kind="report_received", key="1", created_at=Now(), next_at=Now())


def test_what_fails_waits_longer_each_time_and_others_go_on():
    put([letter("bad"), letter("good")])

    def one_is_broken(message):
        return broken(message) if message.key == "bad" else Outcome.SENT

    done = deliver_waiting(one_is_broken)
    assert (done.sent, done.failed) == (1, 1)
    assert deliver_waiting(one_is_broken).failed == 0  # not yet
    bad = OutboxMessage.objects.get(key="bad")
    assert bad.last_error == "OSError: the mail server is away"
    first = bad.next_at
    is_due()
    deliver_waiting(one_is_broken)
    bad.refresh_from_db()
    assert bad.attempts == 2
    assert bad.next_at - first > timedelta(seconds=59)
    is_due()
    assert deliver_waiting(sent).sent == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SMTPRecipientsRefused({"lise@example.org": (450, b"full: lise@example.org")}), "SMTPRecipientsRefused: 450"),
        (SMTPSenderRefused(451, b"no: lise@example.org", "saman@example.org"), "SMTPSenderRefused: 451"),
        (SMTPDataError(452, b"no: lise@example.org"), "SMTPDataError: 452"),
        (ConnectionRefusedError(111, "Connection refused"), "ConnectionRefusedError: Connection refused"),
        (Undeliverable("no such address"), "Undeliverable: no such address"),
        (ValueError("lise@example.org"), "ValueError"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_kept_of_an_error_holds_no_address(error, said):
    def fail(message):
        raise error

    put([letter()])
    deliver_waiting(fail)
    assert OutboxMessage.objects.get().last_error == said


def test_after_twelve_attempts_it_is_given_up_and_can_be_opened_again():
    put([letter()])
    for _ in range(MOST_ATTEMPTS + 3):
        is_due()
        deliver_waiting(broken)
    row = OutboxMessage.objects.get()
    assert (row.outcome, row.attempts) == (Outcome.GIVEN_UP, MOST_ATTEMPTS)
    assert row.done_at is not None
    assert try_again() == 1
    assert deliver_waiting(sent).sent == 1
    assert try_again() == 0


def test_what_is_old_is_not_opened_again():
    put([letter(), letter("old")])
    is_due(attempts=MOST_ATTEMPTS)
    deliver_waiting(sent)
    OutboxMessage.objects.filter(key="old").update(created_at=Now() - timedelta(days=AGAIN_DAYS))
    assert try_again() == 1
    assert OutboxMessage.objects.get(key="old").outcome == Outcome.GIVEN_UP


def test_what_never_can_be_delivered_is_given_up_at_once():
    def refuse(message):
        raise Undeliverable("no such address")

    put([letter()])
    assert deliver_waiting(refuse).given_up == 1


def test_what_is_not_wanted_any_more_is_skipped_and_never_tried_again():
    put([letter()])
    assert deliver_waiting(lambda _message: Outcome.SKIPPED).skipped == 1
    assert deliver_waiting(sent).sent == 0


def test_a_round_ends_when_its_time_is_up_and_the_rest_waits():
    put(letter(str(n)) for n in range(3))
    looks = iter([False, True])
    assert deliver_waiting(sent, enough=lambda: next(looks)).sent == 1
    assert deliver_waiting(sent).sent == 2


def test_a_claim_that_has_run_out_is_anybodys_and_its_holder_changes_nothing_more():
    """One worker is frozen in the middle; another takes over; the first one wakes up."""
    put([letter()])

    def frozen_meanwhile(message):
        OutboxMessage.objects.update(claimed_until=Now())
        assert deliver_waiting(sent).sent == 1
        raise OSError("woken up too late")

    deliver_waiting(frozen_meanwhile)
    row = OutboxMessage.objects.get()
    assert (row.outcome, row.last_error) == (Outcome.SENT, "")


def test_one_that_makes_its_worker_die_each_time_ends_as_given_up():
    put([letter()])
    is_due(attempts=MOST_ATTEMPTS)
    assert deliver_waiting(sent).given_up == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_never_send_the_same_twice():
    put(letter(str(n)) for n in range(LETTERS))
    told, lock, ready = Counter(), Lock(), Barrier(CROWD)

    def tell(message):
        with lock:
            told[message.key] += 1
        return Outcome.SENT

    def work(_number):
        ready.wait()
        try:
            return deliver_waiting(tell).sent
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as pool:
        assert sum(pool.map(work, range(CROWD))) == LETTERS
    assert told == {str(n): 1 for n in range(LETTERS)}


KILLED = """
import os, sys, django
from django.conf import settings
django.setup()
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[1]
from journal.outbox import deliver_waiting
def deliver(message):
    if sys.argv[3] == "after":
        open(sys.argv[2], "a").write(message.key)
    os.kill(os.getpid(), 9)
deliver_waiting(deliver)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("when", "copies"), [("before", 1), ("after", 2)])
def test_a_worker_killed_between_claim_and_mark_loses_nothing(tmp_path, when, copies):
    """At least once: killed before the mail left, it goes once; between mail and mark it goes twice, never more."""
    put([letter("x")])
    mails = tmp_path / "mails"
    name = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, name, str(mails), when], cwd=ROOT, env=environment, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    row = OutboxMessage.objects.get()
    assert (row.done_at, row.attempts) == (None, 1)
    assert deliver_waiting(sent).sent == 0  # the dead one's claim still holds
    OutboxMessage.objects.update(claimed_until=Now())

    def deliver(message):
        with mails.open("a") as file:
            file.write(message.key)
        return Outcome.SENT

    assert deliver_waiting(deliver).sent == 1
    assert deliver_waiting(deliver).sent == 0
    assert mails.read_text() == "x" * copies


def test_the_minutes_round_is_done_once_and_says_what_came_of_it():
    put([letter()])  # of a report that does not exist: nobody is told
    assert deliver_outbox(slot="2015-01-22T10:00Z") == 0
    put([letter("2")])
    deliver_outbox(slot="2015-01-22T10:00Z")
    assert ScheduledSlot.objects.get(job="outbox").outcome == {"sent": 0, "skipped": 1, "failed": 0, "given_up": 0}
    assert OutboxMessage.objects.filter(done_at=None).count() == 1


def test_the_command_delivers_and_opens_what_was_given_up():
    put([letter()])
    is_due(attempts=MOST_ATTEMPTS)
    deliver_waiting(sent)
    out = StringIO()
    call_command("deliver_outbox", "--again", stdout=out)
    assert "1 opened again." in out.getvalue()
    assert "1 skipped" in out.getvalue()
