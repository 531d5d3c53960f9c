"""Handing over: recorded by the leader or the owner, accepted by everyone who receives something, or taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.actor import Actor, NotAllowed
from benefits.actions.benefits import give_owner
from benefits.actions.targets import give_measuring
from benefits.handover_facts import receivers
from benefits.models import (
    Benefit,
    BenefitVersion,
    EffectTarget,
    HandoverAcceptance,
    HandoverDecline,
    HandoverPoint,
    HandoverRecord,
    TargetVersion,
)
from benefits.open_points import live_roles, principal_of, still_to_hand_over
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access


class NoRole(Exception):
    """The one who leaves has no role in the project."""


class ReceiverOutside(Exception):
    """Someone who is to take over has no role in the project, or is the one who leaves."""


class PointsChanged(Exception):
    """The open points are not those the page showed."""


class HandoverGone(Exception):
    """The handover has been taken back."""


class HandoverHeld(Exception):
    """Someone has accepted it, so it is no longer one person's to take back."""


class HandoverAnswered(Exception):
    """The receiver has answered already, the other way."""


@dataclass(frozen=True, slots=True)
class HandoverPlan:
    """What is handed over. `receivers`: the key of each open point and the id of who receives it."""

    from_person: int
    to_person: int
    on: date
    receivers: Mapping[str, int]
    to_unit: str = ""
    note: str = ""


@transaction.atomic
def hand_over(*, by: Actor, project: Project, plan: HandoverPlan) -> HandoverRecord:
    """Record who takes over what. Raises NotAllowed, NoRole, ReceiverOutside, PointsChanged."""
    _lock(by, project.pk)
    rows = live_roles(project, by.today)
    leaving = [row for row in rows if row.person_id == plan.from_person]
    if not leaving:
        raise NoRole
    others = [row for row in rows if row.person_id != plan.from_person]
    if not {plan.to_person, *plan.receivers.values()} <= {row.person_id for row in others}:
        raise ReceiverOutside
    points = still_to_hand_over(project, leaving, others, by.today)
    if {point.key for point in points} != set(plan.receivers):
        raise PointsChanged
    made = HandoverRecord.objects.create(
        project=project,
        role=principal_of(leaving),
        from_person_id=plan.from_person,
        to_person_id=plan.to_person,
        to_unit=plan.to_unit,
        on=plan.on,
        note=plan.note,
        recorded_at=by.now,
        recorded_by=by.user,
    )
    HandoverPoint.objects.bulk_create(
        HandoverPoint(record=made, kind=p.kind, object_id=p.object_id, receiver_id=plan.receivers[p.key])
        for p in points
    )
    _record(by, made, "handover_recorded", points=len(points))
    return made


@transaction.atomic
def accept(*, by: Actor, handover: HandoverRecord) -> None:
    """A receiver says yes to what is theirs, and is named on what they receive from today. Once is enough.

    Raises NotAllowed, HandoverGone, HandoverAnswered.
    """
    row = _to_answer(by, handover)
    assert by.user is not None
    if row.declines.filter(person=by.user).exists():
        raise HandoverAnswered
    moment = {"accepted_on": by.today, "recorded_at": by.now}
    _, is_new = HandoverAcceptance.objects.get_or_create(record=row, person=by.user, defaults=moment)
    if not is_new:
        return
    _take_over(by, row, [point for point in row.points.all() if point.receiver_id == by.user.pk])
    _record(by, row, "handover_accepted")


@transaction.atomic
def decline(*, by: Actor, handover: HandoverRecord, reason: str) -> None:
    """A receiver says no to what is theirs, and why: it is open again. Once is enough.

    Raises NotAllowed, HandoverGone, HandoverAnswered.
    """
    row = _to_answer(by, handover)
    if row.acceptances.filter(person=by.user).exists():
        raise HandoverAnswered
    said = {"declined_on": by.today, "reason": reason, "recorded_at": by.now}
    _, is_new = HandoverDecline.objects.get_or_create(record=row, person=by.user, defaults=said)
    if is_new:
        _record(by, row, "handover_declined")


def _to_answer(by: Actor, handover: HandoverRecord) -> HandoverRecord:
    """The handover under its project's lock, for one who receives something. Raises NotAllowed, HandoverGone."""
    Project.objects.select_for_update().get(pk=handover.project_id)
    row = HandoverRecord.objects.known_at(None).prefetch_related("points").filter(pk=handover.pk).first()
    if row is None:
        raise HandoverGone
    if by.user is None or not by.user.is_active or by.user.pk not in receivers(row):
        raise NotAllowed
    return row


def _take_over(by: Actor, row: HandoverRecord, points: list[HandoverPoint]) -> None:
    """Put the receiver where the one who left was named; what has been given to somebody else since stays there."""
    assert by.user is not None
    ids = {kind: [point.object_id for point in points if point.kind == kind] for kind in HandoverPoint.Kind}
    live = TargetVersion.objects.live().filter(target__in=ids[HandoverPoint.Kind.TARGET], withdrawn_on=None)
    theirs = live.filter(Q(measurement_responsible=row.from_person_id) | Q(measurement_responsible=None))
    for target in EffectTarget.objects.filter(pk__in=theirs.values("target")).order_by("pk"):
        give_measuring(by=by, target=target, to=by.user.pk, reason="")
    owned = BenefitVersion.objects.live().filter(benefit__in=ids[HandoverPoint.Kind.BENEFIT], withdrawn_on=None)
    for benefit in Benefit.objects.filter(pk__in=owned.filter(owner=row.from_person_id).values("benefit")):
        give_owner(by=by, benefit=benefit, to=by.user.pk)


@transaction.atomic
def withdraw(*, by: Actor, handover: HandoverRecord) -> None:
    """Take a handover back before anybody has accepted it. Raises NotAllowed, HandoverGone, HandoverHeld."""
    _lock(by, handover.project_id)
    if HandoverAcceptance.objects.filter(record=handover).exists():
        raise HandoverHeld
    live = HandoverRecord.objects.known_at(None).filter(pk=handover.pk)
    if not live.update(superseded_at=by.now, superseded_by=by.user):
        raise HandoverGone
    _record(by, handover, "handover_withdrawn")


def _lock(by: Actor, project_id: int) -> None:
    project = Project.objects.select_for_update().get(pk=project_id)
    if by.user is not None and not may(roles_in(by.user, project, by.today), Access.ANSWER):
        raise NotAllowed


def _record(by: Actor, row: HandoverRecord, action: str, **data: object) -> None:
    record(
        stream=f"project:{row.project_id}",
        action=action,
        obj=("handover", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"role": row.role, "on": row.on, **data},
    )
    touch(row.project_id)
