"""The journal keeps what it was told, and shows when somebody has touched it."""

import pytest
from django.db import DatabaseError, connection, transaction

from journal.actions import OtherInstallation, mark_installation, record
from journal.models import AuditEvent
from journal.queries import broken_events, installation_mode
from tests.factories import START, noon

pytestmark = pytest.mark.django_db


def write(n=3, stream="project:1"):
    return [
        record(stream=stream, action="tested", obj=("target", i), actor_id=7, at=noon(START), data={"value": i})
        for i in range(n)
    ]


def test_events_are_numbered_and_chained_within_their_stream():
    first, second, third = write()
    other = write(1, stream="project:2")[0]
    assert [first.seq, second.seq, third.seq, other.seq] == [1, 2, 3, 1]
    assert second.previous_hash == first.hash
    assert broken_events("project:1") == []


@pytest.mark.parametrize("statement", ["UPDATE journal_auditevent SET actor_id = 1", "DELETE FROM journal_auditevent"])
def test_raw_sql_cannot_change_an_event(statement):
    write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.count() == 3


def test_a_chain_that_someone_has_rewritten_does_not_verify():
    write()
    last = AuditEvent.objects.get(seq=3)
    AuditEvent.objects.bulk_create(
        [AuditEvent(stream="project:1", seq=4, at=last.at, action="forged", object_type="target", object_id="1",
                    previous_hash=last.hash, hash="0" * 64)]
    )  # fmt: skip
    assert broken_events("project:1") == [4]


def test_an_installation_is_marked_once_and_for_ever():
    mark_installation(mode="demo", now=noon(START))
    mark_installation(mode="demo", now=noon(START))
    with pytest.raises(OtherInstallation):
        mark_installation(mode="real", now=noon(START))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_installation SET mode = 'real'")
    assert installation_mode() == "demo"
