"""Registering and correcting measurements."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from accounts.actor import Actor, NotAllowed
from benefits.models import EffectTarget, Measurement, TargetVersion
from benefits.shares import PERCENT
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import left_due, touch
from projects.roles import Access

LARGEST = Decimal(9_999_999_999)  # what the column holds
MOST_PEOPLE = 10_000_000  # behind a figure


class DateTaken(Exception):
    """The series already has a live value on this date. `existing` is it."""

    def __init__(self, existing: Measurement) -> None:
        super().__init__(f"a value exists on {existing.measured_on}")
        self.existing = existing


class InFuture(Exception):
    """A value cannot have been measured on a date that has not come."""


class OutOfRange(Exception):
    """The value cannot be right: outside what the indicator's definition allows."""

    def __init__(self, low: Decimal | None, high: Decimal | None) -> None:
        super().__init__(f"not within {low}..{high}")
        self.low, self.high = low, high


class Superseded(Exception):
    """Someone else has corrected or withdrawn this value in the meantime."""


class NotFollowed(Exception):
    """The project is not in use yet, so nothing can be registered on it."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a person registers: `value` in the target's unit on `measured_on`, and what lies behind it."""

    measured_on: date
    value: Decimal
    source: str = ""
    reference: str = ""
    note: str = ""
    n: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_preliminary: bool = False


@transaction.atomic
def register(
    *, by: Actor, target: EffectTarget, value: Value, municipality_id: int | None = None, is_doubted: bool = False
) -> Measurement:
    """Register a value that counts for status at once; a draft on the same date gives way.

    One that looked like a slip and was said to be right waits as a draft, and counts once it is registered.
    Raises NotAllowed, NotFollowed, InFuture, OutOfRange, DateTaken.
    """
    project = locked(by, target.project_id)
    version = _live_version(target)
    check(by, value, version)
    existing = (
        Measurement.objects.live()
        .filter(target=target, municipality=municipality_id, measured_on=value.measured_on)
        .order_by("pk")
        .first()
    )
    if existing and existing.state == Measurement.State.DRAFT:
        _supersede(by, existing)
    elif existing:
        raise DateTaken(existing)
    state = Measurement.State.DRAFT if is_doubted else Measurement.State.REGISTERED
    row = _insert(by, target, value, version.definition_version, municipality_id, state=state)
    _record(by, project, "measurement_drafted" if is_doubted else "measurement_registered", row)
    return row


@transaction.atomic
def register_many(
    *,
    by: Actor,
    target: EffectTarget,
    values: list[Value],
    municipality_id: int | None = None,
    doubted: Collection[date] = (),
) -> list[Measurement]:
    """Register several values, all or none; those of the days in `doubted` as drafts. Raises as `register`."""
    series: dict[str, Any] = {"by": by, "target": target, "municipality_id": municipality_id}
    with left_due():
        rows = [register(value=value, is_doubted=value.measured_on in doubted, **series) for value in values]
    if rows:
        touch(target.project_id)  # many values, one assessment
    return rows


@transaction.atomic
def correct(*, by: Actor, measurement: Measurement, value: Value, reason: str) -> Measurement:
    """Replace a live value by a new row, which counts at once: it says why. The old one stays in the history.

    Raises NotAllowed, NotFollowed, InFuture, OutOfRange, DateTaken, Superseded.
    """
    target = measurement.target
    project = locked(by, target.project_id)
    check(by, value, _live_version(target))
    _supersede(by, measurement)
    try:
        with transaction.atomic():
            row = _insert(
                by, target, value, measurement.definition_version, measurement.municipality_id, measurement, reason
            )
    except IntegrityError as error:
        same_day = {"municipality": measurement.municipality_id, "measured_on": value.measured_on}
        other = Measurement.objects.live().filter(target=target, **same_day).first()
        if other is None:
            raise
        raise DateTaken(other) from error
    _record(by, project, "measurement_corrected", row, corrects=measurement.pk)
    return row


@transaction.atomic
def withdraw(*, by: Actor, measurement: Measurement) -> None:
    """Take a live value out of the series; it stays in the history. Raises NotAllowed, Superseded."""
    project = locked(by, measurement.target.project_id)
    _supersede(by, measurement)
    _record(by, project, "measurement_withdrawn", measurement)


@transaction.atomic
def confirm(*, by: Actor, project: Project, measurement_ids: Collection[int]) -> int:
    """Confirm the registered values an approved report rests on; the number confirmed. Raises NotAllowed."""
    if by.user is not None and not may(roles_in(by.user, project, by.today), Access.REVIEW):
        raise NotAllowed
    states = Measurement.State
    rows = Measurement.objects.live().filter(target__project=project, pk__in=measurement_ids, state=states.REGISTERED)
    confirmed = sorted(rows.values_list("pk", flat=True))
    Measurement.objects.filter(pk__in=confirmed).update(state=states.CONFIRMED)
    record(
        stream=f"project:{project.pk}",
        action="measurements_confirmed",
        obj=("project", project.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"measurements": confirmed},
    )
    touch(project.pk)
    return len(confirmed)


def locked(by: Actor, project_id: int) -> Project:
    """The project, held until the transaction ends, for someone who may measure. Raises NotAllowed, NotFollowed."""
    project = Project.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=project_id)
    if by.user is not None and not may(roles_in(by.user, project, by.today), Access.MEASURE):
        raise NotAllowed
    if project.followed_since is None:
        raise NotFollowed
    return project


def _live_version(target: EffectTarget) -> TargetVersion:
    return TargetVersion.objects.live().get(target=target)


def check(by: Actor, value: Value, version: TargetVersion) -> None:
    """Refuse what cannot be. Raises InFuture, OutOfRange."""
    if value.measured_on > by.today:
        raise InFuture
    low, high = hard_limits(version)
    if (low is not None and value.value < low) or (high is not None and value.value > high):
        raise OutOfRange(low, high)


def hard_limits(version: TargetVersion) -> tuple[Decimal | None, Decimal | None]:
    """What a value can possibly be: shares and absence 0–100, counts and means not negative, an index anything."""
    return possible_range(version.kind, version.unit)


def possible_range(kind: str, unit: str) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest value a kind of indicator can have; None: no limit.

    A mean in per cent is the mean of shares. What may be more than the whole is an index.
    """
    kinds = TargetVersion.Kind
    if kind in {kinds.REGISTER_SHARE, kinds.SURVEY_SHARE, kinds.ABSENCE_RATE} or (kind, unit) == (kinds.MEAN, PERCENT):
        return Decimal(0), Decimal(100)
    if kind in {kinds.COUNT, kinds.MEAN}:
        return Decimal(0), None
    return None, None


def _insert(
    by: Actor,
    target: EffectTarget,
    value: Value,
    definition_version: int,
    municipality_id: int | None,
    corrects: Measurement | None = None,
    reason: str = "",
    state: str = Measurement.State.REGISTERED,
) -> Measurement:
    row = unsaved(by, target, value, definition_version, municipality_id)
    row.corrects, row.correction_reason, row.state = corrects, reason, state
    row.save(force_insert=True)
    return row


def unsaved(
    by: Actor, target: EffectTarget, value: Value, definition_version: int, municipality_id: int | None
) -> Measurement:
    """A registered value that is not stored yet."""
    return Measurement(
        target=target,
        municipality_id=municipality_id,
        definition_version=definition_version,
        recorded_at=by.now,
        recorded_by=by.user,
        **{item.name: getattr(value, item.name) for item in fields(value)},
    )


def _supersede(by: Actor, measurement: Measurement) -> None:
    """Compare and set: only one of two simultaneous corrections gets through."""
    now: datetime = max(by.now, measurement.recorded_at)
    changed = Measurement.objects.filter(pk=measurement.pk, superseded_at=None).update(
        superseded_at=now, superseded_by=by.user
    )
    if not changed:
        raise Superseded


def _record(by: Actor, project: Project, action: str, row: Measurement, **data: object) -> None:
    record(
        stream=f"project:{project.pk}",
        action=action,
        obj=("measurement", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"target": row.target_id, "on": row.measured_on, "value": row.value, **data},
    )
    if row.state != Measurement.State.DRAFT:
        touch(project.pk)
