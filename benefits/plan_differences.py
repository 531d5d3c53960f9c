"""Two versions of a plan beside each other, and two texts of one benefit or initiative: what differs, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from benefits.forms.benefits import BenefitForm
from benefits.forms.initiatives import InitiativeForm
from benefits.forms.plans import WordsForm
from benefits.models import BenefitVersion, InitiativeVersion, PlanText
from benefits.target_history import Difference
from saman import formatting

Lines = dict[str, str]
WORDS = ("summary", "assumptions", "path", "kept_elsewhere")
UNITS = {"done_share": "%", "external_share": "%", "cost": "kr"}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one part of the plan: `kind` is new, gone or changed."""

    heading: str
    kind: str
    differences: list[Difference]


def benefit_lines(content: Mapping[str, Any]) -> Lines:
    """What a benefit says, each thing by its label, what is empty left out."""
    names = [name for name in BenefitForm.base_fields if name in content]
    lines = {_label(BenefitForm, name): _worded(BenefitVersion, name, content[name]) for name in names}
    lines[_label(BenefitForm, "target")] = f"E{content['target']}" if content["target"] else ""
    lines[_label(BenefitForm, "initiatives")] = ", ".join(f"T{number}" for number in content["initiatives"])
    lines[_("Gevinst i tusen kroner")] = "; ".join(_year(year) for year in content["years"])
    return _said(lines)


def initiative_lines(content: Mapping[str, Any]) -> Lines:
    """What an initiative says, each thing by its label, what is empty left out."""
    names = [name for name in InitiativeForm.base_fields if name in content]
    lines = {_label(InitiativeForm, name): _worded(InitiativeVersion, name, content[name]) for name in names}
    lines[_label(InitiativeForm, "targets")] = ", ".join(f"E{number}" for number in content["targets"])
    lines[_("Stoppet")] = _worded(InitiativeVersion, "stopped_on", content["stopped_on"])
    lines[_("Hvorfor det ble stoppet")] = content["stopped_reason"]
    return _said(lines)


def word_lines(content: Mapping[str, Any]) -> Lines:
    """The plan's own words, each by its label, what is empty left out."""
    return _said({_label(WordsForm, name): _worded(PlanText, name, content[name]) for name in WORDS})


def target_lines(content: Mapping[str, Any]) -> Lines:
    """What a target promised when the plan was sent."""
    unit = content["unit"]
    values = "; ".join(f"{formatting.day(_day(v['on']))}: {_number(v['value'], unit)}" for v in content["values"])
    return _said(
        {
            _("Nullpunkt"): _number(content["baseline_value"], unit),
            _("Nullpunktet ble målt"): formatting.day(_day(content["baseline_on"])) if content["baseline_on"] else "",
            _("Mål og delmål"): values,
            _("Måleansvarlig"): content["responsible"],
        }
    )


KEYS = {"benefits": "code", "initiatives": "number", "targets": "number"}
LINES: dict[str, Callable[[Mapping[str, Any]], Lines]] = {
    "benefits": benefit_lines,
    "initiatives": initiative_lines,
    "targets": target_lines,
}


def differences(before: Lines, after: Lines) -> list[Difference]:
    """What differs between two texts, label by label."""
    labels = dict.fromkeys((*before, *after))
    unknown = formatting.UNKNOWN
    return [
        Difference(label, before.get(label, unknown), after.get(label, unknown))
        for label in labels
        if before.get(label) != after.get(label)
    ]


def parts_of(content: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, Lines]]]]:
    """(heading, its parts with what each says) for everything in a plan but its own words."""
    return [
        (
            heading,
            [
                (_heading(name, one[KEYS[name]], one["title"]), _below(LINES[name](one), one["title"]))
                for one in content[name]
            ],
        )
        for name, heading in (("benefits", _("Gevinster")), ("initiatives", _("Tiltak")), ("targets", _("Måling")))
    ]


def _below(lines: Lines, heading: str) -> Lines:
    """The lines without the one that stands above them."""
    return {label: text for label, text in lines.items() if text != heading}


def compare(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
    """What has become of each part of a plan since the version before; parts that stand as they stood are left out."""
    changes = []
    own = differences(word_lines(before), word_lines(now))
    if own:
        changes.append(Change(_("Planen"), "changed", own))
    for name, key in KEYS.items():
        lines = LINES[name]
        old = {item[key]: item for item in before[name]}
        new = {item[key]: item for item in now[name]}
        for part in dict.fromkeys((*old, *new)):
            heading = _heading(name, (new.get(part) or old[part])[key], (new.get(part) or old[part])["title"])
            was, is_now = (lines(side[part]) if part in side else {} for side in (old, new))
            found = differences(was, is_now)
            if found:
                kind = "new" if part not in old else "gone" if part not in new else "changed"
                changes.append(Change(heading, kind, found))
    return changes


def _heading(name: str, key: Any, title: str) -> str:
    letter = {"initiatives": "T", "targets": "E"}.get(name, "")
    return f"{letter}{key} {title}"


def _label(form: Any, name: str) -> str:
    return str(form.base_fields[name].label)


def _worded(model: Any, name: str, value: Any) -> str:
    """A value of a content as people read it, "" when nothing is said."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("Ja") if value else ""
    if name in UNITS:
        return _number(value, UNITS[name])
    fields = {field.name: field for field in model._meta.get_fields() if hasattr(field, "choices")}
    choices = getattr(fields.get(name), "choices", None)
    if choices:
        return str(dict(choices).get(value, value))
    day = _day(value)
    return formatting.day(day) if day else str(value)


def _day(value: Any) -> date | None:
    """A date, also when it has been stored as text."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _number(value: Any, unit: str) -> str:
    return "" if value is None else formatting.with_unit(Decimal(str(value)), unit)


def _year(year: Mapping[str, Any]) -> str:
    names = {"gross": _("brutto"), "net": _("netto"), "low": _("lavest"), "high": _("høyest")}
    parts = [f"{word} {_number(year[name], '').strip()}" for name, word in names.items() if year[name] is not None]
    return f"{year['year']}: {', '.join(parts)}"


def _said(lines: Lines) -> Lines:
    return {label: text for label, text in lines.items() if text}
