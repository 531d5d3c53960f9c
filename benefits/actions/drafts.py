"""Measurements that wait: stored from a file, and counting only once somebody who may measure has registered them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from accounts.actor import Actor
from benefits.actions import measurements
from benefits.actions.measurements import DateTaken, Superseded
from benefits.models import EffectTarget, Measurement, TargetVersion
from journal.actions import record
from projects.models import Project
from projects.revision import touch

DRAFT = Measurement.State.DRAFT
_COPIED = (
    *("target_id", "municipality_id", "measured_on", "value", "numerator", "denominator", "n", "definition_version"),
    *("source", "reference", "note", "is_preliminary"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A value for a target, perhaps for one municipality of a joint project."""

    target: EffectTarget
    municipality_id: int | None
    value: measurements.Value


@transaction.atomic
def store(*, by: Actor, project: Project, drafts: Sequence[Draft]) -> list[Measurement]:
    """Store values as drafts, all or none. They count for nothing yet, so nothing is assessed.

    Raises NotAllowed, NotFollowed, InFuture, OutOfRange, DateTaken.
    """
    project = measurements.locked(by, project.pk)
    of_project = TargetVersion.objects.live().filter(target__project=project)
    versions = {version.target_id: version for version in of_project.select_related("target")}
    live = Measurement.objects.live().filter(target__project=project)
    taken = {(row.target_id, row.municipality_id, row.measured_on): row for row in live}
    rows = []
    for draft in drafts:
        version = versions[draft.target.pk]
        measurements.check(by, draft.value, version)
        if existing := taken.get((draft.target.pk, draft.municipality_id, draft.value.measured_on)):
            raise DateTaken(existing)
        row = measurements.unsaved(by, draft.target, draft.value, version.definition_version, draft.municipality_id)
        row.state = DRAFT
        rows.append(row)
    Measurement.objects.bulk_create(rows)
    _record(by, project, "measurements_imported", measurements=[row.pk for row in rows])
    return rows


@transaction.atomic
def register(*, by: Actor, project: Project, ids: Collection[int]) -> list[Measurement]:
    """Let drafts count: each gives way to a registered row, so that what was known before stays known.

    All or none. Raises NotAllowed, NotFollowed, Superseded.
    """
    project = measurements.locked(by, project.pk)
    drafts = _give_way(by, project, ids)
    rows = [
        Measurement(**{name: getattr(draft, name) for name in _COPIED}, recorded_at=by.now, recorded_by=by.user)
        for draft in drafts
    ]
    Measurement.objects.bulk_create(rows)
    _record(by, project, "drafts_registered", measurements=[row.pk for row in rows], drafts=sorted(ids))
    touch(project.pk)
    return rows


@transaction.atomic
def discard(*, by: Actor, project: Project, ids: Collection[int]) -> int:
    """Throw drafts away; the number thrown. Raises NotAllowed, NotFollowed, Superseded."""
    project = measurements.locked(by, project.pk)
    found = len(_give_way(by, project, ids))
    _record(by, project, "drafts_discarded", drafts=sorted(ids))
    return found


def _give_way(by: Actor, project: Project, ids: Collection[int]) -> list[Measurement]:
    """Supersede the drafts with these ids. Raises Superseded when one is no longer a live draft of the project."""
    live = Measurement.objects.live().filter(target__project=project, state=DRAFT, pk__in=ids)
    drafts = list(live.order_by("target", "measured_on", "pk"))
    if not drafts or len(drafts) != len(set(ids)):
        raise Superseded
    Measurement.objects.filter(pk__in=[draft.pk for draft in drafts]).update(
        superseded_at=Greatest(Value(by.now), F("recorded_at")), superseded_by=by.user
    )
    return drafts


def _record(by: Actor, project: Project, action: str, **data: object) -> None:
    record(
        stream=f"project:{project.pk}",
        action=action,
        obj=("project", project.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
