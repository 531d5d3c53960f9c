"""Groups a project touches: added, how they look at it registered and corrected, confirmed by another, taken out."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max

from accounts.actor import Actor, NotAllowed
from benefits.actions.freed_time import lock
from benefits.groups_only import personal
from benefits.models import StakeholderGroup, StakeholderRegistration
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access


class NotAGroup(Exception):
    """A text seems to name a person. Registrations are about groups."""


class InFuture(Exception):
    """Nobody knows today how a group will look at it."""


class GroupThere(Exception):
    """The project has the group already."""


class DayTaken(Exception):
    """Something is registered about the group on that day: it is corrected, not registered twice."""


class ObjectionMissing(Exception):
    """Whoever says that a group objects says to what: else there is nothing to answer."""


class StaleGroup(Exception):
    """Someone else has registered something about the group since the form was opened. `current`: what stands now."""

    def __init__(self, current: StakeholderRegistration | None) -> None:
        super().__init__("the group has changed")
        self.current = current


class AlreadyConfirmed(Exception):
    """The registration is confirmed, or one has taken its place."""


class OwnRegistration(Exception):
    """Nobody confirms what they have registered themselves."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a group looks at the project on a date. See `StakeholderRegistration`."""

    on: date
    attitude: int
    influence: int
    size: int | None = None
    objection: str = ""


@transaction.atomic
def add(*, by: Actor, project: Project, kind: str, name: str, seen: Seen) -> StakeholderGroup:
    """Add a group with how it looks at the project.

    Raises NotAllowed, NotFollowed, NotAGroup, InFuture, GroupThere, ObjectionMissing.
    """
    project = lock(by, project.pk, Access.ANSWER)
    _check(by, seen, name)
    groups = StakeholderGroup.objects.filter(project=project)
    if groups.filter(kind=kind, name=name, removed_at=None).exists():
        raise GroupThere
    number = (groups.aggregate(top=Max("number"))["top"] or 0) + 1
    group = StakeholderGroup.objects.create(project=project, number=number, kind=kind, name=name, created_at=by.now)
    row = _insert(by, group, seen)
    record_step(by, group, "stakeholder_added", registration=row.pk)
    return group


@transaction.atomic
def register(
    *, by: Actor, group: StakeholderGroup, version: int, seen: Seen, corrects: int | None = None
) -> StakeholderRegistration:
    """Register how a group looks at the project on a new day, or correct what was registered (`corrects`).

    Raises NotAllowed, NotFollowed, NotAGroup, InFuture, DayTaken, ObjectionMissing, StaleGroup.
    """
    lock(by, group.project_id, Access.ANSWER)
    _check(by, seen)
    claim(group, version)
    live = StakeholderRegistration.objects.live().filter(group=group)
    if live.filter(on=seen.on).exclude(pk=corrects or 0).exists():
        raise DayTaken
    if corrects is not None and not live.filter(pk=corrects).update(superseded_at=by.now):
        raise StaleGroup(live.first())
    row = _insert(by, group, seen)
    action = "stakeholder_registered" if corrects is None else "stakeholder_corrected"
    record_step(by, group, action, registration=row.pk, replaces=corrects)
    return row


@transaction.atomic
def confirm(*, by: Actor, registration: StakeholderRegistration) -> None:
    """The owner sees it as the one who registered it does.

    Raises NotAllowed, NotFollowed, OwnRegistration, AlreadyConfirmed.
    """
    group = registration.group
    project = lock(by, group.project_id, Access.SIGN)
    if by.user is not None and may(roles_in(by.user, project, by.today), Access.WRITE):
        raise NotAllowed  # an owner who leads the project too is no second pair of eyes
    if by.user_id is not None and registration.recorded_by_id == by.user_id:
        raise OwnRegistration
    rows = StakeholderRegistration.objects.live().filter(pk=registration.pk, confirmed_at=None)
    if not rows.update(confirmed_at=by.now, confirmed_by=by.user):
        raise AlreadyConfirmed
    record_step(by, group, "stakeholder_confirmed", registration=registration.pk)


@transaction.atomic
def remove(*, by: Actor, group: StakeholderGroup, version: int) -> None:
    """Take out a group that was a mistake or is touched no more; what was registered stays in the history.

    Raises NotAllowed, NotFollowed, StaleGroup.
    """
    lock(by, group.project_id, Access.ANSWER)
    claim(group, version)
    StakeholderGroup.objects.filter(pk=group.pk).update(removed_at=by.now)
    record_step(by, group, "stakeholder_removed")


def claim(group: StakeholderGroup, version: int) -> None:
    """Compare and set: the group must still be as the person saw it. Raises StaleGroup."""
    rows = StakeholderGroup.objects.filter(pk=group.pk, version=version, removed_at=None)
    if not rows.update(version=F("version") + 1):
        raise StaleGroup(StakeholderRegistration.objects.live().filter(group=group).first())


def check_text(*texts: str) -> None:
    """Raise NotAGroup when a text seems to name a person."""
    if any(personal(text) for text in texts):
        raise NotAGroup


def record_step(by: Actor, group: StakeholderGroup, action: str, **data: object) -> None:
    """The audit event of a change to a group, and word to those who judge the project."""
    record(
        stream=f"project:{group.project_id}",
        action=action,
        obj=("stakeholder", group.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
    touch(group.project_id)


def _check(by: Actor, seen: Seen, name: str = "") -> None:
    check_text(name, seen.objection)
    if seen.on > by.today:
        raise InFuture
    if seen.attitude < 0 and not seen.objection.strip():
        raise ObjectionMissing


def _insert(by: Actor, group: StakeholderGroup, seen: Seen) -> StakeholderRegistration:
    return StakeholderRegistration.objects.create(group=group, recorded_at=by.now, recorded_by=by.user, **asdict(seen))
