"""Which slot a moment belongs to: the wall clock decides, also in the nights that have too few hours or too many."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from journal.schedule import JOBS, Job

OSLO = ZoneInfo("Europe/Oslo")
NIGHT = Job("night", "tasks.night", daily_at=time(2, 10))
MINUTE = Job("minute", "tasks.minute")


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (datetime(2015, 1, 22, 2, 9, 59), "2015-01-21"),
        (datetime(2015, 1, 22, 2, 10), "2015-01-22"),
        (datetime(2015, 1, 22, 23, 59), "2015-01-22"),
        (datetime(2015, 1, 23, 0, 1), "2015-01-22"),
        (datetime(2016, 2, 29, 2, 10), "2016-02-29"),
        (datetime(2015, 3, 29, 3, 0), "2015-03-29"),  # 02:10 does not exist that night
        (datetime(2015, 10, 25, 2, 10, fold=0), "2015-10-25"),  # and this night has two of them
        (datetime(2015, 10, 25, 2, 10, fold=1), "2015-10-25"),
    ],
)
def test_a_daily_job_has_one_slot_for_each_date(now, slot):
    assert NIGHT.newest_slot(now.replace(tzinfo=OSLO)) == slot


def test_a_minute_job_has_one_slot_for_each_minute_that_passes_also_when_the_clock_is_put_back():
    start = datetime(2015, 10, 25, 0, 0, tzinfo=UTC)
    slots = [MINUTE.newest_slot((start + timedelta(seconds=20 * n)).astimezone(OSLO)) for n in range(180 * 3)]
    assert len(set(slots)) == 180
    assert slots == sorted(slots)


def test_every_job_has_a_name_and_a_task_of_its_own():
    assert len({job.name for job in JOBS}) == len({job.task for job in JOBS}) == len(JOBS)
