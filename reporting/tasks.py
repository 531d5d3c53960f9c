"""What the worker does for the reports: reminders, once a day."""

from celery import shared_task

from accounts.actor import system
from journal.schedule import REMIND
from journal.turns import finish_slot, take_slot
from reporting.notices.reminders import remind
from saman import clock

TURN_SECONDS = 240


@shared_task(name=REMIND.task)  # type: ignore[untyped-decorator]
def remind_of_deadlines(slot: str | None = None, **_: object) -> int:
    """Leave the day's reminders in the outbox; how many people get one."""
    slot = slot or REMIND.newest_slot(clock.real_now())
    if not take_slot(job=REMIND.name, slot=slot, seconds=TURN_SECONDS):
        return 0
    people = remind(by=system(clock.now()))
    finish_slot(job=REMIND.name, slot=slot, outcome={"people": people})
    return people
