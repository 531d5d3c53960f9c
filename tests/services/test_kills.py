"""The web server is killed while people write, sign and submit: nothing they were told was done is lost or half."""

import threading
import time
from contextlib import contextmanager
from random import Random

import pytest

from tests.effort import times
from tests.services.servers import own_postgres
from tests.services.web import LIMIT_SECONDS, Web
from tests.services.writers import Writers

pytestmark = pytest.mark.robustness
KILLS = times(10, 100)  # every third kills the whole server, the others its workers
CROWD, PROJECTS_EACH = 4, 3
SEED = 2014


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """The address of an empty database of the test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kills.sqlite3'}"
    else:
        with own_postgres() as server:
            yield server.url


@contextmanager
def served(*args, **options):
    """A furnished installation with its server running, and the people who are to use it."""
    web = Web(*args, **options)
    try:
        projects = web.inside("furnish", projects=CROWD * PROJECTS_EACH)
        web.start()
        shares = [projects[number::CROWD] for number in range(CROWD)]
        yield web, [Writers(web.url, share, SEED + number) for number, share in enumerate(shares)]
    finally:
        web.close()


def kill_at_work(crowd, kill, chance, **how):
    """Let everybody work until a random number of things are done, then kill; they stop where they are."""
    stop = threading.Event()
    threads = [threading.Thread(target=each.work, args=(stop,), kwargs=how) for each in crowd]
    enough = sum(each.done for each in crowd) + chance.randint(5, 60)
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + LIMIT_SECONDS
    while sum(each.done for each in crowd) < enough and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.05))
    kill()
    stop.set()
    for thread in threads:
        thread.join()


def lost(crowd, stored, before):
    """How much of what people were told is not there, and what is there by half; and what was stored unanswered."""
    found = dict.fromkeys(("saves", "signatures", "submissions", "sign-ins", "half stored", "not whole"), 0)
    found["not whole"] = len(stored["broken"])
    unanswered = 0
    for told in (told for each in crowd for told in each.told):
        report, start = stored["reports"][told.slug], before["reports"][told.slug]
        changes = report["version"] - start["version"]
        newest = told.last_saved <= number_in(report) <= told.last_sent
        assert changes <= told.sent
        found["saves"] += max(0, told.saved - changes) or (told.saved > 0 and not newest)
        found["signatures"] += max(0, told.signed - report["signatures"])
        texts = {number: text for _, number, text in report["submissions"]}
        found["submissions"] += sum(texts.get(number) != text for number, text in told.submitted.items())
        found["half stored"] += not is_whole(report)
        unanswered += changes - told.saved + len(texts) - len(told.submitted)
    found["sign-ins"] = sum(not person.is_signed_in for each in crowd for person in each.people)
    return found, unanswered


def number_in(report):
    """The number of the save that stands there; 0 for the text it was furnished with."""
    return int(report["text"]) if report["text"].isdigit() else 0


def is_whole(report):
    """Whether state, submissions, signatures, events and the project's revision tell the same story."""
    revisions = [revision for revision, _, _ in report["submissions"]]
    is_in = report["revision"] in revisions
    return (
        [number for _, number, _ in report["submissions"]] == report["submitted"]
        and revisions == list(range(1, len(revisions) + 1))
        and is_in == (report["state"] == "submitted")
        and report["revision"] == len(revisions) + (not is_in)
        and report["signatures"] == report["signed"]
        and report["changes"] > report["signed"] + len(report["submitted"])
    )


def test_kills_lose_nothing_that_was_acknowledged(database, tmp_path):
    chance, unanswered, retried = Random(SEED), 0, 0
    with served(tmp_path, database) as (web, crowd):
        before = web.inside("stored")
        for number in range(KILLS):
            kill_at_work(crowd, web.kill_all if number % 3 == 2 else web.kill_workers, chance)
            nothing, _ = lost(crowd, web.inside("stored"), before)
            assert not any(nothing.values()), (number, nothing)
            told = [told for each in crowd for told in each.told]
            retried += sum(len(each.unanswered) for each in told)
            assert [each.try_again() for each in crowd] == [[]] * CROWD
            again, unanswered = lost(crowd, web.inside("stored"), before)
            assert not any(again.values()), (number, again)
            for each in crowd:
                each.people.clear()
            for each in told:
                each.receipts.clear()
            web.inside("send_back")
        assert "submissions and" in web.manage("verify_integrity")
        saved, submitted = sum(each.saved for each in told), sum(len(each.submitted) for each in told)
        signed = sum(each.signed for each in told)
        assert min(saved, signed, submitted) > 0
    print(
        f"{KILLS} kills on {database.split(':')[0]}: {saved} saves, {signed} signatures, {submitted} submissions "
        f"acknowledged, none lost, none by half; {unanswered} stored without an answer; "
        f"{retried} submissions sent again after a kill, one receipt each"
    )


def test_a_server_that_answers_before_it_has_stored_loses_saves(tmp_path):
    """The control: the same people, the same kill and the same count find what such a server loses."""
    chance = Random(SEED)
    database = f"sqlite:///{tmp_path / 'hasty.sqlite3'}"
    with served(tmp_path, database, application="tests.services.hasty:application") as (web, crowd):
        before = web.inside("stored")
        kill_at_work(crowd, web.kill_all, chance, only_write=True)
        found, _ = lost(crowd, web.inside("stored"), before)
    print(f"a server that answers first: {found['saves']} saves lost in one kill")
    assert found["saves"] > 0
