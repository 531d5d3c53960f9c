"""A programme's thresholds as the set-up pages show them: every number written, every code in words."""

from dataclasses import dataclass
from datetime import date, datetime

from benefits.engine.threshold_specs import Subject
from benefits.engine.thresholds import SPECS
from benefits.models import ProgrammeThreshold
from benefits.queries.thresholds import Chosen
from benefits.wording.thresholds import bounds_text, source_text, subject_heading, threshold_name, threshold_value


@dataclass(frozen=True, slots=True)
class RowShown:
    """One change: what it set, from when, by whom and why. `value` "": back to the default."""

    name: str
    label: str
    value: str
    valid_from: date
    recorded_at: datetime
    by: str
    reason: str
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One threshold as it is now."""

    name: str
    label: str
    value: str
    default: str
    bounds: str
    source: str
    is_own: bool
    row: RowShown | None


@dataclass(frozen=True, slots=True)
class GroupShown:
    """The thresholds of one subject."""

    key: str
    heading: str
    items: list[ItemShown]


def group_shown(subject: Subject, chosen: list[Chosen]) -> GroupShown:
    """The thresholds of one subject, written."""
    return GroupShown(subject.value, subject_heading(subject), [threshold_shown(item) for item in chosen])


def threshold_shown(chosen: Chosen) -> ItemShown:
    """One threshold, written."""
    name = chosen.name
    return ItemShown(
        name=name,
        label=threshold_name(name),
        value=threshold_value(name, chosen.value),
        default=threshold_value(name, chosen.default),
        bounds=bounds_text(name),
        source=source_text(SPECS[name]),
        is_own=chosen.is_own,
        row=row_shown(chosen.row) if chosen.row else None,
    )


def row_shown(row: ProgrammeThreshold) -> RowShown:
    """One change, written."""
    return RowShown(
        name=row.name,
        label=threshold_name(row.name),
        value="" if row.value is None else threshold_value(row.name, row.value),
        valid_from=row.valid_from,
        recorded_at=row.recorded_at,
        by=row.recorded_by.get_full_name() if row.recorded_by else "",
        reason=row.reason,
        is_replaced=row.superseded_at is not None,
    )
