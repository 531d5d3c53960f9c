"""Worker, beat and broker are killed, emptied, stopped and frozen: two sweeps after their return nothing is wrong."""

import os
import signal
import time
from contextlib import contextmanager
from random import Random

import pytest
import redis

from tests.effort import times
from tests.services.installation import LIMIT_SECONDS, Installation, Visitor
from tests.services.servers import own_postgres, own_redis

pytestmark = pytest.mark.robustness
PROJECTS = 12
ROUNDS = times(1, 25)
SWEEPS = 2
SEED = 2014
RIGHT = {"wrong": [], "drift": [], "due": 0, "late": 0, "attempts": 0, "twice": 0}


@contextmanager
def working(folder, database_url, redis_url=""):
    """An installation at work that beat had left for a day, and a visitor who uses it meanwhile."""
    made = Installation(folder, database_url, redis_url)
    visitor = None
    try:
        furnished = made.inside("furnish", projects=PROJECTS)
        assert furnished["due"] == PROJECTS
        for name in ("web", "worker"):
            made.start(name)
        wait_for(made.url)
        visitor = Visitor(made.url, furnished["leaders"][0], "p0")
        visitor.start()
        yield made, visitor
    finally:
        if visitor:
            visitor.stop()
        made.close()


def wait_for(url):
    import requests

    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        try:
            if requests.get(f"{url}/helse/klar", timeout=5).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)
    raise AssertionError("web never answered")


def at_work(made, chance):
    """A moment at which the worker is in the middle of something, or any moment when it never was."""
    deadline = time.monotonic() + chance.uniform(0.5, 4)
    while time.monotonic() < deadline and not made.inside("under_way"):
        time.sleep(0.005)


def settled(made, visitor):
    """What is stored two sweeps after a heartbeat has come through the queue again."""
    back = made.inside("now")
    made.until("pulse", since=back)
    returned = made.inside("now")
    made.until("sweeps", SWEEPS, since=returned)
    with visitor.between:
        return made.inside("stored")


def quick_and_well(visitor):
    """Every answer was one: no error, and nobody waited for the broker. Prints how long they took."""
    bad = [status for status, _ in visitor.answers if not 200 <= status < 400]
    took = sorted(seconds for _, seconds in visitor.answers)
    assert bad == []
    assert len(took) > 5
    print(f"  {len(took)} requests, median {took[len(took) // 2]:.2f} s, slowest {took[-1]:.2f} s, 0 refused")


def kill_worker(made, _):
    """The main process alone; its children are left to themselves, as by the kernel's killer."""
    os.kill(made.processes["worker"].pid, signal.SIGKILL)
    time.sleep(0.3)
    made.kill("worker")
    made.start("worker")


def kill_child(made, _):
    """A process that does the work, under a main process that lives."""
    for pid in made.children("worker")[:1]:
        os.kill(pid, signal.SIGKILL)


def stop_beat(made, _):
    made.kill("beat")
    time.sleep(3)
    made.start("beat")


def empty(_, broker):
    redis.Redis.from_url(broker.url).flushall()


def stop(_, broker):
    broker.stop(signal.SIGKILL)
    time.sleep(2)
    broker.start()


def freeze(_, broker):
    broker.process.send_signal(signal.SIGSTOP)
    time.sleep(4)
    broker.process.send_signal(signal.SIGCONT)


def tried(made, visitor, faults, broker=None):
    """A day without beat, then each fault in turn, at random moments while facts come in."""
    made.start("beat")
    assert settled(made, visitor) == RIGHT
    chance, count = Random(SEED), 0
    for _ in range(ROUNDS):
        for fault in faults:
            made.inside("change", seed=chance.random())
            at_work(made, chance)
            fault(made, broker)
            count += 1
            stored = settled(made, visitor)
            assert stored == RIGHT, (fault.__name__, stored, made.said())
    print(f"\n  {count} faults ({', '.join(fault.__name__ for fault in faults)}): every verdict as recomputed")
    print(f"  ended by themselves and started again: {made.revived or 'none'}")
    visitor.stop()
    quick_and_well(visitor)
    nights = made.inside("nights")
    assert nights
    assert all(night["outcome"]["drift"] == 0 for night in nights)


def test_postgresql_and_redis(tmp_path):
    with own_postgres() as database, own_redis() as broker, working(tmp_path, database.url, broker.url) as place:
        tried(*place, [kill_worker, kill_child, empty, stop, freeze, stop_beat], broker)


def test_one_machine_with_sqlite_and_files(tmp_path):
    with working(tmp_path, f"sqlite:///{tmp_path / 'one.sqlite3'}") as place:
        tried(*place, [kill_worker, stop_beat])


def test_messages_alone_would_have_been_lost(tmp_path):
    """The negative control: the same queue emptied, and nobody who asks the database what is due."""
    with own_redis() as broker:
        made = Installation(tmp_path, f"sqlite:///{tmp_path / 'control.sqlite3'}", broker.url)
        try:
            made.inside("furnish", projects=PROJECTS)
            since = made.inside("now")
            assert made.inside("send_chunks") == PROJECTS
            redis.Redis.from_url(broker.url).flushall()
            made.start("worker")
            time.sleep(8)
            assert made.inside("stored")["due"] == PROJECTS
            made.start("beat")
            made.until("sweeps", SWEEPS, since=since)
            assert made.inside("stored") == RIGHT
        finally:
            made.close()


def test_a_worker_that_is_given_nothing_for_long_ends_to_be_started_anew(tmp_path):
    with own_redis() as broker:
        made = Installation(tmp_path, f"sqlite:///{tmp_path / 'deaf.sqlite3'}", broker.url)
        made.environment["SAMAN_DEAF_SECONDS"] = "10"  # beat gives it something every other second
        try:
            made.start("worker")
            made.start("beat")
            made.until("pulse", since=made.inside("now"))
            time.sleep(12)
            assert made.processes["worker"].poll() is None, "it is given something all the time"
            made.kill("beat")
            made.processes.pop("worker").wait(LIMIT_SECONDS)
            assert "No task has been received" in made.said()
        finally:
            made.close()
