"""Ending a role: in a project not before what the person carries alone is handed over and accepted (decision 22)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from accounts.actor import Actor, check_administrator
from benefits.open_points import OpenPoint, live_roles, still_to_hand_over
from projects.actions import roles
from projects.models import Project, RoleAssignment


class HandoverMissing(Exception):
    """The role carries open points that nobody has taken over. `points` are they."""

    def __init__(self, points: Sequence[OpenPoint]) -> None:
        super().__init__("open points are not handed over")
        self.points = points


@transaction.atomic
def end(
    *, by: Actor, assignment: RoleAssignment, ends_on: date, successor: tuple[str, str] | None = None
) -> RoleAssignment:
    """Say when a role ends, and perhaps who has it from the day after: (address, name).

    A later end than before needs no handover. Raises NotAllowed, HandoverMissing, and what ending and giving raise.
    """
    check_administrator(by)
    if assignment.project_id and (assignment.ends_on is None or ends_on < assignment.ends_on):
        project = Project.objects.select_for_update().get(pk=assignment.project_id)
        points = points_left(project, assignment, ends_on, by.today)
        if points:
            raise HandoverMissing(points)
    row = roles.end(by=by, assignment=assignment, ends_on=ends_on)
    if successor:
        roles.invite(
            by=by,
            email=successor[0],
            name=successor[1],
            role=assignment.role,
            starts_on=ends_on + timedelta(days=1),
            project=assignment.project,
            programme=assignment.programme,
            municipality_id=assignment.municipality_id,
        )
    return row


def points_left(project: Project, assignment: RoleAssignment, ends_on: date, today: date) -> list[OpenPoint]:
    """What nobody would carry if this one role ended."""
    staying = [row for row in live_roles(project, min(ends_on, today)) if row.pk != assignment.pk]
    return still_to_hand_over(project, [assignment], staying, ends_on, needs_yes=True)
