"""Milestones: planned by the leader, reported as reached, signed or declined by the owner."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from accounts.actor import Actor, NotAllowed
from benefits.models import Milestone
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access

State = Milestone.State


class StaleMilestone(Exception):
    """Someone else has changed the milestone since the page was opened. `current` is how it stands."""

    def __init__(self, current: Milestone) -> None:
        super().__init__("the milestone has changed")
        self.current = current


class WrongState(Exception):
    """The step does not follow from the milestone's state."""


class ReasonMissing(Exception):
    """An owner who declines says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a milestone is."""

    title: str
    due_on: date
    phase: str
    description: str = ""


@transaction.atomic
def create(*, by: Actor, project: Project, plan: Plan) -> Milestone:
    """Plan a milestone. Raises NotAllowed."""
    _lock(by, project.pk, Access.WRITE)
    milestone = Milestone.objects.create(
        project=project,
        title=plan.title,
        due_on=plan.due_on,
        phase=plan.phase,
        description=plan.description,
        created_at=by.now,
        created_by=by.user,
    )
    _record(by, milestone, "milestone_planned")
    return milestone


@transaction.atomic
def change(*, by: Actor, milestone: Milestone, version: int, plan: Plan) -> None:
    """Change a milestone that is not signed. Raises NotAllowed, WrongState, StaleMilestone."""
    _lock(by, milestone.project_id, Access.WRITE)
    _move(
        milestone,
        version,
        Milestone.OPEN,
        title=plan.title,
        due_on=plan.due_on,
        phase=plan.phase,
        description=plan.description,
    )
    _record(by, milestone, "milestone_changed")


@transaction.atomic
def report(*, by: Actor, milestone: Milestone, version: int, note: str = "") -> None:
    """Report a milestone as reached; it then waits for the owner. Raises NotAllowed, WrongState, StaleMilestone."""
    _lock(by, milestone.project_id, Access.WRITE)
    _move(
        milestone,
        version,
        Milestone.REPORTABLE,
        state=State.REPORTED,
        reported_on=by.today,
        reported_by=by.user,
        report_note=note,
        decided_on=None,
        decided_by=None,
        decision_note="",
    )
    _record(by, milestone, "milestone_reported")


@transaction.atomic
def sign(*, by: Actor, milestone: Milestone, version: int, note: str = "") -> None:
    """The owner approves that a milestone is reached. Raises NotAllowed, WrongState, StaleMilestone."""
    _decide(by, milestone, version, State.SIGNED, note)


@transaction.atomic
def decline(*, by: Actor, milestone: Milestone, version: int, note: str) -> None:
    """The owner declines, with a reason. Raises NotAllowed, ReasonMissing, WrongState, StaleMilestone."""
    if not note.strip():
        raise ReasonMissing
    _decide(by, milestone, version, State.DECLINED, note)


@transaction.atomic
def withdraw(*, by: Actor, milestone: Milestone, version: int) -> None:
    """Take a milestone that is not signed out of the plan; it stays in the history. Raises as `change`."""
    _lock(by, milestone.project_id, Access.WRITE)
    _move(
        milestone,
        version,
        Milestone.OPEN,
        state=State.WITHDRAWN,
        decided_on=None,
        decision_note="",
    )
    _record(by, milestone, "milestone_withdrawn")


def _decide(by: Actor, milestone: Milestone, version: int, state: str, note: str) -> None:
    _lock(by, milestone.project_id, Access.SIGN)
    _move(
        milestone,
        version,
        Milestone.DECIDABLE,
        state=state,
        decided_on=by.today,
        decided_by=by.user,
        decision_note=note,
    )
    _record(by, milestone, f"milestone_{state}")


def _lock(by: Actor, project_id: int, access: Access) -> Project:
    project = Project.objects.select_for_update().get(pk=project_id)
    if by.user is not None and not may(roles_in(by.user, project, by.today), access):
        raise NotAllowed
    return project


def _move(milestone: Milestone, version: int, allowed: frozenset[State], **values: object) -> None:
    """Compare and set: the milestone must still be as the person saw it."""
    current = Milestone.objects.get(pk=milestone.pk)
    if current.version != version:
        raise StaleMilestone(current)
    if current.state not in allowed:
        raise WrongState(current.state)
    changed = Milestone.objects.filter(pk=milestone.pk, version=version).update(version=F("version") + 1, **values)
    if not changed:
        raise StaleMilestone(Milestone.objects.get(pk=milestone.pk))


def _record(by: Actor, milestone: Milestone, action: str) -> None:
    record(
        stream=f"project:{milestone.project_id}",
        action=action,
        obj=("milestone", milestone.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
    )
    touch(milestone.project_id)
