"""What the worker does: the sweeper each minute, the reconciliation each night. Arguments are ids, never facts.

Every task may be lost, doubled or late: what is due is read from the database, and a slot is done once.
"""

import logging
import time
from collections.abc import Sequence

from celery import shared_task

from benefits import attempts
from benefits.actions.governor import govern
from benefits.assessment import CHUNK, due
from benefits.reconciliation import CHUNK_JOB, Part, close, ids_of, plan, reconcile
from benefits.sweep import Day, chunks, take, take_troubled, troubled, waiting
from journal.actions import beat
from journal.schedule import RECONCILE, SWEEP
from journal.turns import finish_slot, take_slot
from projects.models import Programme
from saman import clock
from saman.celery import HARD_LIMIT_SECONDS

log = logging.getLogger(__name__)

# A sweep ends before the next begins. More chunks than this are shared out, so that all worker processes take part.
SWEEP_SECONDS = 40
OWN_CHUNKS = 2
CHUNK_EXPIRES_SECONDS = 60
# A slot whose worker died is free again when that worker would have been stopped anyway.
TURN_SECONDS = HARD_LIMIT_SECONDS + 20
PLAN_SECONDS = 120


@shared_task(name=SWEEP.task)  # type: ignore[untyped-decorator]
def assess_due(slot: str | None = None, **_: object) -> int:
    """Assess what is due, and share out what is too much for one; the number of projects taken here."""
    if slot and not take_slot(job=SWEEP.name, slot=slot, seconds=TURN_SECONDS):
        return 0
    end = time.monotonic() + SWEEP_SECONDS
    day = _day()
    attempts.forget_settled(due(day.today))
    ids = waiting(day)
    shared = _share(ids) if len(ids) > OWN_CHUNKS * CHUNK else 0
    done = take(ids[shared:], day, enough=lambda: time.monotonic() > end)
    again = take_troubled(troubled(day), day, enough=lambda: time.monotonic() > end)
    beat(name="sweeper", at=clock.real_now())
    if slot:
        outcome = {"waiting": len(ids), "shared": shared, "assessed": done.assessed + again.assessed}
        finish_slot(job=SWEEP.name, slot=slot, outcome={**outcome, "failed": done.failed + again.failed})
    return done.assessed + again.assessed


@shared_task(name="benefits.tasks.assess_chunk")  # type: ignore[untyped-decorator]
def assess_chunk(ids: Sequence[int], **_: object) -> int:
    """Assess those of the projects that are still due; the number taken."""
    day = _day()
    still = due(day.today).filter(pk__in=ids)
    return take(list(still.filter(attempt=None).order_by("pk").values_list("pk", flat=True)), day).assessed


@shared_task(name=RECONCILE.task)  # type: ignore[untyped-decorator]
def reconcile_all(slot: str | None = None, **_: object) -> int:
    """Plan the night's reconciliation and send out what remains of it; the number of parts sent."""
    day = _day()
    slot = slot or RECONCILE.newest_slot(clock.real_now())
    if not take_slot(job=RECONCILE.name, slot=slot, seconds=PLAN_SECONDS):
        return 0
    for programme in Programme.objects.order_by("pk"):
        govern(programme=programme, as_of=day.today, now=day.now)
    parts = plan(slot, day)
    for part in parts:
        reconcile_chunk.apply_async(kwargs={"slot": slot, "first": part.first, "last": part.last}, retry=False)
    if not parts:
        close(slot)
    return len(parts)


@shared_task(name="benefits.tasks.reconcile_chunk")  # type: ignore[untyped-decorator]
def reconcile_chunk(slot: str, first: int, last: int, **_: object) -> int:
    """Reconcile one part of the night's plan; the number of projects that had drifted."""
    part = Part(slot, first, last)
    if not take_slot(job=CHUNK_JOB, slot=part.name, seconds=TURN_SECONDS):
        return 0
    day = _day()
    outcome = reconcile(ids_of(part, day), day)
    finish_slot(job=CHUNK_JOB, slot=part.name, outcome=outcome)
    close(slot)
    return len(outcome["drift"])


def _day() -> Day:
    return Day(today=clock.today(), now=clock.now())


def _share(ids: Sequence[int]) -> int:
    """Send chunks to whoever is free; how many projects were sent. What is lost on the way is due at the next sweep."""
    sent = 0
    try:
        for chunk in chunks(ids):
            assess_chunk.apply_async(kwargs={"ids": list(chunk)}, expires=CHUNK_EXPIRES_SECONDS, retry=False)
            sent += len(chunk)
    except Exception as error:
        log.warning("only %s of %s projects could be shared out: %s", sent, len(ids), error)
    return sent
