"""Leaving notices in the outbox. Called by the actions, inside the transaction of what they tell of.

Nobody is told of what happens in a test round.
"""

from collections.abc import Iterable
from datetime import date

from accounts.actor import Actor
from journal import outbox
from projects.models import Project, RoleAssignment
from projects.roles import ROLES_WITH, Access, Role
from reporting.annual.models import Report, Submission
from reporting.notices.kinds import Kind

LEADING, OWNING = ROLES_WITH[Access.WRITE], ROLES_WITH[Access.SIGN]
AUDIENCE = {
    Kind.RECEIVED: LEADING | OWNING,
    Kind.TO_SIGN: OWNING,
    Kind.CALLED_BACK: LEADING | OWNING,
    Kind.RETURNED: LEADING | OWNING,
    Kind.APPROVED: LEADING | OWNING,
    Kind.STATEMENT: ROLES_WITH[Access.STATE],
}


def received(by: Actor, submission: Submission) -> None:
    """The report has come: a receipt to those who lead and own the project."""
    _tell(by, Kind.RECEIVED, submission.report, key=str(submission.pk), number=submission.number)


def to_sign(by: Actor, report: Report) -> None:
    """The report has begun to wait for those who own the project; `report` is as it waits, with that version."""
    _tell(by, Kind.TO_SIGN, report, key=f"{report.pk}:{report.revision}:{report.version}", version=report.version)


def statement_asked(by: Actor, report: Report) -> None:
    """The leader has asked the union representatives for a statement."""
    _tell(by, Kind.STATEMENT, report, key=str(report.pk))


def called_back(by: Actor, report: Report) -> None:
    """A statement was signed or taken out after the report was sent to the owner, so it must be sent again."""
    _tell(by, Kind.CALLED_BACK, report, key=f"{report.pk}:{report.revision}:{report.version}")


def decided(by: Actor, kind: Kind, submission: Submission) -> None:
    """The adviser has approved the report or sent it back."""
    _tell(by, kind, submission.report, key=str(submission.pk))


def people_with(project: Project, roles: Iterable[Role], on: date) -> list[int]:
    """Ids of those who have any of the roles in a project on a date, and may sign in."""
    rows = RoleAssignment.objects.active_on(on).filter(project=project, role__in=roles, person__is_active=True)
    return sorted(set(rows.values_list("person", flat=True)))


def _tell(by: Actor, kind: Kind, report: Report, *, key: str, **more: str | int) -> None:
    if report.round.is_test:
        return
    payload = {"report": report.pk, "on": by.today.isoformat(), **more}
    people = people_with(report.project, AUDIENCE[kind], by.today)
    outbox.put(outbox.Letter(kind, f"{key}:{person}", person, payload) for person in people)
