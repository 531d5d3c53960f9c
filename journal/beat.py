"""Celery's beat, with its memory in the database: any number may run, one acts, and no slot is done twice.

Who holds the lease sends what the newest slot of each job still needs. A daily slot is sent again until somebody has
finished it, so one that was missed, or whose message was lost, runs once on return. The worker takes the slot's row.
"""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from celery import Celery
from celery.beat import Scheduler
from django.db import DatabaseError, close_old_connections

from journal import actions
from journal.models import ScheduledSlot
from journal.schedule import JOBS, Job
from journal.turns import hold_lease, release_lease
from saman import clock

log = logging.getLogger(__name__)

LEASE = "beat"
LEASE_SECONDS = 30
LOOK_SECONDS = 5
# A daily slot whose message may be lost: longer than a task may run, or it would be sent while someone works on it.
AGAIN_SECONDS = 300
EXPIRES_SECONDS = 50

Send = Callable[[Job, str], None]


class Clockwork:
    """Which slots to send now. `send` may raise; the slot is then sent at the next look."""

    def __init__(
        self,
        send: Send,
        *,
        jobs: Sequence[Job] = JOBS,
        now: Callable[[], datetime] = clock.real_now,
        lease_seconds: float = LEASE_SECONDS,
        again_seconds: float = AGAIN_SECONDS,
    ) -> None:
        self.send = send
        self.jobs = jobs
        self.now = now
        self.lease_seconds = lease_seconds
        self.again_seconds = again_seconds
        self.holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.sent: dict[str, tuple[str, float]] = {}

    def look(self) -> int:
        """Send what is wanted if this beat holds the lease; the number of messages sent."""
        if not hold_lease(name=LEASE, holder=self.holder, seconds=self.lease_seconds):
            self.sent.clear()
            return 0
        now = self.now()
        wanted = [(job, slot) for job in self.jobs if self._is_wanted(job, slot := job.newest_slot(now))]
        for job, slot in wanted:
            self.send(job, slot)
            self.sent[job.name] = (slot, time.monotonic())
        actions.beat(name="beat", at=clock.real_now())
        return len(wanted)

    def stop(self) -> None:
        """Let another beat take over at once."""
        release_lease(name=LEASE, holder=self.holder)

    def _is_wanted(self, job: Job, slot: str) -> bool:
        last, at = self.sent.get(job.name, ("", 0.0))
        if last == slot and (job.daily_at is None or time.monotonic() - at < self.again_seconds):
            return False
        rows = ScheduledSlot.objects.filter(job=job.name, slot=slot)
        return not (rows.exclude(finished_at=None) if job.daily_at else rows).exists()


class SlotScheduler(Scheduler):  # type: ignore[misc]
    """Celery's way in: looks every few seconds, and survives a database or a broker that is away."""

    def __init__(self, app: Celery, **options: Any) -> None:
        self.clockwork = Clockwork(self._send)
        super().__init__(app, **options)

    def setup_schedule(self) -> None:
        """Nothing is kept in a file: what has run is in the database."""

    def tick(self, *args: Any, **options: Any) -> float:
        """One look; the number of seconds to sleep."""
        try:
            self.clockwork.look()
        except Exception as error:  # a database or a broker that is away comes back, and nothing is lost meanwhile
            log.error("beat could not do its work and tries again: %s: %s", type(error).__name__, error)
        finally:
            close_old_connections()
        return LOOK_SECONDS

    def close(self) -> None:
        """Give the lease back on the way out."""
        try:
            self.clockwork.stop()
        except DatabaseError:
            log.warning("the lease of beat is left to run out")
        super().close()

    def _send(self, job: Job, slot: str) -> None:
        expires = EXPIRES_SECONDS if job.daily_at is None else AGAIN_SECONDS
        self.app.send_task(job.task, kwargs={"slot": slot}, expires=expires, retry=False)
