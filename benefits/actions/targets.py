"""Setting and changing effect targets. Every change is a new version; what was there stays."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import F, Max

from accounts.actor import Actor, NotAllowed
from benefits.counting_facts import neighbours_of
from benefits.models import EffectTarget, MainTarget, PlannedPoint, TargetValue, TargetVersion
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access


class StaleTarget(Exception):
    """Someone else has changed the target since the form was opened. `current` is what it says now."""

    def __init__(self, current: TargetVersion) -> None:
        super().__init__("the target has changed")
        self.current = current


class DatesOutOfOrder(Exception):
    """A target value is dated before the baseline."""


class NotFollowed(Exception):
    """The project is not in use yet."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a target says. None means not set. See `TargetVersion` for units; `values` are (date, value) pairs."""

    title: str
    statement: str = ""
    theme_id: int | None = None
    level: str = "effect"
    indicator: str = ""
    definition: str = ""
    definition_version: int = 1
    kind: str = ""
    unit: str = ""
    direction: int | None = None
    scope: str = ""
    source: str = ""
    frequency: str = ""
    population: int | None = None
    mmc: Decimal | None = None
    tolerance: Decimal | None = None
    plausible_min: Decimal | None = None
    plausible_max: Decimal | None = None
    declared_sd: Decimal | None = None
    keep_min: Decimal | None = None
    keep_max: Decimal | None = None
    is_measurable: bool = True
    baseline_value: Decimal | None = None
    baseline_on: date | None = None
    baseline_n: int | None = None
    baseline_points: int = 1
    baseline_is_retrospective: bool = False
    baseline_method: str = ""
    baseline_low: Decimal | None = None
    baseline_high: Decimal | None = None
    baseline_due_on: date | None = None
    trajectory: str = "linear"
    effect_starts_on: date | None = None
    measurement_responsible_id: int | None = None
    line_owner: str = ""
    measures_after_end: str = ""
    need: str = ""
    need_figure: str = ""
    method: str = ""
    disaggregation: str = ""
    counter: int | None = None
    concept: str = ""
    concept_reason: str = ""
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""
    rationale: str = ""  # why the last value
    values: tuple[tuple[date, Decimal], ...] = field(default=())
    planned: tuple[tuple[date, str], ...] = field(default=())

    @property
    def is_kept(self) -> bool:
        """Whether the figure is to stay within limits, not to be moved."""
        return self.keep_min is not None or self.keep_max is not None


COLUMNS = [item.name for item in fields(Definition) if item.name not in {"values", "planned", "rationale"}]


def definition_of(version: TargetVersion) -> Definition:
    """What a stored version says, to change a part of it with `dataclasses.replace`."""
    values = list(version.values.all())
    return Definition(
        **{name: getattr(version, name) for name in COLUMNS},
        rationale=values[-1].rationale if values else "",
        values=tuple((row.on, row.value) for row in values),
        planned=tuple((row.on, row.kind) for row in version.planned.all()),
    )


@transaction.atomic
def create(*, by: Actor, project: Project, definition: Definition, is_main: bool | None = None) -> EffectTarget:
    """Add a target to a project; the first one becomes the main target unless said otherwise.

    Raises NotAllowed, NotFollowed, DatesOutOfOrder.
    """
    project = lock_for_writing(by, project.pk)
    _check(definition)
    last = project.targets.aggregate(Max("number"))["number__max"] or 0
    target = EffectTarget.objects.create(
        project=project,
        number=last + 1,
        is_main=last == 0 if is_main is None else is_main,
        created_at=by.now,
    )
    if target.is_main:
        _choose(by, target)
    version = _insert(by, target, definition, "")
    _record(by, target, "target_created", version)
    return target


@transaction.atomic
def change(*, by: Actor, target: EffectTarget, version: int, definition: Definition, reason: str = "") -> TargetVersion:
    """Let a target say something new from today. `version` is the number the form was opened on.

    What it says already, as when a form is sent twice, is not said again.

    Raises NotAllowed, NotFollowed, DatesOutOfOrder, StaleTarget.
    """
    lock_for_writing(by, target.project_id)
    _check(definition)
    current = TargetVersion.objects.live().prefetch_related("values", "planned").get(target=target)
    changed = EffectTarget.objects.filter(pk=target.pk, version=version).update(version=F("version") + 1)
    if not changed:
        if definition_of(current) == definition:
            return current
        raise StaleTarget(current)
    TargetVersion.objects.filter(pk=current.pk).update(superseded_at=by.now)
    new = _insert(by, target, definition, reason)
    _record(by, target, "target_changed", new, replaces=current.pk)
    return new


def give_measuring(*, by: Actor, target: EffectTarget, to: int, reason: str) -> TargetVersion:
    """Let someone else measure a target from today: a part of a handover, whose action has checked who may."""
    current = TargetVersion.objects.live().prefetch_related("values", "planned").get(target=target)
    EffectTarget.objects.filter(pk=target.pk).update(version=F("version") + 1)
    TargetVersion.objects.filter(pk=current.pk).update(superseded_at=by.now)
    definition = replace(definition_of(current), measurement_responsible_id=to)
    new = _insert(by, target, definition, reason)
    _record(by, target, "target_changed", new, replaces=current.pk)
    return new


@transaction.atomic
def choose_main(*, by: Actor, target: EffectTarget) -> None:
    """Make a target the project's main target, whose result is the project's. Raises NotAllowed."""
    project = lock_for_writing(by, target.project_id)
    project.targets.filter(is_main=True).update(is_main=False)
    project.targets.filter(pk=target.pk).update(is_main=True)
    _choose(by, target)
    _record(by, target, "main_target_chosen", None)


def lock_for_writing(by: Actor, project_id: int) -> Project:
    """The project, locked, when the person may write what it promises. Raises NotAllowed, NotFollowed."""
    project = Project.objects.select_for_update().get(pk=project_id)
    if by.user is not None and not may(roles_in(by.user, project, by.today), Access.WRITE):
        raise NotAllowed
    if project.followed_since is None:
        raise NotFollowed
    return project


def _check(definition: Definition) -> None:
    if definition.baseline_on and any(on <= definition.baseline_on for on, _ in definition.values):
        raise DatesOutOfOrder


def _insert(by: Actor, target: EffectTarget, definition: Definition, reason: str) -> TargetVersion:
    version = TargetVersion.objects.create(
        target=target,
        valid_from=by.today,
        recorded_at=by.now,
        recorded_by=by.user,
        change_reason=reason,
        **{name: getattr(definition, name) for name in COLUMNS},
    )
    values = [TargetValue(version=version, on=on, value=value) for on, value in definition.values]
    if values:
        values[-1].rationale = definition.rationale
    TargetValue.objects.bulk_create(values)
    PlannedPoint.objects.bulk_create(PlannedPoint(version=version, on=on, kind=kind) for on, kind in definition.planned)
    return version


def _choose(by: Actor, target: EffectTarget) -> None:
    """Keep the choice of main target as a version of its own."""
    MainTarget.objects.filter(project=target.project_id, superseded_at=None).update(superseded_at=by.now)
    MainTarget.objects.create(
        project_id=target.project_id, target=target, valid_from=by.today, recorded_at=by.now, recorded_by=by.user
    )


def _record(by: Actor, target: EffectTarget, action: str, version: TargetVersion | None, **data: object) -> None:
    record(
        stream=f"project:{target.project_id}",
        action=action,
        obj=("target", target.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"version": version.pk if version else None, **data},
    )
    touch(target.project_id)
    for neighbour in neighbours_of(target.project_id):  # after the commit: a save locks one project only
        transaction.on_commit(partial(touch, neighbour))
