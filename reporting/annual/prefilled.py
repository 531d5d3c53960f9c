"""What the project has registered already, shown to the writer where the form asks about it: never typed twice.

It is read when the page is opened and is no part of what is signed; the figures of the targets are (`facts_shown`).
"""

from dataclasses import dataclass, field, replace
from datetime import date

from benefits import wording
from benefits.models import Milestone, PitfallWarning, TargetStatus, WarningEvent
from benefits.queries.freed_time import Balance, ledger_of
from benefits.queries.milestones import MilestoneRow, row_of
from reporting.annual.access import Place
from reporting.annual.reading import Fact

# The sections of the shipped forms that ask of it.
OF_MILESTONES, OF_FREED_TIME = "tiltak", "gevinster"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody has answered to a warning: what they did, when, until when, and their own words."""

    what: str
    on: date
    until: date | None
    note: str


@dataclass(frozen=True, slots=True)
class OpenWarning:
    """An open warning with the answers in force."""

    heading: str
    cause: str
    severity: int
    answers: list[Said]


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What is known of what a section asks about. `freed` is None where nothing is asked or kept."""

    milestones: list[MilestoneRow] = field(default_factory=list)
    freed: Balance | None = None


def prefilled(place: Place, section: str) -> Prefilled:
    """The milestones of the period and those that are behind, or the ledger of freed time, for one of the project."""
    if section == OF_MILESTONES:
        rows = place.project.milestones.exclude(state=Milestone.State.WITHDRAWN).filter(
            due_on__lte=place.round.period_end
        )
        found = [row_of(row, place.roles, place.today) for row in rows]
        return Prefilled([row for row in found if _is_of_period(row, place)])
    if section == OF_FREED_TIME:
        ledger = ledger_of(place.project, place.today, place.roles)
        return Prefilled(freed=ledger.balance if ledger.rows else None)
    return Prefilled()


def judged(place: Place, facts: list[Fact]) -> list[Fact]:
    """The figures of the targets, each with its result today. One query."""
    rows = TargetStatus.objects.filter(target__project=place.project)
    results = dict(rows.values_list("target__number", "result"))
    return [replace(fact, result=results.get(fact.number, "")) for fact in facts]


def warnings_of(place: Place) -> list[OpenWarning]:
    """The project's open warnings with what people have answered to them, the most serious first. Two queries."""
    rows = list(PitfallWarning.objects.filter(project=place.project, closed_on=None, severity__gt=1))
    answers: dict[int, list[Said]] = {row.pk: [] for row in rows}
    events = WarningEvent.objects.answers_known_at(None).filter(warning__in=answers).order_by("recorded_at")
    for event in events:
        said = Said(str(WarningEvent.Kind(event.kind).label), event.on, event.until, event.note)
        answers[event.warning_id].append(said)
    return [
        OpenWarning(wording.rule_heading(row.rule), wording.cause_title(row.cause), row.severity, answers[row.pk])
        for row in sorted(rows, key=lambda row: (-row.severity, row.rule, row.pk))
    ]


def _is_of_period(row: MilestoneRow, place: Place) -> bool:
    milestone = row.milestone
    return milestone.due_on >= place.round.period_start or milestone.state in Milestone.OPEN
