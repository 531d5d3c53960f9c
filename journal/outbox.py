"""The outbox: what must happen after a commit. The row is written with what it tells of; the worker's round takes it.

Each message is taken by one of all who ask, by one UPDATE and the database's clock. Whoever dies with it leaves it to
the next when the claim has run out, so a message is delivered at least once: a death between delivery and mark is the
only way to twice.
"""

import logging
import smtplib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from journal.models import OutboxMessage

log = logging.getLogger(__name__)

# Longer than the worker lets a task run, so that nobody still works on what is free again.
CLAIM_SECONDS = 300
MOST_ATTEMPTS = 12  # with the waits below, most of a day
AGAIN_DAYS = 14  # what is older is no news to anybody
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
Outcome = OutboxMessage.Outcome


class Undeliverable(Exception):
    """Trying again will not help."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be told: `key` says it once and for ever within its kind; `payload` holds ids and codes only."""

    kind: str
    key: str
    to_id: int | None
    payload: dict[str, Any]


@dataclass(slots=True)
class Round:
    """What came of one round: how many were delivered, were not wanted any more, failed, and were given up."""

    sent: int = 0
    skipped: int = 0
    failed: int = 0
    given_up: int = 0


Deliver = Callable[[OutboxMessage], Outcome]


def put(letters: Iterable[Letter]) -> None:
    """Leave messages in the outbox, in the transaction of what they tell of; one that is there already stays."""
    rows = [OutboxMessage(**asdict(letter), created_at=Now(), next_at=Now()) for letter in letters]
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)


def deliver_waiting(deliver: Deliver, *, enough: Callable[[], bool] = lambda: False) -> Round:
    """Deliver what is due, the longest due first, until `enough` says stop. What fails waits, and is tried again."""
    done = Round()
    for pk in list(_free().order_by("next_at", "pk").values_list("pk", flat=True)):
        if enough():
            break
        message = _claim(pk)
        if message is not None:
            _deliver(message, deliver, done)
    return done


def try_again() -> int:
    """Open what was left in the last AGAIN_DAYS days and given up, to be tried at once; how many."""
    since = Now() - timedelta(days=AGAIN_DAYS)
    given_up = OutboxMessage.objects.filter(outcome=Outcome.GIVEN_UP, created_at__gt=since)
    return given_up.update(outcome="", done_at=None, claimed_until=None, attempts=0, next_at=Now())


def call_sent() -> None:
    """Mark all that waits as sent, for a loader that tells of the past."""
    OutboxMessage.objects.filter(done_at=None).update(outcome=Outcome.SENT, done_at=Now())


def _free() -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lte=Now()), done_at=None, next_at__lte=Now()
    )


def _claim(pk: int) -> OutboxMessage | None:
    until = Now() + timedelta(seconds=CLAIM_SECONDS)
    taken = _free().filter(pk=pk).update(claimed_until=until, attempts=F("attempts") + 1)
    return OutboxMessage.objects.get(pk=pk) if taken else None


def _deliver(message: OutboxMessage, deliver: Deliver, done: Round) -> None:
    if message.attempts > MOST_ATTEMPTS:  # one that makes its worker die ends here
        _close(message, Outcome.GIVEN_UP)
        done.given_up += 1
        return
    try:
        outcome = deliver(message)
    except SoftTimeLimitExceeded:
        raise  # free again when the claim has run out
    except Exception as error:
        log.warning("message %s (%s) was not delivered: %s", message.pk, message.kind, type(error).__name__)
        _failed(message, error, done)
        return
    _close(message, outcome)
    if outcome == Outcome.SENT:
        done.sent += 1
    else:
        done.skipped += 1


def _failed(message: OutboxMessage, error: Exception, done: Round) -> None:
    said = _said(error)
    done.failed += 1
    if isinstance(error, Undeliverable) or message.attempts >= MOST_ATTEMPTS:
        _close(message, Outcome.GIVEN_UP, last_error=said)
        done.given_up += 1
        return
    _ours(message).update(claimed_until=None, next_at=Now() + _wait(message.attempts), last_error=said)


def _said(error: Exception) -> str:
    """What went wrong, for the operations page: never what a mail server answered, which may hold an address."""
    why: object = ""
    if isinstance(error, Undeliverable):
        why = error
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        why = ", ".join(str(code) for code in sorted({code for code, _answer in error.recipients.values()}))
    elif isinstance(error, smtplib.SMTPResponseException):
        why = error.smtp_code
    elif isinstance(error, OSError):
        why = error.strerror or ""
    return f"{type(error).__name__}: {why}".removesuffix(": ")[:300]


def _close(message: OutboxMessage, outcome: Outcome, **values: str) -> None:
    _ours(message).update(done_at=Now(), claimed_until=None, outcome=outcome, **values)


def _ours(message: OutboxMessage) -> QuerySet[OutboxMessage]:
    """The row, unless somebody else has taken it since: each attempt has its number."""
    return OutboxMessage.objects.filter(pk=message.pk, attempts=message.attempts, done_at=None)


def _wait(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most six hours."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1))
