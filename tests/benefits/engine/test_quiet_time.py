"""Days that do not count while a decision is waited for."""

from datetime import date

import pytest

from benefits.engine.quiet_time import counted_days, is_quiet


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2014, 6, 30), False), (date(2014, 7, 1), True), (date(2014, 7, 31), True), (date(2014, 8, 1), False),
        (date(2015, 8, 31), False), (date(2015, 9, 1), True), (date(2015, 10, 31), True), (date(2015, 11, 1), False),
        (date(2014, 9, 15), False), (date(2013, 9, 15), False), (date(2011, 9, 15), True), (date(2023, 10, 1), True),
    ],
)  # fmt: skip
def test_july_and_the_autumn_of_a_municipal_election(day, quiet):
    assert is_quiet(day) is quiet


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (date(2014, 1, 1), date(2014, 1, 1), 0),
        (date(2014, 1, 1), date(2014, 3, 2), 60),
        (date(2014, 6, 30), date(2014, 8, 1), 1),
        (date(2014, 6, 15), date(2014, 8, 15), 30),
        (date(2015, 8, 31), date(2015, 11, 1), 1),
        (date(2014, 2, 1), date(2014, 1, 1), 0),
    ],
)
def test_days_that_count(since, until, days):
    assert counted_days(since, until) == days
