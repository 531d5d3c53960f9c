"""The engine's thresholds as a programme has them on a date: the defaults with the programme's own in their place."""

import logging
from collections.abc import Iterable
from datetime import date, datetime

from benefits.engine.threshold_specs import Spec
from benefits.engine.thresholds import DEFAULT, SPECS, Thresholds
from benefits.models import ProgrammeThreshold

log = logging.getLogger(__name__)


def thresholds_on(programme_ids: Iterable[int], as_of: date, known_at: datetime | None = None) -> dict[int, Thresholds]:
    """Thresholds by programme id, in force on a date as known at a moment (None: now).

    A row whose threshold the engine no longer has is passed over: an update must not stop every verdict.
    """
    ids = set(programme_ids)
    own: dict[int, dict[str, float]] = {pk: {} for pk in ids}
    rows = ProgrammeThreshold.objects.filter(programme__in=ids).in_force(as_of, known_at)
    for (programme, name), row in rows.items():
        if name not in SPECS:
            log.warning("programme %s has its own %s, which the engine does not know", programme, name)
        elif row.value is not None:
            own[programme][name] = as_engine_value(SPECS[name], row.value)
    return {pk: DEFAULT.with_overrides(values) for pk, values in own.items()}


def as_engine_value(spec: Spec, value: float) -> float:
    """A stored number as the engine takes it: whole ones as int."""
    return int(value) if spec.is_whole else value


def default_of(name: str) -> float:
    """The engine's own value of a threshold. Raises KeyError for a name that is not a threshold."""
    SPECS[name]
    value: float = getattr(DEFAULT, name)
    return value
