"""The nightly reconciliation: every project in use recomputed from its facts, in chunks that can be lost and taken up.

The plan and each chunk are rows in the database; messages only say «now». The last chunk to finish closes the night.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet

from benefits.assessment import due
from benefits.drift import Drift, find_drift, settled
from benefits.sweep import Day, chunks, take
from journal import actions
from journal.models import ScheduledSlot
from journal.schedule import JOBS, RECONCILE
from journal.turns import finish_slot, forget_slots
from projects.models import Project
from saman import clock

log = logging.getLogger(__name__)

CHUNK_JOB = f"{RECONCILE.name}.chunk"
KEPT_DAYS, KEPT_CHUNK_DAYS = 2, 60
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Part:
    """Projects by id, first and last included, of one night's plan."""

    slot: str
    first: int
    last: int

    @property
    def name(self) -> str:
        """The part's own slot."""
        return f"{self.slot} {self.first}-{self.last}"


def plan(slot: str, day: Day) -> list[Part]:
    """The parts of a night that nobody has finished. Made once; a second call finds the same plan."""
    if not _parts(slot).exists():
        ids = list(_in_use(day).order_by("pk").values_list("pk", flat=True))
        parts = [Part(slot, chunk[0], chunk[-1]) for chunk in chunks(ids)]
        rows = [ScheduledSlot(job=CHUNK_JOB, slot=part.name, started_at=clock.real_now()) for part in parts]
        ScheduledSlot.objects.bulk_create(rows, ignore_conflicts=True)
    names = _parts(slot).filter(finished_at=None).order_by("pk").values_list("slot", flat=True)
    return [Part(slot, *map(int, name.rpartition(" ")[2].split("-"))) for name in names]


def ids_of(part: Part, day: Day) -> list[int]:
    """The projects in use that a part is about, in order."""
    return list(_in_use(day).filter(pk__range=(part.first, part.last)).order_by("pk").values_list("pk", flat=True))


def reconcile(ids: Sequence[int], day: Day) -> dict[str, Any]:
    """Bring projects up to date, then compare what is stored with what their facts say; what came of it."""
    late = list(due(day.today).filter(pk__in=ids, attempt=None).order_by("pk").values_list("pk", flat=True))
    taken = take(late, day)
    drift, failed = _compared([pk for pk in ids if pk not in set(late)], day)
    return {
        "projects": len(ids),
        "assessed": taken.assessed,
        "changed": taken.changed,
        "failed": taken.failed + failed,
        "drift": [asdict(found) for found in drift],
    }


def close(slot: str) -> dict[str, Any] | None:
    """End a night when all its parts are finished; the sum of what came of them, else None."""
    parts = _parts(slot)
    if parts.filter(finished_at=None).exists():
        return None
    outcome = summed(parts.order_by("pk").values_list("outcome", flat=True))
    finish_slot(job=RECONCILE.name, slot=slot, outcome=outcome)
    actions.beat(name="reconciliation", at=clock.real_now())
    now = clock.real_now()
    each_minute = [job.name for job in JOBS if job.daily_at is None]
    forget_slots(jobs=each_minute, before=now - timedelta(days=KEPT_DAYS))
    forget_slots(jobs=[CHUNK_JOB], before=now - timedelta(days=KEPT_CHUNK_DAYS))
    return outcome


def summed(outcomes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The outcomes of parts as one: numbers added, drift counted, with the first projects it was found in."""
    parts = list(outcomes)
    drift = [found for part in parts for found in part["drift"]]
    numbers = {name: sum(part[name] for part in parts) for name in ("projects", "assessed", "changed", "failed")}
    return {**numbers, "drift": len(drift), "drifted": drift[:SHOWN]}


def _compared(ids: Sequence[int], day: Day) -> tuple[list[Drift], int]:
    """What drifted, and how many projects could not be compared: together, else one by one."""
    try:
        return find_drift(settled(ids, day), day), 0
    except (SoftTimeLimitExceeded, OperationalError, InterfaceError):
        raise
    except Exception:
        if len(ids) == 1:
            log.exception("project %s could not be compared with its facts", ids[0])
            return [], 1
    alone = [_compared([pk], day) for pk in ids]
    return [found for drift, _ in alone for found in drift], sum(failed for _, failed in alone)


def _parts(slot: str) -> "QuerySet[ScheduledSlot]":
    return ScheduledSlot.objects.filter(job=CHUNK_JOB, slot__startswith=f"{slot} ")


def _in_use(day: Day) -> "QuerySet[Project]":
    return Project.objects.filter(followed_since__lte=day.today)
