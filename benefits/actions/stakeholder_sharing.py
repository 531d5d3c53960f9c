"""The municipality lets the programme's advisers read its stakeholder registrations, or no longer (decision 18f)."""

from django.db import transaction

from accounts.actor import Actor
from benefits.actions.freed_time import lock
from benefits.models import StakeholderSharing
from journal.actions import record
from projects.models import Project
from projects.roles import Access


class AlreadySo(Exception):
    """It is shared already, or is not shared any more."""


@transaction.atomic
def share(*, by: Actor, project: Project) -> None:
    """Let advisers read the registrations from now on. Raises NotAllowed, NotFollowed, AlreadySo."""
    project = lock(by, project.pk, Access.ANSWER)
    if StakeholderSharing.objects.live().filter(project=project).exists():
        raise AlreadySo
    row = StakeholderSharing.objects.create(project=project, shared_on=by.today, shared_at=by.now, shared_by=by.user)
    _record(by, project, "stakeholders_shared", row)


@transaction.atomic
def end(*, by: Actor, project: Project) -> None:
    """Let advisers read nothing from now on; that it was shared is not forgotten.

    Raises NotAllowed, NotFollowed, AlreadySo.
    """
    project = lock(by, project.pk, Access.ANSWER)
    row = StakeholderSharing.objects.live().filter(project=project).first()
    if row is None:
        raise AlreadySo
    StakeholderSharing.objects.filter(pk=row.pk).update(ended_on=by.today, ended_at=by.now, ended_by=by.user)
    _record(by, project, "stakeholders_not_shared", row)


def _record(by: Actor, project: Project, action: str, row: StakeholderSharing) -> None:
    """No verdict depends on who may read, so nothing is judged again."""
    record(
        stream=f"project:{project.pk}",
        action=action,
        obj=("stakeholder_sharing", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
    )
