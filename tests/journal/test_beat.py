"""Several beats at once for simulated days: each slot is done once, none of the night's is missed, and none is lost."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connections

from journal.beat import Clockwork, SlotScheduler
from journal.models import Heartbeat, ScheduledSlot
from journal.schedule import JOBS, RECONCILE, SWEEP
from journal.turns import finish_slot, take_slot
from saman.celery import app
from tests.effort import times

START = datetime(2015, 1, 22, 0, 0, tzinfo=ZoneInfo("Europe/Oslo"))
STEP = timedelta(minutes=17)
DAYS = times(2, 30)


class Days:
    """A clock that moves one step each time somebody has looked, and what has been done by it."""

    def __init__(self, days, guarded=True, loses=0.0, seed=1):
        self.now, self.end = START, START + timedelta(days=days)
        self.guarded, self.loses, self.random = guarded, loses, random.Random(seed)
        self.done, self.lock = Counter(), Lock()

    def look_at(self):
        with self.lock:
            return self.now

    def step(self):
        with self.lock:
            self.now += STEP
            return self.now < self.end

    def send(self, job, slot):
        """A queue that may lose, and a worker that does what arrives."""
        if self.random.random() < self.loses:
            return
        if not self.guarded or take_slot(job=job.name, slot=slot, seconds=60):
            with self.lock:
                self.done[job.name, slot] += 1
            if self.guarded:
                finish_slot(job=job.name, slot=slot, outcome={})

    def run(self, beats, **options):
        """Let so many beats look at the clock until the days are over."""

        def one(_):
            beat = Clockwork(self.send, now=self.look_at, **options)
            try:
                going = True
                while going:
                    beat.look()
                    going = self.step()
                    if self.random.random() < 0.02:
                        beat = Clockwork(self.send, now=self.look_at, **options)  # died; a new one starts
            finally:
                connections.close_all()

        with ThreadPoolExecutor(beats) as pool:
            list(pool.map(one, range(beats)))

    def nights(self):
        return {slot: times for (job, slot), times in self.done.items() if job == RECONCILE.name}


@pytest.mark.robustness
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("beats", "lease"), [(3, 0.05), (2, 0)])
def test_several_beats_do_each_slot_once(beats, lease):
    """With a lease that often changes hands, and with none: the slot's row is guard enough."""
    days = Days(days=DAYS)
    days.run(beats, lease_seconds=lease)
    assert set(days.done.values()) == {1}
    assert set(days.nights()) == {(START + timedelta(days=n)).date().isoformat() for n in range(-1, DAYS)}
    print(f"\n  {beats} beats, {DAYS} days, {len(days.done)} slots: each done once")


@pytest.mark.django_db(transaction=True)
def test_without_lease_and_slots_two_beats_double():
    """The negative control: the same beats, with both guards off."""
    days = Days(days=2, guarded=False)
    days.run(3, lease_seconds=-1)
    assert max(days.done.values()) > 1


@pytest.mark.django_db
def test_only_who_holds_the_lease_acts():
    days = Days(days=1)
    first, second = (Clockwork(days.send, now=days.look_at) for _ in range(2))
    assert first.look() == len(JOBS)
    days.step()
    assert second.look() == 0
    first.stop()
    assert second.look() == len([job for job in JOBS if job.daily_at is None])  # a new minute; the day's are done
    assert Heartbeat.objects.filter(name="beat").exists()


@pytest.mark.django_db(transaction=True)
def test_a_night_whose_message_is_lost_is_sent_again_until_it_is_done():
    days = Days(days=2, loses=0.7)
    days.run(1, again_seconds=0, lease_seconds=-1)
    assert days.nights() == {f"2015-01-{day}": 1 for day in (21, 22, 23)}


@pytest.mark.django_db
def test_after_days_without_beat_the_last_night_runs_once_and_the_minutes_are_let_go():
    days = Days(days=9)
    beat = Clockwork(days.send, now=days.look_at)
    beat.look()
    beat.stop()
    days.now += timedelta(days=3)
    for _ in range(3):
        Clockwork(days.send, now=days.look_at, lease_seconds=-1).look()
    assert days.nights() == {"2015-01-21": 1, "2015-01-24": 1}
    assert ScheduledSlot.objects.filter(job=SWEEP.name).count() == 2


@pytest.mark.django_db
def test_what_could_not_be_sent_is_sent_at_the_next_look():
    sent = []

    def broken_once(job, slot):
        if not sent:
            sent.append("broken")
            raise OSError("the broker is away")
        sent.append(job.name)

    beat = Clockwork(broken_once, now=lambda: START)
    with pytest.raises(OSError, match="away"):
        beat.look()
    assert beat.look() == len(JOBS)


@pytest.mark.django_db
def test_celerys_beat_survives_a_database_and_a_broker_that_are_away():
    scheduler = SlotScheduler(app)

    def away(job, slot):
        raise DatabaseError("away")

    scheduler.clockwork.send = away
    assert scheduler.tick() > 0
    scheduler.close()
