"""Registering a break in a target's series, and taking one back. Both stay in the history."""

from datetime import date

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from benefits.actions.targets import NotFollowed
from benefits.models import EffectTarget, SeriesBreak
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access


class BreakTaken(Exception):
    """A break is already registered on that day."""


class BreakInFuture(Exception):
    """A break is dated after today."""


class BreakWithdrawn(Exception):
    """Someone has already taken the break back."""


@transaction.atomic
def register(*, by: Actor, target: EffectTarget, on: date, kind: str, note: str) -> SeriesBreak:
    """Say that figures from `on` are not comparable with those before it.

    Raises NotAllowed, NotFollowed, BreakInFuture, BreakTaken.
    """
    project = _lock(by, target)
    if on > by.today:
        raise BreakInFuture
    if SeriesBreak.objects.known_at(None).filter(target=target, on=on).exists():
        raise BreakTaken
    row = SeriesBreak.objects.create(
        target=target, on=on, kind=kind, note=note, recorded_at=by.now, recorded_by=by.user
    )
    _record(by, project, "break_registered", row)
    return row


@transaction.atomic
def withdraw(*, by: Actor, series_break: SeriesBreak) -> None:
    """Take a break back: the figures are compared again. Raises NotAllowed, NotFollowed, BreakWithdrawn."""
    project = _lock(by, series_break.target)
    changed = SeriesBreak.objects.filter(pk=series_break.pk, superseded_at=None).update(
        superseded_at=max(by.now, series_break.recorded_at), superseded_by=by.user
    )
    if not changed:
        raise BreakWithdrawn
    _record(by, project, "break_withdrawn", series_break)


def _lock(by: Actor, target: EffectTarget) -> Project:
    project = Project.objects.select_for_update().get(pk=target.project_id)
    if by.user is not None and not may(roles_in(by.user, project, by.today), Access.WRITE):
        raise NotAllowed
    if project.followed_since is None:
        raise NotFollowed
    return project


def _record(by: Actor, project: Project, action: str, row: SeriesBreak) -> None:
    record(
        stream=f"project:{project.pk}",
        action=action,
        obj=("series_break", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"target": row.target_id, "on": row.on, "kind": row.kind},
    )
    touch(project.pk)
