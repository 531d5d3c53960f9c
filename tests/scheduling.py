"""A plugin for runs in several processes: the longest first, so that none is left alone with a long test at the end."""

from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parent.parent
# Files whose tests take long and build up what they need one by one: each is dealt out by itself, in this order.
APART = (
    "tests/reporting/demo/test_load.py",
    "tests/journeys/test_every_page.py",
    "tests/services/test_faults.py",
    "tests/services/test_kills.py",
    "tests/reporting/annual/test_races.py",
)
EARLY = ("journeys", "services")  # rooms whose files take long


class LongestFirst(LoadFileScheduling):
    """A file at a time, so that what a file builds up once is built once; the long tests of APART one at a time."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return nodeid if file in APART else file


def pytest_xdist_make_scheduler(config, log):
    """Deal out in the order of collection: the files with most tests are not those that take longest."""
    config.option.loadscopereorder = False
    return LongestFirst(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest first; tests of the same turn keep their order."""
    items.sort(key=lambda item: turn(item.path))


def turn(path: Path) -> int:
    """Where a test's file comes in the order."""
    place = path.relative_to(ROOT).as_posix()
    if place in APART:
        return APART.index(place)
    return len(APART) + (path.parent.name not in EARLY)
