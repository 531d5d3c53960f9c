"""What the worker does for the journal."""

from celery import shared_task

from journal import actions
from saman import clock


@shared_task(name="journal.tasks.beat")  # type: ignore[untyped-decorator]
def beat(**_: object) -> None:
    """A heartbeat that has passed through the queue: beat, broker and worker are all alive."""
    actions.beat(name="worker", at=clock.real_now())
