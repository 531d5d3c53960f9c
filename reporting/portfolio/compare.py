"""Cohorts beside each other, and one year's end beside the next: the same counts, the unknown first, of how many.

Only projects and targets are counted: their figures are in units of their own, and no mean is made of them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reporting.portfolio.figures import Summary, result_on, summary
from reporting.portfolio.rows import ProjectRow
from saman.words import RESULTS

UNKNOWN = ("missing", None)  # no measurement that counts, or no verdict yet


@dataclass(frozen=True, slots=True)
class Column:
    """Some projects in use: how many they are, and how many had each result (None: not assessed)."""

    projects: int
    results: Counter[str | None]

    @property
    def unknown(self) -> int:
        """How many of them nothing can be said of."""
        return sum(self.results[result] for result in UNKNOWN)


@dataclass(frozen=True, slots=True)
class CohortColumn(Column):
    """A cohort as it is now."""

    name: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class DayColumn(Column):
    """The projects in use at the end of a year, or today, with the results they had then."""

    on: date


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both tables of some projects. `results`: the known ones that occur in either: both have the same lines."""

    cohorts: list[CohortColumn]
    years: list[DayColumn]
    results: list[str]


def compared(rows: Sequence[ProjectRow], today: date) -> Comparison:
    """The projects by cohort, and by the ends of the years."""
    by_cohort, by_year = cohorts(rows), year_ends(rows, today)
    columns: list[Column] = [*by_cohort, *by_year]
    known = [result for result in RESULTS if result not in UNKNOWN]
    occur = [result for result in known if any(column.results[result] for column in columns)]
    return Comparison(by_cohort, by_year, occur)


def cohorts(rows: Iterable[ProjectRow]) -> list[CohortColumn]:
    """One column for each cohort, the first first."""
    ordered = sorted(rows, key=lambda row: (row.cohort_starts_on, row.cohort))
    groups = [list(group) for _key, group in groupby(ordered, key=lambda row: row.cohort)]
    return [
        CohortColumn(len(group), Counter(row.result for row in group), group[0].cohort_name, summary(group))
        for group in groups
    ]


def year_ends(rows: Sequence[ProjectRow], today: date) -> list[DayColumn]:
    """One column for the end of each year since the first verdict, and one for today."""
    first = min((row.history[0][0] for row in rows if row.history), default=today)
    days = [date(year, 12, 31) for year in range(first.year, today.year)]
    return [_day(rows, day) for day in (*days, today)]


def _day(rows: Iterable[ProjectRow], day: date) -> DayColumn:
    used = [row for row in rows if row.is_used(day)]
    return DayColumn(len(used), Counter(result_on(row, day) for row in used), day)
