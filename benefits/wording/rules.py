"""Words for the rules: their titles, what they rest on, what is missing, and what would close a finding."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from benefits.wording.values import ANSWER_LATER, Text, shown

# The sentence of the deck first, since people know it; then a softer heading, then the word of a matrix column.
TITLES: dict[str, Text] = {
    "F3": _("Manglende måltall – hva og hvor mye skal endres/måles"),
    "F5": _("Hvor ble det av prosjektledelsen – de som kunne alt?"),
    "R0": _("Kan vi unngå å rykke tilbake til 0?"),
}
HEADINGS: dict[str, Text] = {
    "F3": _("Måltall mangler"),
    "F5": _("Ingen har overtatt"),
    "R0": _("Gevinsten er i ferd med å forsvinne"),
}
SHORT: dict[str, Text] = {
    "F3": pgettext_lazy("pitfall", "Måltall"),
    "F5": pgettext_lazy("pitfall", "Prosjektledelse"),
    "R0": pgettext_lazy("pitfall", "Tilbakefall"),
}
KINDS: dict[str, Text] = {
    "F3": _("Fallgruve 3"),
    "F5": _("Fallgruve 5"),
    "R0": pgettext_lazy("pitfall", "Tilbakefall"),
}

EVIDENCE: dict[str, Text] = {}
MISSING: dict[str, Text] = {}
CLOSES_WHEN: dict[str, Text] = {}
THRESHOLDS: dict[str, Text] = {}


def rule_title(code: str) -> str:
    """The rule in the deck's own words."""
    return str(TITLES.get(code, code))


def rule_heading(code: str) -> str:
    """The rule in softer words, to stand beside the deck's."""
    return str(HEADINGS.get(code, code))


def rule_short(code: str) -> str:
    """The rule in a word: the heading of a column."""
    return str(SHORT.get(code, code))


def rule_kind(code: str) -> str:
    """Which pitfall of the deck the rule is about: «Fallgruve 3»."""
    return str(KINDS.get(code, code))


def evidence_label(code: str) -> str:
    """What a piece of evidence is."""
    return str(EVIDENCE.get(code, code))


def evidence_value(item: Mapping[str, Any]) -> str:
    """A piece of evidence as people read it: number with unit, or date."""
    return shown(item.get("value"), str(item.get("unit") or ""))


def threshold_lines(threshold: Mapping[str, Any]) -> list[str]:
    """What the rule compared with, a sentence for each limit it is known by."""
    lines = []
    for code, value in threshold.items():
        if code in THRESHOLDS and value is not None:
            lines.append(str(THRESHOLDS[code] % {"value": shown(value)}))
    return lines


def missing_text(code: str) -> str:
    """An input whose absence makes a rule unable to answer."""
    return str(MISSING.get(code, code))


def closes_when_text(code: str) -> str:
    """What new facts would close a finding."""
    return str(CLOSES_WHEN.get(code, ANSWER_LATER)) if code else ""
