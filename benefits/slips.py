"""The question asked about a figure that looks like a slip of the hand."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from benefits.models import TargetVersion
from benefits.plausibility import Doubt, Reference, doubts, nearest
from saman import formatting


def doubt_about(value: Decimal, on: date, version: TargetVersion, known: Iterable[Reference]) -> str:
    """The question to ask about a value that looks like a slip; empty when it does not."""
    reference = nearest(on, known)
    found = doubts(value, reference, version.plausible_min, version.plausible_max)
    if not found:
        return ""
    shown = formatting.with_unit(value, version.unit)
    if reference and found[0] in (Doubt.MUCH_MORE, Doubt.MUCH_LESS):
        words = {
            "value": shown,
            "other": formatting.with_unit(reference.value, version.unit),
            "on": formatting.day(reference.on),
        }
        if found[0] is Doubt.MUCH_MORE:
            return _("Er dette riktig? %(value)s er mye mer enn %(other)s, som var tallet %(on)s.") % words
        return _("Er dette riktig? %(value)s er mye mindre enn %(other)s, som var tallet %(on)s.") % words
    limits = {"value": shown, "low": formatting.number(version.plausible_min)}
    limits["high"] = formatting.with_unit(version.plausible_max, version.unit)
    return _("Er dette riktig? %(value)s er utenfor det som er vanlig for indikatoren: %(low)s til %(high)s.") % limits
