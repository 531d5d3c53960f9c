"""The grants of a programme: one line a project, which of them are asked for, and the sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from projects.models import Cohort, Programme, Project
from reporting.grants.models import GrantPromise
from reporting.grants.readiness import Answer
from reporting.grants.record import grant_records, total
from reporting.grants.shown import GrantCard, card_of
from saman.filters import AddressFilters


@dataclass(frozen=True, slots=True)
class Line:
    """One project with its grant."""

    project: Project
    card: GrantCard


@dataclass(frozen=True, slots=True)
class Wanted(AddressFilters):
    """Which lines are asked for."""

    NAMES = {"answer": "klar", "cohort": "pulje", "text": "q"}
    KNOWN = {"answer": frozenset(str(each.value) for each in Answer)}

    answer: str = ""
    cohort: str = ""
    text: str = ""

    def matches(self, line: Line) -> bool:
        """Whether a line is among those asked for."""
        return (
            self.answer in ("", line.card.answer)
            and self.cohort in ("", line.project.cohort.slug)
            and self.text.casefold() in line.project.title.casefold()
        )


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of some lines; None is «nothing registered». `unknown`: lines without a promise, in no sum."""

    promised: int | None
    paid: int | None
    remaining: int | None
    unknown: int
    ready: int


def lines_of(programme: Programme, reader: User, today: date) -> list[Line]:
    """The projects in use, and those with a promise, by cohort and title. A fixed number of queries."""
    projects = Project.objects.filter(cohort__programme=programme).select_related("cohort")
    promised = set(
        GrantPromise.objects.filter(superseded_at=None, project__in=projects).values_list("project", flat=True)
    )
    shown = [row for row in projects if row.followed_since is not None or row.pk in promised]
    records = grant_records([row.pk for row in shown], today)
    lines = [Line(row, card_of(records[row.pk].facts, today, row, reader)) for row in shown]
    return sorted(lines, key=lambda line: (line.project.cohort.starts_on, line.project.title.casefold()))


def sums_of(lines: list[Line]) -> Sums:
    """What some lines come to."""
    cards = [line.card for line in lines]
    return Sums(
        promised=total(card.promised for card in cards if card.promised is not None),
        paid=total(card.paid for card in cards if card.paid is not None),
        remaining=total(card.remaining for card in cards if card.remaining is not None),
        unknown=sum(card.promised is None for card in cards),
        ready=sum(card.answer == Answer.YES for card in cards),
    )


def wanted_of(query: Mapping[str, str], lines: list[Line]) -> Wanted:
    """What an address asks for, among the cohorts there are lines of."""
    return Wanted.read(query).among({"cohort": {line.project.cohort.slug for line in lines}})


def cohorts_of(lines: list[Line]) -> list[Cohort]:
    """The cohorts there are lines of, the first first."""
    found = {line.project.cohort_id: line.project.cohort for line in lines}
    return list(found.values())
