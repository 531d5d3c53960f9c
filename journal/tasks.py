"""What the worker does for the journal."""

import time
from dataclasses import asdict

from celery import shared_task
from django.conf import settings
from django.utils.module_loading import import_string

from journal import actions, outbox
from journal.schedule import OUTBOX, PULSE
from journal.turns import finish_slot, take_slot
from saman import clock

TURN_SECONDS = 60
OUTBOX_SECONDS = 40  # a round ends before the next begins


@shared_task(name=PULSE.task)  # type: ignore[untyped-decorator]
def beat(slot: str | None = None, **_: object) -> None:
    """A heartbeat that has passed through the queue: beat, broker and worker are all alive."""
    if slot and not take_slot(job=PULSE.name, slot=slot, seconds=TURN_SECONDS):
        return
    actions.beat(name="worker", at=clock.real_now())
    if slot:
        finish_slot(job=PULSE.name, slot=slot, outcome={})


@shared_task(name=OUTBOX.task)  # type: ignore[untyped-decorator]
def deliver_outbox(slot: str | None = None, **_: object) -> int:
    """Deliver what waits in the outbox; how many were sent."""
    if slot and not take_slot(job=OUTBOX.name, slot=slot, seconds=TURN_SECONDS):
        return 0
    end = time.monotonic() + OUTBOX_SECONDS
    done = outbox.deliver_waiting(import_string(settings.OUTBOX_CARRIER), enough=lambda: time.monotonic() > end)
    if slot:
        finish_slot(job=OUTBOX.name, slot=slot, outcome=asdict(done))
    return done.sent
