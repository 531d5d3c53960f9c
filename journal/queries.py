"""Questions to the journal."""

from collections.abc import Collection, Iterable
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


def noted(object_type: str, object_ids: Collection[int], action: str) -> set[int]:
    """To which of these an action has ever been done; no query where there are none."""
    if not object_ids:
        return set()
    rows = AuditEvent.objects.filter(object_type=object_type, object_id__in=map(str, object_ids), action=action)
    return {int(pk) for pk in rows.values_list("object_id", flat=True)}


def last_time(stream: str, action: str, before: datetime) -> datetime | None:
    """When an action was last done in a stream before a moment; None for never."""
    rows = AuditEvent.objects.filter(stream=stream, action=action, at__lt=before)
    return rows.aggregate(Max("at"))["at__max"]


def events_since(
    streams: Iterable[str], moment: datetime, *, but_by: int, actions: Iterable[str], most: int
) -> list[AuditEvent]:
    """The newest `most` of some `actions` others than a person have done in streams after a moment, newest first.

    Without the links of the chain: they are for showing, not for verifying.
    """
    rows = AuditEvent.objects.filter(stream__in=list(streams), at__gt=moment, action__in=list(actions))
    shown = rows.exclude(actor_id=but_by).only("stream", "action", "object_type", "object_id", "data")
    return list(shown.order_by("-at", "-seq")[:most])


def latest_of_streams(
    streams: Iterable[str], *, before: datetime, known_at: datetime | None, except_for: Iterable[str]
) -> dict[str, datetime]:
    """The moment of each stream's newest event before a moment, but for actions that begin with one of `except_for`."""
    events = AuditEvent.objects.filter(stream__in=streams, at__lt=before)
    for beginning in except_for:
        events = events.exclude(action__startswith=beginning)
    events = events if known_at is None else events.filter(at__lte=known_at)
    return dict(events.values_list("stream").annotate(Max("at")))
