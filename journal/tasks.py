"""What the worker does for the journal."""

from celery import shared_task

from journal import actions
from journal.schedule import PULSE
from journal.turns import finish_slot, take_slot
from saman import clock

TURN_SECONDS = 60


@shared_task(name=PULSE.task)  # type: ignore[untyped-decorator]
def beat(slot: str | None = None, **_: object) -> None:
    """A heartbeat that has passed through the queue: beat, broker and worker are all alive."""
    if slot and not take_slot(job=PULSE.name, slot=slot, seconds=TURN_SECONDS):
        return
    actions.beat(name="worker", at=clock.real_now())
    if slot:
        finish_slot(job=PULSE.name, slot=slot, outcome={})
