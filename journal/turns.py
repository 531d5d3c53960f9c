"""Whose turn it is: leases and scheduled slots, decided by one UPDATE and the database's clock on every database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from journal.models import Lease, ScheduledSlot

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def hold_lease(*, name: str, holder: str, seconds: float) -> bool:
    """Take or renew a lease; False while another holder's has not run out."""
    return _renew(name, holder, seconds) or (_introduce(name) and _renew(name, holder, seconds))


def release_lease(*, name: str, holder: str) -> None:
    """Give a lease back, so that the next one need not wait for it to run out."""
    Lease.objects.filter(name=name, holder=holder).update(until=LONG_AGO)


def take_slot(*, job: str, slot: str, seconds: float) -> bool:
    """Take a slot that nobody works on or has finished; True for one of all who ask, until `seconds` have passed."""
    ScheduledSlot.objects.bulk_create(
        [ScheduledSlot(job=job, slot=slot, started_at=Now())], ignore_conflicts=True
    )  # what stands there already is left as it is
    free = ScheduledSlot.objects.filter(Q(claimed_until=None) | Q(claimed_until__lte=Now()), finished_at=None)
    taken = free.filter(job=job, slot=slot).update(claimed_until=_in(seconds), attempts=F("attempts") + 1)
    return taken == 1


def finish_slot(*, job: str, slot: str, outcome: dict[str, Any]) -> None:
    """Say what came of a slot. The first one to say so is believed."""
    ScheduledSlot.objects.filter(job=job, slot=slot, finished_at=None).update(finished_at=Now(), outcome=outcome)


def forget_slots(*, jobs: list[str], before: datetime) -> None:
    """Remove the slots of jobs that run so often that nobody asks for them later."""
    ScheduledSlot.objects.filter(job__in=jobs, started_at__lt=before).delete()


def _renew(name: str, holder: str, seconds: float) -> bool:
    free = Lease.objects.filter(Q(holder=holder) | Q(until__lte=Now()), name=name)
    return free.update(holder=holder, until=_in(seconds)) == 1


def _introduce(name: str) -> bool:
    """Make the lease's row where there is none; whether there may be one to take now."""
    if Lease.objects.filter(name=name).exists():
        return False
    Lease.objects.bulk_create([Lease(name=name, until=LONG_AGO)], ignore_conflicts=True)
    return True


def _in(seconds: float) -> CombinedExpression:
    """The database's clock, `seconds` from now."""
    return Now() + timedelta(seconds=seconds)
