"""Roles over time: given and ended by an administrator; never overwritten."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.actions import create_user
from accounts.actor import Actor, check_administrator
from accounts.models import User
from journal.actions import record
from projects.models import Programme, Project, RoleAssignment
from projects.revision import touch
from projects.roles import PROGRAMME_ROLES, Role


class RoleTaken(Exception):
    """The person already has this role in some of this time."""


class RoleDoesNotFit(Exception):
    """Programme roles are given in a programme, project roles in a project."""


class DatesOutOfOrder(Exception):
    """The role would end before it starts."""


class AlreadyEnded(Exception):
    """Someone else has changed this role in the meantime."""


class NameMissing(Exception):
    """Nobody has this address yet, so an account must be made, and it needs a name."""


class AccountClosed(Exception):
    """The person can no longer sign in."""


class NotTakingPart(Exception):
    """The municipality does not take part in the project."""


@transaction.atomic
def assign(
    *,
    by: Actor,
    person: User,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    project: Project | None = None,
    programme: Programme | None = None,
    municipality_id: int | None = None,
) -> RoleAssignment:
    """Give a person a role in a project or a programme.

    Raises NotAllowed, RoleDoesNotFit, NotTakingPart, DatesOutOfOrder, RoleTaken.
    """
    check_administrator(by)
    if (project is None) == (programme is None) or (Role(role) in PROGRAMME_ROLES) != (programme is not None):
        raise RoleDoesNotFit(role)
    if ends_on is not None and ends_on < starts_on:
        raise DatesOutOfOrder
    if municipality_id and not (project and project.participations.filter(municipality=municipality_id).exists()):
        raise NotTakingPart
    User.objects.select_for_update().get(pk=person.pk)  # one role at a time, or two alike could be given at once
    same = RoleAssignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on),
        person=person,
        role=role,
        project=project,
        programme=programme,
        municipality=municipality_id,
        superseded_at=None,
    )
    if ends_on is not None:
        same = same.filter(starts_on__lte=ends_on)
    if same.exists():
        raise RoleTaken
    row = RoleAssignment.objects.create(
        person=person,
        role=role,
        project=project,
        programme=programme,
        municipality_id=municipality_id,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=by.now,
        recorded_by=by.user,
    )
    _note(by, row, "role_assigned")
    return row


@transaction.atomic
def invite(
    *,
    by: Actor,
    email: str,
    name: str,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    project: Project | None = None,
    programme: Programme | None = None,
    municipality_id: int | None = None,
) -> RoleAssignment:
    """Give a role to whoever has an address; an account is made for someone new.

    Raises NameMissing, AccountClosed, EmailTaken when someone else makes it just now, and what `assign` raises.
    """
    check_administrator(by)
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None and not name:
        raise NameMissing
    if person is not None and not person.is_active:
        raise AccountClosed
    return assign(
        by=by,
        person=person or create_user(by=by, email=email, name=name),
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        project=project,
        programme=programme,
        municipality_id=municipality_id,
    )


@transaction.atomic
def end(*, by: Actor, assignment: RoleAssignment, ends_on: date) -> RoleAssignment:
    """Say when a role ends: a new row replaces the old. Raises NotAllowed, DatesOutOfOrder, AlreadyEnded."""
    check_administrator(by)
    if ends_on < assignment.starts_on:
        raise DatesOutOfOrder
    changed = RoleAssignment.objects.filter(pk=assignment.pk, superseded_at=None).update(superseded_at=by.now)
    if not changed:
        raise AlreadyEnded
    row = RoleAssignment.objects.create(
        person=assignment.person,
        role=assignment.role,
        project=assignment.project,
        programme=assignment.programme,
        municipality=assignment.municipality,
        starts_on=assignment.starts_on,
        ends_on=ends_on,
        recorded_at=by.now,
        recorded_by=by.user,
    )
    _note(by, row, "role_ended")
    return row


def _note(by: Actor, row: RoleAssignment, action: str) -> None:
    kind, pk = ("project", row.project_id) if row.project_id else ("programme", row.programme_id)
    if row.project_id:
        touch(row.project_id)  # the project's row before its audit stream, as everywhere: else two could wait in a ring
    record(
        stream=f"{kind}:{pk}",
        action=action,
        obj=("role", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"person": row.person_id, "role": row.role, "from": row.starts_on, "to": row.ends_on},
    )
