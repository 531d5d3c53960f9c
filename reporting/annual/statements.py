"""What the union representatives say in a report: as data in its content, and in words where it is read.

The content holds no name, and neither does a page outside the project: the name would tell of a membership.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.queries import noted
from projects.models import RoleAssignment
from projects.roles import ROLES_WITH, Access
from reporting.annual.access import round_key
from reporting.annual.models import Report, UnionStatement
from reporting.annual.reading import Answer
from saman import formatting

LONGEST = 4000
TAKEN_BACK = "statement_taken_back"


@dataclass(frozen=True, slots=True)
class Statements:
    """What a content says: each statement with the day it was signed, or why there is none."""

    given: list[tuple[str, date]]
    why: str
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class StatementTask:
    """A report a person may give a statement to."""

    report: Report
    key: str
    is_asked: bool
    signed_on: date | None


def stated(reports: Iterable[Report]) -> dict[int, dict[str, Any]]:
    """The signed statements of each report, whether anyone was asked for one, and whether what was given is withdrawn.

    By report; at most two queries.
    """
    asked = {report.pk: report.statement_asked_at is not None for report in reports}
    given: dict[int, list[dict[str, Any]]] = {}
    for row in UnionStatement.objects.filter(report__in=asked).order_by("pk"):
        texts = given.setdefault(row.report_id, [])
        if row.text is not None:
            texts.append({"text": row.text, "signed_at": row.signed_at})
    withdrawn = noted("report", [pk for pk, texts in given.items() if not texts], TAKEN_BACK)
    return {
        pk: {"asked": is_asked, "given": given.get(pk, []), **({"withdrawn": True} if pk in withdrawn else {})}
        for pk, is_asked in asked.items()
    }


def statements_in(content: Mapping[str, Any]) -> Statements | None:
    """What a content says; None in one from before there were statements."""
    said = content.get("statements")
    if said is None:
        return None
    given = [(row["text"], _day(row["signed_at"])) for row in said["given"]]
    return Statements(given, "" if given else _why(said), bool(said.get("withdrawn")))


def statements_title() -> str:
    """The heading of the statements."""
    return _("Uttalelse fra tillitsvalgte")


def signed_words(on: date) -> str:
    """When a statement was signed."""
    return _("Signert av tillitsvalgt %(day)s.") % {"day": formatting.day(on)}


def statements_answer(said: Mapping[str, Any] | None) -> Answer:
    """The statements as one answer, for a comparison."""
    found = statements_in({"statements": said})
    if found is None:
        return Answer()
    if len(found.given) > 1:
        return Answer(items=[text for text, _on in found.given])
    return Answer(text=found.given[0][0], is_own_words=True) if found.given else Answer(text=found.why)


def representatives(report: Report, on: date) -> bool:
    """Whether the project has anyone to ask on a day."""
    rows = RoleAssignment.objects.active_on(on).filter(project=report.project_id)
    return rows.filter(role__in=ROLES_WITH[Access.STATE], person__is_active=True).exists()


def statement_tasks(person: User, today: date) -> list[StatementTask]:
    """The open reports of the projects a person represents the unions in, as their own page lists them."""
    held = RoleAssignment.objects.active_on(today).filter(person=person, role__in=ROLES_WITH[Access.STATE])
    rows = (
        Report.objects.filter(project__in=held.values("project"), state__in=Report.WRITABLE)
        .exclude(started_at=None)
        .select_related("round", "project")
        .order_by("round__deadline", "pk")
    )
    opened = [row for row in rows if row.is_back or row.round.is_open(today)]
    if not opened:
        return []
    own = {row.report_id: row for row in UnionStatement.objects.filter(person=person, report__in=opened)}
    return [_task(row, own.get(row.pk)) for row in opened]


def _task(report: Report, own: UnionStatement | None) -> StatementTask:
    signed_on = timezone.localtime(own.signed_at).date() if own and own.signed_at else None
    return StatementTask(report, round_key(report.round), report.statement_asked_at is not None, signed_on)


def _why(said: Mapping[str, Any]) -> str:
    """Why there is no statement; a content from before withdrawals were told has none."""
    if said.get("withdrawn"):
        return _("Gitt, men trukket tilbake.")
    return _("Bedt om, ikke gitt.") if said["asked"] else _("Ikke bedt om.")


def _day(moment: str) -> date:
    return timezone.localtime(datetime.fromisoformat(moment)).date()
