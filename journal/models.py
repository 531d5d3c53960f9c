"""Rows that other apps write through `journal.actions`. Ids, never foreign keys: the log never blocks a delete."""

from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """What kind of database this is. One row, never changed (a trigger refuses it)."""

    class Mode(models.TextChoices):
        DEMO = "demo"
        REAL = "real"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    mode = models.CharField(max_length=4, choices=Mode.choices)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="installation_is_one_row"),
            models.CheckConstraint(condition=Q(mode__in=["demo", "real"]), name="installation_mode_known"),
        ]


class AuditEvent(models.Model):
    """One change: who, when, what. Chained by hash within its stream; a trigger refuses UPDATE and DELETE."""

    stream = models.CharField(max_length=60)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=32, blank=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="audit_stream_seq")]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]


class OutboxMessage(models.Model):
    """Something that must be told after a commit. `to_id` is a person; `payload` holds ids and codes, never texts.

    Open while `done_at` is NULL; `outcome` says how it ended. A key is never used again within its kind.
    """

    class Outcome(models.TextChoices):
        SENT = "sent"
        SKIPPED = "skipped"
        GIVEN_UP = "given_up"

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    to_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="outbox_once_per_key"),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="outbox_done_has_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(done_at=None), name="outbox_open"),
            models.Index(fields=["to_id", "-created_at"], name="outbox_of_person"),
        ]


class ScheduledSlot(models.Model):
    """One run of one scheduled job. The unique row decides, so two beats cannot run a slot twice.

    Who works on it holds it until `claimed_until`, by the database's clock; NULL: nobody has taken it yet.
    """

    job = models.CharField(max_length=60)
    slot = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "slot"], name="slot_runs_once")]


class Lease(models.Model):
    """Who alone may do something for a while, by the database's clock."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()


class Heartbeat(models.Model):
    """When something was last known to be alive, by real time."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
