"""What the journal can tell about whether the work by the clock is done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet

from journal.models import Heartbeat, OutboxMessage, ScheduledSlot
from journal.schedule import RECONCILE, SWEEP

NIGHTS = 30
GIVEN_UP_DAYS = 7
MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Outbox:
    """What is to be sent: how many, since when the oldest waits, how many fail, how many were given up lately."""

    open: int
    oldest_at: datetime | None
    failing: int
    given_up: int


def heartbeats() -> dict[str, datetime]:
    """When each part was last known to be alive."""
    return dict(Heartbeat.objects.values_list("name", "at"))


def latest_nights(count: int) -> list[ScheduledSlot]:
    """The newest finished reconciliations, newest first."""
    done = ScheduledSlot.objects.filter(job=RECONCILE.name).exclude(finished_at=None)
    return list(done.order_by("-slot")[:count])


def missed_nights(now: datetime) -> list[date]:
    """Nights of the last month without a reconciliation, oldest first, counted from the first night there was one."""
    newest = RECONCILE.newest_day(now)
    done = {
        date.fromisoformat(slot)
        for slot in ScheduledSlot.objects.filter(job=RECONCILE.name)
        .exclude(finished_at=None)
        .values_list("slot", flat=True)
    }
    if not done:
        return []
    first = max(min(done), newest - timedelta(days=NIGHTS - 1))
    nights = [first + timedelta(days=n) for n in range((newest - first).days)]
    return [night for night in nights if night not in done]


def missed_minutes(now: datetime) -> int:
    """How many of the last day's minutes had no sweep, counted from the first there was; the present one aside."""
    since = now - timedelta(minutes=MINUTES)
    found: dict[str, Any] = ScheduledSlot.objects.filter(job=SWEEP.name, started_at__gt=since).aggregate(
        count=Count("pk"), first=Min("started_at")
    )
    before = ScheduledSlot.objects.filter(job=SWEEP.name, started_at__lte=since).exists()
    begun = since if before else found["first"]
    return max(0, int((now - begun).total_seconds() // 60) - found["count"]) if begun else 0


def outbox(now: datetime) -> Outbox:
    """What is waiting to be sent, and what was given up in the last week."""
    waiting = OutboxMessage.objects.filter(done_at=None)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("created_at"))
    failing = waiting.exclude(last_error="").count()
    return Outbox(found["count"], found["oldest"], failing, _given_up(now).count())


def undelivered(now: datetime, count: int) -> list[OutboxMessage]:
    """What has failed and is tried again, and what was given up in the last week; the newest first."""
    failing = OutboxMessage.objects.filter(done_at=None).exclude(last_error="")
    return list((failing | _given_up(now)).order_by("-created_at", "-pk")[:count])


def _given_up(now: datetime) -> QuerySet[OutboxMessage]:
    since = now - timedelta(days=GIVEN_UP_DAYS)
    return OutboxMessage.objects.filter(outcome=OutboxMessage.Outcome.GIVEN_UP, done_at__gt=since)
