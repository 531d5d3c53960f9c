"""What a target has said over time, and what each change was."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from benefits.actions.targets import COLUMNS, Definition, definition_of
from benefits.concepts import concept_name
from benefits.forms.target_sheet import TargetSheetForm
from benefits.models import EffectTarget, TargetVersion
from benefits.planning import planned_text
from benefits.suppression import hidden_targets, is_baseline_of_few
from saman import formatting
from saman.fields import typed

QUIET = frozenset({"indicator", "theme_id", "measurement_responsible_id"})  # ids, worded by other fields


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a change changed, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One version, and what it changed from the one before; the first has no differences."""

    version: TargetVersion
    differences: list[Difference]
    is_first: bool


def hides_baseline(target: EffectTarget) -> bool:
    """Whether a target's baseline, now or before, is for its own people only: it is of few, or a figure after it is."""
    return bool(hidden_targets([target.pk])) or any(map(is_baseline_of_few, target.versions.all()))


def history_of(target: EffectTarget, *, without_baseline: bool = False) -> list[Entry]:
    """All versions, newest first; for someone who may not read the baseline without it and the sentence it is in."""
    versions = target.versions.select_related("recorded_by").prefetch_related("values", "planned")
    rows = list(versions.order_by("recorded_at", "pk"))
    for row in rows if without_baseline else ():
        row.baseline_value = row.baseline_low = row.baseline_high = None
        row.statement = ""
    said = [definition_of(row) for row in rows]
    entries = [
        Entry(row, differences(said[index - 1], said[index]) if index else [], index == 0)
        for index, row in enumerate(rows)
    ]
    return entries[::-1]


def differences(before: Definition, after: Definition) -> list[Difference]:
    """What differs between two definitions, field by field; of the planned dates those that came or went."""
    found = [
        Difference(_label(name), _worded(name, getattr(before, name)), _worded(name, getattr(after, name)))
        for name in COLUMNS
        if name not in QUIET and getattr(before, name) != getattr(after, name)
    ]
    if before.rationale != after.rationale:
        found.append(Difference(_label("rationale"), before.rationale or "–", after.rationale or "–"))
    if before.values != after.values:
        found.append(Difference(_("Mål og delmål"), _values(before), _values(after)))
    if before.planned != after.planned:
        found.append(Difference(_label("planned"), _only(before, after), _only(after, before)))
    return found


def _label(name: str) -> str:
    own = {
        "definition_version": _("Ny måte å regne på"),
        "withdrawn_on": _("Trukket"),
        "withdrawn_reason": _("Grunn til at målet er trukket"),
    }
    field = TargetSheetForm.base_fields.get(name)
    return own.get(name) or (str(field.label) if field else name)


def _worded(name: str, value: Any) -> str:
    """A value of a definition as people read it."""
    if value is None or value == "":
        return formatting.UNKNOWN
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    if name == "concept":
        return concept_name(str(value))
    if name == "counter":
        return f"E{value}"
    choices = getattr(TargetVersion._meta.get_field(name), "choices", None)
    if choices:
        return str(dict(choices).get(value, value))
    if hasattr(value, "isoformat"):
        return formatting.day(value)
    return value if isinstance(value, str) else formatting.number(value)


def _only(one: Definition, other: Definition) -> str:
    """The planned dates of one that the other does not have."""
    own = tuple(point for point in one.planned if point not in other.planned)
    return "; ".join(planned_text(own).splitlines()) or formatting.UNKNOWN


def _values(definition: Definition) -> str:
    lines = [f"{formatting.day(on)}: {typed(value)} {definition.unit}".strip() for on, value in definition.values]
    return "; ".join(lines) or formatting.UNKNOWN
