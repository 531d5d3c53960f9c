"""A programme's own thresholds: chosen by an administrator, each change dated, with a reason, and audited."""

from dataclasses import replace

from django.db import transaction

from accounts.actor import Actor, check_administrator
from benefits.engine.thresholds import SPECS, Thresholds
from benefits.models import ProgrammeThreshold
from benefits.programme_thresholds import as_engine_value, default_of
from journal.actions import record
from projects.actions.setup import StaleEdit
from projects.models import Programme
from projects.revision import touch_programme


class ReasonMissing(Exception):
    """Every change says why."""


class OutOfBounds(Exception):
    """The value is outside what the threshold may be."""


class NothingChanged(Exception):
    """The programme has this value already."""


def proposed(thresholds: Thresholds, name: str, value: float | None) -> Thresholds:
    """The thresholds with one value in its place; None: the engine's own. Raises OutOfBounds, KeyError."""
    return replace(thresholds, **{name: _checked(name, value)})  # type: ignore[arg-type]


@transaction.atomic
def change_threshold(
    *, by: Actor, programme: Programme, name: str, version: int, value: float | None, reason: str
) -> ProgrammeThreshold:
    """Let a threshold have a value of the programme's own from today on; None: the engine's own again.

    `version` is the number of rows the threshold had when the form was opened, plus one. Raises NotAllowed, StaleEdit,
    ReasonMissing, OutOfBounds, NothingChanged, and KeyError for a name that is not a threshold.
    """
    check_administrator(by)
    _checked(name, value)
    if not reason.strip():
        raise ReasonMissing
    Programme.objects.select_for_update().get(pk=programme.pk)
    rows = ProgrammeThreshold.objects.filter(programme=programme, name=name)
    if version != rows.count() + 1:
        raise StaleEdit
    before = rows.in_force(by.today, None).get((programme.pk, name))
    if (before.value if before else None) == value:
        raise NothingChanged
    rows.filter(valid_from=by.today, superseded_at=None).update(superseded_at=by.now)
    made = ProgrammeThreshold.objects.create(
        programme=programme, name=name, value=value, valid_from=by.today,
        recorded_at=by.now, recorded_by=by.user, reason=reason.strip(),
    )  # fmt: skip
    record(
        stream=f"programme:{programme.pk}",
        action="threshold_changed",
        obj=("threshold", made.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"name": name, "before": before.value if before else None, "value": value},
    )
    touch_programme(programme.pk)
    return made


def _checked(name: str, value: float | None) -> float:
    """The value as the engine takes it, the engine's own for None."""
    spec = SPECS[name]
    if value is None:
        return default_of(name)
    if not spec.low <= value <= spec.high or (spec.is_whole and value != int(value)):
        raise OutOfBounds
    return as_engine_value(spec, value)
