"""Submitting a report, exactly once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.actor import Actor, NotAllowed
from projects.access import may, roles_in
from projects.revision import touch
from projects.roles import Access
from reporting.annual import facts_shown
from reporting.annual.actions.archive import leave_copies
from reporting.annual.actions.drafts import NotWritable
from reporting.annual.actions.reports import RoundNotOpen, check_complete, check_seen, lock, note, versions
from reporting.annual.content import SCHEMA, content
from reporting.annual.models import OwnerSignature, Report, Round, Submission
from reporting.annual.receipts import receipt_number
from reporting.notices import telling
from saman.canonical import canonical, digest, sha256

ATTEMPTS = 4  # the whole transaction again after a lost race or a lock that took too long: nothing was stored


class NotSigned(Exception):
    """The owner has not signed this content, and the deadline has not come."""


class AlreadySubmitted(Exception):
    """This revision has been submitted with another content. `submission` is it."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission.number)
        self.submission = submission


class KeyReused(Exception):
    """The idempotency key belongs to a submission of something else (422)."""


def submit(*, by: Actor, report: Report, idempotency_key: UUID, seen: dict[str, Any]) -> Submission:
    """Submit the content that was on the screen, exactly once: a repeated request answers the same submission.

    Before the deadline a round may demand the owner's signature; from the day of the deadline a report is taken
    unsigned, and marked. Late is marked too, never refused. Raises NotAllowed, NotWritable, RoundNotOpen, Incomplete,
    ChangedSinceSeen, NotSigned, AlreadySubmitted, KeyReused.
    """
    _check_access(by, report)
    content_digest, received_at = digest(seen), _received_at(by)
    for patience in reversed(range(ATTEMPTS)):
        stored = _stored(report, idempotency_key, content_digest)
        if stored is not None:
            return stored
        try:
            with transaction.atomic():
                return _submit(by, report, idempotency_key, seen, content_digest, received_at)
        except (IntegrityError, OperationalError):
            if not patience or connection.in_atomic_block:
                raise
    raise AssertionError("unreachable")


def _check_access(by: Actor, report: Report) -> None:
    if by.user is not None and not may(roles_in(by.user, report.project, by.today), Access.WRITE):
        raise NotAllowed


def _submit(
    by: Actor, report: Report, key: UUID, seen: dict[str, Any], content_digest: str, received_at: datetime
) -> Submission:
    report = lock(report.pk)
    _check_access(by, report)
    stored = _stored(report, key, content_digest)
    if stored is not None:
        return stored
    _check_open(by, report)
    check_complete(report)
    now = content(report, by.today)
    check_seen(seen, now)
    submission = _insert(by, report, key, now, received_at)
    Report.objects.filter(pk=report.pk).update(state=Report.State.SUBMITTED, called_back="", version=F("version") + 1)
    note(
        by,
        report,
        "report_submitted",
        number=submission.number,
        sha256=submission.sha256,
        late=submission.is_late,
        signed=submission.is_signed,
        sections=versions(report),
    )
    touch(report.project_id)
    telling.received(by, submission)
    leave_copies(submission)
    return submission


def _stored(report: Report, key: UUID, content_digest: str) -> Submission | None:
    """What an earlier request has submitted with this key, or with this content."""
    by_key = Submission.objects.filter(idempotency_key=key).first()
    if by_key is not None and (by_key.report_id, by_key.content_digest) != (report.pk, content_digest):
        raise KeyReused
    return by_key or Submission.objects.filter(report=report, content_digest=content_digest).first()


def _check_open(by: Actor, report: Report) -> None:
    if not report.is_writable:
        raise AlreadySubmitted(report.submissions.get(revision=report.revision))
    if report.started_at is None:
        raise NotWritable
    if not report.is_back and not report.round.is_open(by.today):
        raise RoundNotOpen


def _insert(by: Actor, report: Report, key: UUID, what: dict[str, Any], received_at: datetime) -> Submission:
    signature = OwnerSignature.objects.filter(report=report, revision=report.revision, digest=digest(what)).first()
    _check_signed(report, signature, received_at)
    host = report.project.participations.filter(is_host=True).first()
    snapshot = canonical(
        {
            "schema": SCHEMA,
            "content": what,
            "observed": facts_shown.observed(report, by.today),
            "received_at": received_at,
            "deadline": report.late_after,
            "by": by.user_id,
            "on_behalf_of": host.municipality_id if host else None,
            "signed_by": signature.signed_by_id if signature else None,
            "signed_at": signature.signed_at if signature else None,
        }
    )
    return Submission.objects.create(
        report=report,
        revision=report.revision,
        number=receipt_number(report.round.year, report.pk, report.revision),
        idempotency_key=key,
        schema_version=SCHEMA,
        snapshot=snapshot,
        sha256=sha256(snapshot),
        content_digest=digest(what),
        received_at=received_at,
        deadline=report.late_after,
        is_late=received_at >= report.late_after,
        is_signed=signature is not None,
        signature=signature,
        by=by.user,
        on_behalf_of=host.municipality if host else None,
        test_round=report.round if report.round.is_test else None,
    )


def _check_signed(report: Report, signature: OwnerSignature | None, received_at: datetime) -> None:
    if signature is not None or report.round.signature == Round.Signature.AFTER:
        return
    if received_at.astimezone(timezone.get_default_timezone()).date() < report.due_on:
        raise NotSigned


def _received_at(by: Actor) -> datetime:
    """When the request came: the edge clock in a demonstration, else the database's.

    Read before anything is waited for: a crowd at the deadline makes nobody late.
    """
    if settings.DEMO or connection.vendor == "sqlite":
        return by.now
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        return cursor.fetchone()[0]
