"""Initiatives: planned, changed, stopped and reviewed. Every change is a new version; what was there stays."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Max

from accounts.actor import Actor
from benefits.actions.targets import lock_for_writing
from benefits.models import Initiative, InitiativeReview, InitiativeVersion
from journal.actions import record
from projects.models import Project
from projects.revision import touch


class StaleInitiative(Exception):
    """Someone else has changed the initiative since the form was opened. `current` is what it says now."""

    def __init__(self, current: InitiativeVersion) -> None:
        super().__init__("the initiative has changed")
        self.current = current


class ReasonMissing(Exception):
    """A review, and a stop, say why."""


@dataclass(frozen=True, slots=True)
class InitiativePlan:
    """What an initiative says. None means not set. See `InitiativeVersion`; `targets` are the targets' row ids."""

    title: str
    kind: str
    description: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    started_on: date | None = None
    done_share: int | None = None
    cost: Decimal | None = None
    external_share: int | None = None
    evidence: str = ""
    evidence_source: str = ""
    home_kind: str = InitiativeVersion.Home.NONE
    home_reference: str = ""
    home_unit: str = ""
    home_from: date | None = None
    stopped_on: date | None = None
    stopped_reason: str = ""
    targets: tuple[int, ...] = field(default=())


COLUMNS = [item.name for item in fields(InitiativePlan) if item.name != "targets"]


def plan_of(version: InitiativeVersion) -> InitiativePlan:
    """What a stored version says, to change a part of it with `dataclasses.replace`."""
    return InitiativePlan(
        **{name: getattr(version, name) for name in COLUMNS}, targets=tuple(sorted(t.pk for t in version.targets.all()))
    )


@transaction.atomic
def create(*, by: Actor, project: Project, plan: InitiativePlan) -> Initiative:
    """Add an initiative to a project. Raises NotAllowed, NotFollowed."""
    project = lock_for_writing(by, project.pk)
    last = project.initiatives.aggregate(Max("number"))["number__max"] or 0
    initiative = Initiative.objects.create(project=project, number=last + 1, created_at=by.now)
    version = _insert(by, initiative, plan, "")
    _record(by, initiative, "initiative_created", version=version.pk)
    return initiative


@transaction.atomic
def change(*, by: Actor, initiative: Initiative, version: int, plan: InitiativePlan, reason: str = "") -> None:
    """Let an initiative say something new from today; `version` is the number the form was opened on.

    Raises NotAllowed, NotFollowed, StaleInitiative.
    """
    lock_for_writing(by, initiative.project_id)
    _replace(by, initiative, version, plan, reason, "initiative_changed")


@transaction.atomic
def stop(*, by: Actor, initiative: Initiative, version: int, reason: str) -> None:
    """End an initiative before its time; it stays in sight. Raises ReasonMissing and as `change`."""
    lock_for_writing(by, initiative.project_id)
    _stop(by, initiative, version, reason)


@transaction.atomic
def resume(*, by: Actor, initiative: Initiative, version: int) -> None:
    """Take a stopped initiative up again. Raises as `change`."""
    lock_for_writing(by, initiative.project_id)
    plan = replace(plan_of(live(initiative)), stopped_on=None, stopped_reason="")
    _replace(by, initiative, version, plan, "", "initiative_resumed")


@transaction.atomic
def review(*, by: Actor, initiative: Initiative, version: int, decision: str, reason: str) -> InitiativeReview:
    """Keep, adjust or stop an initiative, with why; to stop it ends it today. Raises ReasonMissing and as `change`."""
    lock_for_writing(by, initiative.project_id)
    if not reason.strip():
        raise ReasonMissing
    if decision == InitiativeReview.Decision.STOP:
        _stop(by, initiative, version, reason)
    elif Initiative.objects.get(pk=initiative.pk).version != version:
        raise StaleInitiative(live(initiative))
    held = InitiativeReview.objects.create(
        initiative=initiative,
        on=by.today,
        decision=decision,
        reason=reason,
        recorded_at=by.now,
        recorded_by=by.user,
    )
    _record(by, initiative, "initiative_reviewed", decision=decision)
    return held


def live(initiative: Initiative) -> InitiativeVersion:
    """What an initiative says now."""
    return InitiativeVersion.objects.live().prefetch_related("targets").get(initiative=initiative)


def _stop(by: Actor, initiative: Initiative, version: int, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
    plan = replace(plan_of(live(initiative)), stopped_on=by.today, stopped_reason=reason)
    _replace(by, initiative, version, plan, reason, "initiative_stopped")


def _replace(by: Actor, initiative: Initiative, version: int, plan: InitiativePlan, reason: str, action: str) -> None:
    """Compare and set: the initiative must still be as the person saw it, or say already what is sent."""
    current = live(initiative)
    changed = Initiative.objects.filter(pk=initiative.pk, version=version).update(version=F("version") + 1)
    if not changed:
        if plan_of(current) == replace(plan, targets=tuple(sorted(plan.targets))):
            return
        raise StaleInitiative(current)
    InitiativeVersion.objects.filter(pk=current.pk).update(superseded_at=by.now)
    new = _insert(by, initiative, plan, reason)
    _record(by, initiative, action, version=new.pk, replaces=current.pk)


def _insert(by: Actor, initiative: Initiative, plan: InitiativePlan, reason: str) -> InitiativeVersion:
    version = InitiativeVersion.objects.create(
        initiative=initiative,
        valid_from=by.today,
        recorded_at=by.now,
        recorded_by=by.user,
        change_reason=reason,
        **{name: getattr(plan, name) for name in COLUMNS},
    )
    version.targets.set(initiative.project.targets.filter(pk__in=plan.targets))
    return version


def _record(by: Actor, initiative: Initiative, action: str, **data: object) -> None:
    record(
        stream=f"project:{initiative.project_id}",
        action=action,
        obj=("initiative", initiative.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
    touch(initiative.project_id)
