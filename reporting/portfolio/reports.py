"""The yearly reports that have come: by county, and day by day against the deadline and the round before."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from reporting.portfolio.rows import Portfolio, ProjectRow, Reported

AFTER = timedelta(days=30)  # how long after the deadline the figure goes on
Steps = tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Received:
    """How many reports are owed, have come and are approved."""

    owed: int
    received: int
    approved: int

    @property
    def missing(self) -> int:
        """Reports that have not come yet."""
        return self.owed - self.received

    @property
    def share(self) -> float:
        """The part that has come, 0 to 1."""
        return self.received / max(1, self.owed)


@dataclass(frozen=True, slots=True)
class Race:
    """How many reports had come at the end of each day one came: this round, and the one before.

    The days of the one before are moved so that the two deadlines fall together. `first` and `last` are the first and
    the last day of the figure.
    """

    due_on: date
    first: date
    last: date
    now: Steps
    before: Steps
    before_owed: int


def come_by(steps: Steps, day: date) -> int:
    """How many had come by the end of a day."""
    return max((count for on, count in steps if on <= day), default=0)


def received(reports: Iterable[Reported]) -> Received:
    """Counts of what is owed."""
    owed = [report for report in reports if report.is_owed]
    come = [report for report in owed if report.received_on is not None]
    return Received(len(owed), len(come), sum(report.is_approved for report in come))


def race(portfolio: Portfolio, rows: Sequence[ProjectRow]) -> Race | None:
    """The figure's numbers for some projects; None before a round has opened, or where none of them owes a report."""
    round_, earlier = portfolio.round, portfolio.round_before
    if round_ is None or not any(row.report.is_owed for row in rows):
        return None
    moved = round_.due_on - earlier.due_on if earlier else timedelta()
    now = _steps([row.report for row in rows], timedelta())
    before = _steps([row.report_before for row in rows], moved)
    return Race(
        due_on=round_.due_on,
        first=round_.opens_on,
        last=max([round_.due_on + AFTER, *(on for on, _count in now)]),
        now=now,
        before=before,
        before_owed=sum(row.report_before.is_owed for row in rows),
    )


def _steps(reports: Iterable[Reported], moved: timedelta) -> Steps:
    """(day, how many had come by the end of it), in order."""
    days = Counter(report.received_on + moved for report in reports if report.is_owed and report.received_on)
    return tuple(zip(sorted(days), accumulate(days[day] for day in sorted(days)), strict=True))
