"""The ledger's first side: freed time registered, corrected, attested by the line, withdrawn."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Max

from accounts.actor import Actor, NotAllowed
from benefits.actions.targets import NotFollowed
from benefits.engine.freed_time import busiest_day, used_on
from benefits.models import Allocation, FreedTime, FreedTimeVersion
from benefits.models.freed_time import HOURS_PER_FTE, SLACK, in_fte
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project, RoleAssignment
from projects.revision import touch
from projects.roles import ROLES_WITH, Access


class StaleFreedTime(Exception):
    """Someone else has changed the post since the form was opened. `current` is what it says now."""

    def __init__(self, current: FreedTimeVersion) -> None:
        super().__init__("the post has changed")
        self.current = current


class BelowUse(Exception):
    """More of the time is already put to use than the post would then say was freed. `used` in årsverk, on `day`."""

    def __init__(self, used: Decimal, day: date) -> None:
        super().__init__(f"{used} are in use on {day}")
        self.used, self.day = used, day


class UseOutside(Exception):
    """The time is put to use outside the days the post would then last. `first` and `last` are the use's."""

    def __init__(self, first: date, last: date | None) -> None:
        super().__init__(f"in use from {first} to {last}")
        self.first, self.last = first, last


class InUse(Exception):
    """Time that is put to use cannot be taken out of the ledger; the use goes first."""


class NotYetFree(Exception):
    """Nobody can say that time is there before its first day."""


class AlreadyAttested(Exception):
    """The post has been attested as it stands."""


class ReasonMissing(Exception):
    """Whoever takes a post out of the ledger says why."""


class PlaceUnknown(Exception):
    """In a joint project a post belongs to one of its municipalities."""


@dataclass(frozen=True, slots=True)
class Post:
    """What a post says. None means not set. See `FreedTimeVersion`."""

    title: str
    amount: Decimal
    starts_on: date
    unit: str = "fte"
    hours_per_fte: Decimal = Decimal(HOURS_PER_FTE)
    planned: Decimal | None = None
    posts: int | None = None
    ends_on: date | None = None
    municipality_id: int | None = None
    benefit_id: int | None = None
    target_id: int | None = None
    note: str = ""

    @property
    def fte(self) -> Decimal:
        """The amount in årsverk."""
        return in_fte(self.amount, self.unit, self.hours_per_fte)


COLUMNS = [field.name for field in fields(Post)]


def post_of(version: FreedTimeVersion) -> Post:
    """What a stored version says."""
    return Post(**{name: getattr(version, name) for name in COLUMNS})


@transaction.atomic
def register(*, by: Actor, project: Project, post: Post) -> FreedTime:
    """Add a post to a project's ledger. Raises NotAllowed, NotFollowed, PlaceUnknown."""
    project = lock(by, project.pk, Access.MEASURE)
    number = (FreedTime.objects.filter(project=project).aggregate(top=Max("number"))["top"] or 0) + 1
    freed_time = FreedTime.objects.create(project=project, number=number, created_at=by.now)
    version = _insert(by, freed_time, post)
    _record(by, freed_time, "freed_time_registered", version=version.pk)
    return freed_time


@transaction.atomic
def correct(*, by: Actor, freed_time: FreedTime, version: int, post: Post, reason: str = "") -> FreedTimeVersion:
    """Let a post say something else; an attestation of what it said before falls away.

    What it says already, as when a form is sent twice, is not said again.

    Raises NotAllowed, NotFollowed, PlaceUnknown, StaleFreedTime, BelowUse, UseOutside.
    """
    lock(by, freed_time.project_id, Access.MEASURE)
    try:
        current = _claim(freed_time, version)
    except StaleFreedTime as stale:
        if stale.current.withdrawn_on is None and post_of(stale.current) == post:
            return stale.current
        raise
    _check_use(freed_time, post)
    new = _replace(by, freed_time, current, post, change_reason=reason)
    _record(by, freed_time, "freed_time_corrected", version=new.pk, replaces=current.pk)
    return new


@transaction.atomic
def attest(*, by: Actor, freed_time: FreedTime, version: int) -> FreedTimeVersion:
    """Someone who takes out benefits in the line says that the time is there, as the post says.

    Raises NotAllowed, NotFollowed, StaleFreedTime, NotYetFree, AlreadyAttested.
    """
    project = lock(by, freed_time.project_id, Access.ATTEST)
    current = _claim(freed_time, version)
    if by.user is not None and not may_attest(by, project, current.municipality_id):
        raise NotAllowed
    if current.starts_on > by.today:
        raise NotYetFree
    if current.attested_on is not None:
        raise AlreadyAttested
    new = _replace(by, freed_time, current, post_of(current), attested_on=by.today, attested_by=by.user)
    _record(by, freed_time, "freed_time_attested", version=new.pk, replaces=current.pk)
    return new


@transaction.atomic
def withdraw(*, by: Actor, freed_time: FreedTime, version: int, reason: str) -> None:
    """Take a post that was a mistake out of the ledger; it stays in the history.

    Raises NotAllowed, NotFollowed, StaleFreedTime, ReasonMissing, InUse.
    """
    lock(by, freed_time.project_id, Access.MEASURE)
    if not reason.strip():
        raise ReasonMissing
    current = _claim(freed_time, version)
    if Allocation.objects.live().filter(freed_time=freed_time).exists():
        raise InUse
    new = _replace(by, freed_time, current, post_of(current), change_reason=reason, withdrawn_on=by.today)
    _record(by, freed_time, "freed_time_withdrawn", version=new.pk, replaces=current.pk)


def live(freed_time: FreedTime) -> FreedTimeVersion:
    """What a post says now."""
    return FreedTimeVersion.objects.live().select_related("benefit").get(freed_time=freed_time)


def lock(by: Actor, project_id: int, access: Access) -> Project:
    """The project, locked, so that its ledger is written by one at a time. Raises NotAllowed, NotFollowed."""
    project = Project.objects.select_for_update().get(pk=project_id)
    if by.user is not None and not may(roles_in(by.user, project, by.today), access):
        raise NotAllowed
    if project.followed_since is None:
        raise NotFollowed
    return project


def may_attest(by: Actor, project: Project, municipality_id: int | None) -> bool:
    """Whether a person takes out benefits where the time was freed; a role may be for one municipality only."""
    held = RoleAssignment.objects.active_on(by.today).filter(project=project, person=by.user)
    places = held.filter(role__in=ROLES_WITH[Access.ATTEST]).values_list("municipality", flat=True)
    return any(place is None or municipality_id is None or place == municipality_id for place in places)


def _check_use(freed_time: FreedTime, post: Post) -> None:
    """What the time is used for must have room in what the post would say."""
    uses = list(Allocation.objects.live().filter(freed_time=freed_time))
    for use in uses:
        ends_late = post.ends_on is not None and use.ends_on is not None and use.ends_on > post.ends_on
        if use.starts_on < post.starts_on or ends_late or (post.ends_on and use.starts_on > post.ends_on):
            raise UseOutside(use.starts_on, use.ends_on)
    day = busiest_day(uses, post.starts_on, post.ends_on)
    used = sum(used_on(uses, day), Decimal(0))
    if used > post.fte + SLACK:
        raise BelowUse(used, day)


def _claim(freed_time: FreedTime, version: int) -> FreedTimeVersion:
    """Compare and set: the post must still be as the person saw it. What it says until now."""
    current = live(freed_time)
    changed = FreedTime.objects.filter(pk=freed_time.pk, version=version).update(version=F("version") + 1)
    if not changed or current.withdrawn_on is not None:
        raise StaleFreedTime(current)
    return current


def _replace(
    by: Actor, freed_time: FreedTime, current: FreedTimeVersion, post: Post, **said: object
) -> FreedTimeVersion:
    FreedTimeVersion.objects.filter(pk=current.pk).update(superseded_at=by.now)
    return _insert(by, freed_time, post, **said)


def _insert(by: Actor, freed_time: FreedTime, post: Post, **said: object) -> FreedTimeVersion:
    """A new version; a benefit or a target of another project is left out, and the one place of a project not said."""
    project, values = freed_time.project, {name: getattr(post, name) for name in COLUMNS}
    places = list(project.participations.values_list("municipality", flat=True))
    if len(places) < 2:
        values["municipality_id"] = None
    elif post.municipality_id not in places:
        raise PlaceUnknown
    if post.benefit_id and not project.benefits.filter(pk=post.benefit_id).exists():
        values["benefit_id"] = None
    if post.target_id and (values["benefit_id"] or not project.targets.filter(pk=post.target_id).exists()):
        values["target_id"] = None
    return FreedTimeVersion.objects.create(
        freed_time=freed_time,
        valid_from=by.today,
        recorded_at=by.now,
        recorded_by=by.user,
        fte=post.fte,
        **values,
        **said,
    )


def _record(by: Actor, freed_time: FreedTime, action: str, **data: object) -> None:
    record(
        stream=f"project:{freed_time.project_id}",
        action=action,
        obj=("freed_time", freed_time.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
    touch(freed_time.project_id)
