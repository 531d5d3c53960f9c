"""Questions to the journal."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from journal.chain import GENESIS, digest
from journal.models import AuditEvent, Installation


def installation_mode() -> str | None:
    """`demo`, `real`, or None for a database nobody has marked yet."""
    return Installation.objects.values_list("mode", flat=True).first()


def broken_events(stream: str) -> list[int]:
    """The sequence numbers in a stream whose hash or link to the one before does not verify."""
    previous, broken = GENESIS, []
    for event in AuditEvent.objects.filter(stream=stream).order_by("seq"):
        if event.previous_hash != previous or digest(event) != event.hash:
            broken.append(event.seq)
        previous = event.hash
    return broken


def latest_events(stream: str, count: int) -> list[AuditEvent]:
    """The newest events of a stream, newest first."""
    return list(AuditEvent.objects.filter(stream=stream).order_by("-at", "-seq")[:count])


def latest_of_streams(
    streams: Iterable[str], *, before: datetime, known_at: datetime | None, except_for: Iterable[str]
) -> dict[str, datetime]:
    """The moment of each stream's newest event before a moment, but for actions that begin with one of `except_for`."""
    events = AuditEvent.objects.filter(stream__in=streams, at__lt=before)
    for beginning in except_for:
        events = events.exclude(action__startswith=beginning)
    events = events if known_at is None else events.filter(at__lte=known_at)
    return dict(events.values_list("stream").annotate(Max("at")))
