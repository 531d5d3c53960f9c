"""The minute before the deadline: everybody writes and submits at once, nobody is refused, nobody is wrongly late."""

import threading
import time
from contextlib import ExitStack
from datetime import datetime, timedelta
from random import Random
from statistics import quantiles

import pytest

from saman import clock
from tests.factories import OSLO
from tests.services.servers import own_postgres
from tests.services.web import CLOCK, Web
from tests.services.writers import Person, Told, address, hidden, save, submit

# A few people tell nothing about a crowd: with SAMAN_ROBUSTNESS=1 only, as `make robustness` sets it.
pytestmark = [pytest.mark.robustness, pytest.mark.thorough]
WRITING, SUBMITTING, TOO_LATE = 59, 51, 3
MINUTE_SECONDS = 60
PAUSE_SECONDS = (1.5, 4.5)  # between the saves of one who writes
DEADLINE = datetime(2015, 2, 3, tzinfo=OSLO)  # Sunday 1 February is moved to Monday, and lasts until midnight
SEED = 2015


class Timed(Person):
    """A browser that notes how long each answer took, in seconds; `told` is its project."""

    def __init__(self, url, told):
        self.took = []
        super().__init__(url, told.leader)
        self.told = told
        self.took.clear()

    def ask(self, method, path, fields=None, **headers):
        begun = time.perf_counter()
        answer = super().ask(method, path, fields, **headers)
        self.took.append((what(method, path), time.perf_counter() - begun))
        return answer


def what(method, path):
    """The kind of a request, for the figures."""
    if method == "GET":
        return "reading"
    return "submitting" if path.endswith("/send-inn/") else "saving"


@pytest.fixture(params=["postgresql", "sqlite"])
def web(request, tmp_path):
    """The product's own server on a database of its own, with a project for each who writes or submits."""
    with ExitStack() as stack:
        database = f"sqlite:///{tmp_path / 'deadline.sqlite3'}"
        if request.param == "postgresql":
            database = stack.enter_context(own_postgres()).url
        web = Web(tmp_path, database, application="tests.services.last_minute:application")
        stack.callback(web.close)
        yield web


def set_clock(web, seconds_left):
    """Let the server's clock show so much before the deadline, and go on from there; when the deadline comes."""
    moments = [(DEADLINE - timedelta(seconds=seconds_left)).isoformat(), clock.real_now().isoformat()]
    new = web.folder / "new-clock"
    new.write_text("\n".join(moments))
    new.replace(web.environment[CLOCK])
    return time.monotonic() + seconds_left


def test_everybody_writes_and_submits_in_the_last_minute(web, request):
    projects = [Told(**each) for each in web.inside("furnish", projects=WRITING + SUBMITTING + TOO_LATE)]
    web.environment[CLOCK] = str(web.folder / "clock")
    web.start()
    people = [Timed(web.url, told) for told in projects]
    writing, submitting, late = people[:WRITING], people[WRITING:-TOO_LATE], people[-TOO_LATE:]
    deadline = set_clock(web, MINUTE_SECONDS)
    failed = []

    def go(work, *args):
        try:
            work(*args)
        except Exception as error:
            failed.append(f"{error!r} {error.__cause__!r}")

    chance = Random(SEED)
    moments = [chance.uniform(0.02, 0.98) * MINUTE_SECONDS for _ in submitting]
    works = [(write_until, each, deadline + 1, Random(SEED + n)) for n, each in enumerate(writing)]
    works += [(submit_at, each, deadline - moment) for each, moment in zip(submitting, moments, strict=True)]
    works += [(submit_at, each, deadline + 0.2 + n / 3) for n, each in enumerate(late)]
    threads = [threading.Thread(target=go, args=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    stored, arrived = web.inside("stored"), web.inside("arrivals")
    assert stored["broken"] == []
    for each in writing:
        report = stored["reports"][each.told.slug]
        assert (each.told.saved, report["text"]) == (each.told.sent, str(each.told.last_saved))
    for each in [*submitting, *late]:
        [receipt] = each.told.submitted
        assert [number for _, number, _ in stored["reports"][each.told.slug]["submissions"]] == [receipt]
        received, is_late = arrived[receipt]
        assert is_late == (datetime.fromisoformat(received) >= DEADLINE)
        assert is_late or each not in late
    on_time = sum(not is_late for _, is_late in arrived.values())
    print(
        f"the last {MINUTE_SECONDS} s on {request.node.callspec.params['web']}: {WRITING} writing, {SUBMITTING} "
        f"submitting, {TOO_LATE} after it: 0 errors, {on_time} in time, {len(arrived) - on_time} marked late\n"
        + "\n".join(figures(people))
    )


def write_until(person, end, chance):
    """Save while writing, now and then, until a moment."""
    form = save(person, person.told, hidden(person.ask("GET", address(person.told, "videre/")).text))
    while time.monotonic() < end:
        time.sleep(chance.uniform(*PAUSE_SECONDS))
        form = save(person, person.told, form)


def submit_at(person, moment):
    """Look over in good time, press the button at a moment, and read the receipt."""
    time.sleep(max(0, moment - time.monotonic() - 2))
    form = hidden(person.ask("GET", address(person.told, "se-over/")).text)
    time.sleep(max(0, moment - time.monotonic()))
    receipt = submit(person, person.told, {"seen": form["seen"], "key": form["key"]})
    page = person.ask("GET", f"/arbeid/prosjekt/{person.told.slug}/arsrapport/kvittering/{receipt}/")
    assert receipt in page.text


def figures(people):
    """For each kind of request how many there were, and how long they took."""
    took = {}
    for kind, seconds in (each for person in people for each in person.took):
        took.setdefault(kind, []).append(seconds)
    for kind, all_of_them in sorted(took.items()):
        cuts = quantiles(all_of_them, n=100, method="inclusive")
        yield (
            f"  {kind}: {len(all_of_them)}, p50 {cuts[49]:.3f} s, p95 {cuts[94]:.3f} s, p99 {cuts[98]:.3f} s, "
            f"longest {max(all_of_them):.3f} s"
        )
