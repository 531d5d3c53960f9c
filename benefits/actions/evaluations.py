"""Planning when a target is evaluated, and recording what was decided. Everything stays in the history."""

from datetime import date

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from benefits.actions.targets import NotFollowed
from benefits.models import EffectTarget, EvaluationPoint
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.roles import Access


class DayTaken(Exception):
    """The target is already to be evaluated on that day."""


class NotYet(Exception):
    """The day to evaluate has not come."""


class Overtaken(Exception):
    """Someone has already decided there, or taken the day out."""


@transaction.atomic
def plan(*, by: Actor, target: EffectTarget, on: date) -> EvaluationPoint:
    """Let a target be evaluated on a day. Raises NotAllowed, NotFollowed, DayTaken."""
    project = _lock(by, target, Access.WRITE)
    if EvaluationPoint.objects.known_at(None).filter(target=target, on=on).exists():
        raise DayTaken
    point = EvaluationPoint.objects.create(target=target, on=on, recorded_at=by.now, recorded_by=by.user)
    _record(by, project, "evaluation_planned", point)
    return point


@transaction.atomic
def decide(*, by: Actor, point: EvaluationPoint, decision: str, reason: str, decided_in: str = "") -> EvaluationPoint:
    """Record what was decided, by leader or owner. Raises NotAllowed, NotFollowed, NotYet, Overtaken."""
    project = _lock(by, point.target, Access.ANSWER)
    if point.on > by.today:
        raise NotYet
    _supersede(by, point)
    decided = EvaluationPoint.objects.create(
        target=point.target,
        on=point.on,
        decision=decision,
        decided_on=by.today,
        decided_in=decided_in,
        reason=reason,
        recorded_at=by.now,
        recorded_by=by.user,
    )
    _record(by, project, "evaluation_decided", decided, decision=decision)
    return decided


@transaction.atomic
def withdraw(*, by: Actor, point: EvaluationPoint) -> None:
    """Take out a day on which nothing is decided. Raises NotAllowed, NotFollowed, Overtaken."""
    project = _lock(by, point.target, Access.WRITE)
    _supersede(by, point)
    _record(by, project, "evaluation_withdrawn", point)


def _supersede(by: Actor, point: EvaluationPoint) -> None:
    """Compare and set: only one of two simultaneous decisions gets through."""
    live = EvaluationPoint.objects.known_at(None).filter(pk=point.pk, decision="")
    if not live.update(superseded_at=max(by.now, point.recorded_at), superseded_by=by.user):
        raise Overtaken


def _lock(by: Actor, target: EffectTarget, access: Access) -> Project:
    project = Project.objects.select_for_update().get(pk=target.project_id)
    if by.user is not None and not may(roles_in(by.user, project, by.today), access):
        raise NotAllowed
    if project.followed_since is None:
        raise NotFollowed
    return project


def _record(by: Actor, project: Project, action: str, point: EvaluationPoint, **data: object) -> None:
    record(
        stream=f"project:{project.pk}",
        action=action,
        obj=("evaluation_point", point.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"target": point.target_id, "on": point.on, **data},
    )
