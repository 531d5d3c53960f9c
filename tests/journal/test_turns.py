"""Leases and slots: one of many gets it, by the database's clock, and what was dropped is free again."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from journal.models import Lease, ScheduledSlot
from journal.turns import finish_slot, forget_slots, hold_lease, release_lease, take_slot
from saman import clock

pytestmark = pytest.mark.django_db
CROWD = 6


def ask(times, call):
    """What `call` answers, asked by many who start together."""
    ready = Barrier(times)

    def run(number):
        ready.wait()
        try:
            return call(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_a_lease_is_kept_by_who_has_it_until_it_is_given_back():
    assert hold_lease(name="beat", holder="a", seconds=60)
    assert hold_lease(name="beat", holder="a", seconds=60)
    assert not hold_lease(name="beat", holder="b", seconds=60)
    release_lease(name="beat", holder="b")
    assert not hold_lease(name="beat", holder="b", seconds=60)
    release_lease(name="beat", holder="a")
    assert hold_lease(name="beat", holder="b", seconds=60)


def test_a_lease_that_has_run_out_is_anybodys():
    assert hold_lease(name="beat", holder="a", seconds=-1)
    assert hold_lease(name="beat", holder="b", seconds=60)
    assert not hold_lease(name="beat", holder="a", seconds=60)


def test_two_leases_do_not_know_each_other():
    assert hold_lease(name="one", holder="a", seconds=60)
    assert hold_lease(name="two", holder="b", seconds=60)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_a_lease_one_gets_it():
    assert sum(ask(CROWD, lambda n: hold_lease(name="beat", holder=str(n), seconds=60))) == 1
    assert Lease.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_a_slot_one_gets_it():
    assert sum(ask(CROWD, lambda _: take_slot(job="night", slot="2015-01-22", seconds=60))) == 1
    assert ScheduledSlot.objects.get().attempts == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_many_would_have_worked_on_it():
    """The negative control: looking first and writing afterwards is no guard."""

    def look_then_write(_):
        free = not ScheduledSlot.objects.filter(job="night", slot="2015-01-22").exists()
        time.sleep(0.2)
        row = ScheduledSlot(job="night", slot="2015-01-22", started_at=clock.real_now())
        ScheduledSlot.objects.bulk_create([row], ignore_conflicts=True)
        return free

    assert sum(ask(CROWD, look_then_write)) > 1


def test_a_slot_whose_worker_died_is_taken_again_and_a_finished_one_never():
    assert take_slot(job="night", slot="2015-01-22", seconds=-1)
    assert take_slot(job="night", slot="2015-01-22", seconds=60)
    assert not take_slot(job="night", slot="2015-01-22", seconds=60)
    finish_slot(job="night", slot="2015-01-22", outcome={"projects": 51})
    finish_slot(job="night", slot="2015-01-22", outcome={"projects": 0})
    ScheduledSlot.objects.update(claimed_until=None)
    assert not take_slot(job="night", slot="2015-01-22", seconds=60)
    row = ScheduledSlot.objects.get()
    assert (row.attempts, row.outcome) == (2, {"projects": 51})
    assert take_slot(job="night", slot="2015-01-23", seconds=60)


def test_only_the_old_slots_of_the_named_jobs_are_forgotten():
    take_slot(job="sweep", slot="2015-01-22T10:00Z", seconds=60)
    take_slot(job="night", slot="2015-01-22", seconds=60)
    forget_slots(jobs=["sweep"], before=clock.real_in(days=-1))
    assert ScheduledSlot.objects.count() == 2
    forget_slots(jobs=["sweep"], before=clock.real_in(days=1))
    assert ScheduledSlot.objects.get().job == "night"
