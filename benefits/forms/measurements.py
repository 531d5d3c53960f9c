"""Registering, correcting and pasting measurements."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.actions.measurements import LARGEST, MOST_PEOPLE, Value, hard_limits
from benefits.forms.fields import PeriodInput
from benefits.models import TargetVersion
from benefits.pasting import Line, read_lines, refusal_of_period
from benefits.plausibility import Doubt, Reference, doubts, nearest
from saman import formatting
from saman.fields import DecimalInput, TextInput

LONGEST_PASTE = 20_000  # characters; 200 lines with room to spare


class MeasurementForm(forms.Form):
    """One value on a date. A value that looks like a slip is only accepted once the person has said it is right."""

    measured_on = PeriodInput(label=gettext_lazy("Dato"), help_text="")
    value = DecimalInput(label=gettext_lazy("Verdi"))
    source = TextInput(label=gettext_lazy("Kilde"), limit=120)
    n = DecimalInput(
        label=gettext_lazy("Hvor mange står bak tallet?"),
        help_text=gettext_lazy("Antall svar eller ansatte"),
        whole=True,
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
    )
    note = TextInput(label=gettext_lazy("Merknad"), limit=2000, rows=2, required=False)
    is_preliminary = forms.BooleanField(label=gettext_lazy("Foreløpig tall"), required=False)
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput, max_length=80)

    def __init__(
        self, *args: Any, version: TargetVersion, known: Iterable[Reference], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.version, self.known, self.today = version, list(known), today
        self.doubt = self.confirmation = ""
        field = self.fields["value"]
        assert isinstance(field, DecimalInput)
        low, high = hard_limits(version)
        field.unit, field.min_value, field.max_value = version.unit, -LARGEST if low is None else low, high or LARGEST
        field.widget.attrs.update(size=7, inputmode="text" if low is None else "decimal")
        self.fields["source"].widget.attrs["size"] = 22

    def clean_measured_on(self) -> date:
        """The day the value holds for. Raises ValidationError when it has not come, or the period is too long."""
        period = self.cleaned_data["measured_on"]
        if refusal := refusal_of_period(period, self.version, self.today):
            raise forms.ValidationError(refusal)
        return period.ends_on

    def clean(self) -> dict[str, Any]:
        """Ask about a value that looks like a slip."""
        cleaned = super().clean() or {}
        value, on = cleaned.get("value"), cleaned.get("measured_on")
        if value is None or on is None:
            return cleaned
        self.doubt = doubt_about(value, on, self.version, self.known)
        self.confirmation = f"{on}:{value.normalize()}"  # says that exactly this value on this day is right
        if self.doubt and cleaned.get("confirmed") != self.confirmation:
            self.add_error("value", self.doubt)
        return cleaned

    def measured(self) -> Value:
        """What to register."""
        data = self.cleaned_data
        return Value(
            measured_on=data["measured_on"],
            value=data["value"],
            source=data["source"],
            note=data["note"],
            n=None if data["n"] is None else int(data["n"]),
            is_preliminary=data["is_preliminary"],
        )


class CorrectionForm(MeasurementForm):
    """A value again, and why it is changed."""

    reason = TextInput(label=gettext_lazy("Hvorfor rettes tallet?"), limit=300)


class PasteForm(forms.Form):
    """Several values at once, one a line, as they stand in a spreadsheet."""

    text = TextInput(
        label=gettext_lazy("Lim inn tall"),
        help_text=gettext_lazy(
            "Én måling per linje: når, og så tallet. For eksempel «2013 10,8» eller «2014 K1 11,2»."
        ),
        limit=LONGEST_PASTE,
        rows=6,
    )
    confirmed = forms.BooleanField(required=False)

    def __init__(
        self,
        *args: Any,
        version: TargetVersion,
        known: Iterable[Reference],
        existing: dict[date, Decimal],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.version, self.known, self.existing, self.today = version, list(known), existing, today
        self.lines: list[Line] = []

    def clean_text(self) -> str:
        """Read every line; what is wrong stands at its line."""
        text = str(self.cleaned_data["text"])
        self.lines = read_lines(text, self.version, self.existing, self.today)
        known = list(self.known)
        for line in self.lines:
            if line.is_new and line.on and line.value is not None:
                line.doubt = doubt_about(line.value, line.on, self.version, known)
                known.append(Reference(line.on, line.value))
        if not self.lines:
            raise forms.ValidationError(_("Fant ingen tall. Skriv når og hvor mye på hver linje: 2013 10,8"))
        return text

    @property
    def wrong(self) -> list[Line]:
        """Lines that cannot be stored."""
        return [line for line in self.lines if line.error]

    @property
    def has_doubts(self) -> bool:
        """Whether some lines look like slips."""
        return any(line.doubt for line in self.lines)

    def values(self) -> list[Value]:
        """What is new in the lines."""
        source = self.version.source
        return [
            Value(measured_on=line.on, value=line.value, source=source)
            for line in self.lines
            if line.is_new and line.on and line.value is not None
        ]


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
