"""Days that do not count while a decision is waited for: July, and the autumn of a municipal election.

Source: domain.md §2a F4. Elections are held in September every fourth year (2011, 2015, …), and the new council
constitutes itself by the end of October (kommuneloven § 7-1; in the programme's years the law of 1992, § 17).
"""

from datetime import date, timedelta

JULY = 7
ELECTION_AUTUMN = (9, 10)


def is_quiet(day: date) -> bool:
    """Whether a day does not count."""
    return day.month == JULY or (day.year % 4 == 3 and day.month in ELECTION_AUTUMN)


def counted_days(since: date, until: date) -> int:
    """The days after `since`, `until` among them, that count; none when `until` is not after it."""
    days = (since + timedelta(days=passed) for passed in range(1, (until - since).days + 1))
    return sum(not is_quiet(day) for day in days)
