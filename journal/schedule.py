"""What runs by the clock, and which slot of a job a moment belongs to. No database, no queue."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Job:
    """A task and when it runs: every minute, or once each day at a time of day (wall clock)."""

    name: str
    task: str
    daily_at: time | None = None

    def newest_slot(self, now: datetime) -> str:
        """The slot that has begun last. `now` is in local time; a minute's name is in UTC, a day's is its date."""
        if self.daily_at is None:
            return f"{now.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
        return self.newest_day(now).isoformat()

    def newest_day(self, now: datetime) -> date:
        """The day a daily job should have run last. By the wall clock, so a night with two 02:10 has one slot."""
        assert self.daily_at is not None
        begun = now.replace(tzinfo=None).time() >= self.daily_at
        return now.date() if begun else now.date() - timedelta(days=1)


SWEEP = Job("sweep", "benefits.tasks.assess_due")
PULSE = Job("pulse", "journal.tasks.beat")
OUTBOX = Job("outbox", "journal.tasks.deliver_outbox")
RECONCILE = Job("reconcile", "benefits.tasks.reconcile", daily_at=time(2, 10))
REMIND = Job("remind", "reporting.tasks.remind_of_deadlines", daily_at=time(7))
JOBS = (PULSE, SWEEP, OUTBOX, RECONCILE, REMIND)
