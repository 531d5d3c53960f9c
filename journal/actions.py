"""The writers of the journal. Call them inside the transaction of the change they describe."""

import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from journal.chain import GENESIS, digest
from journal.models import AuditEvent, Heartbeat, Installation


class OtherInstallation(Exception):
    """The database is already marked as the other kind: demonstration data and real data are never mixed."""

    def __init__(self, mode: str) -> None:
        super().__init__(f"This database is a {mode} installation.")
        self.mode = mode


@transaction.atomic
def mark_installation(*, mode: str, now: datetime) -> None:
    """Mark the database as `demo` or `real`, once and for ever; raise OtherInstallation when it is the other."""
    row, _ = Installation.objects.get_or_create(id=1, defaults={"mode": mode, "created_at": now})
    if row.mode != mode:
        raise OtherInstallation(row.mode)


def record(
    *,
    stream: str,
    action: str,
    obj: tuple[str, object],
    actor_id: int | None,
    at: datetime,
    request_id: str = "",
    data: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event to a stream. `data` holds ids, codes and numbers, never names or free text."""
    _wait_for_turn(stream)
    last = AuditEvent.objects.filter(stream=stream).order_by("-seq").only("seq", "hash").first()
    event = AuditEvent(
        stream=stream,
        seq=last.seq + 1 if last else 1,
        at=at,
        actor_id=actor_id,
        request_id=request_id,
        action=action,
        object_type=obj[0],
        object_id=str(obj[1]),
        data=json.loads(json.dumps(data or {}, cls=DjangoJSONEncoder)),
        previous_hash=last.hash if last else GENESIS,
    )
    event.hash = digest(event)
    event.save(force_insert=True)
    return event


def _wait_for_turn(stream: str) -> None:
    """Let one transaction at a time append to a stream. SQLite writes one at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [stream])


def beat(*, name: str, at: datetime) -> None:
    """Note that something is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})
