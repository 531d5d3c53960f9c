"""Registering, correcting and pasting measurements."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.actions.measurements import LARGEST, MOST_PEOPLE, Value, hard_limits
from benefits.forms.fields import PeriodInput
from benefits.models import TargetVersion
from benefits.pasting import Line, read_lines, refusal_of_period, refusal_of_value, without_figures
from benefits.plausibility import Reference
from benefits.shares import agree, value_of
from benefits.slips import doubt_about
from municipalities.models import Municipality
from saman import formatting
from saman.fields import DecimalInput, TextInput

KnownByPlace = Mapping[int | None, Sequence[Reference]]  # the figures of the whole project, and of each municipality
FOLDED = ("numerator", "denominator", "n", "reference", "note", "is_preliminary")
LONGEST_PASTE = 20_000  # characters; 200 lines with room to spare


class MeasurementForm(forms.Form):
    """One value on a date. A value that looks like a slip is only accepted once the person has said it is right."""

    measured_on = PeriodInput(label=gettext_lazy("Dato"), help_text="")
    value = DecimalInput(label=gettext_lazy("Verdi"), required=False, is_asked_at_times=True)
    source = TextInput(label=gettext_lazy("Kilde"), limit=120)
    n = DecimalInput(
        label=gettext_lazy("Hvor mange står bak tallet?"),
        help_text=gettext_lazy("Antall svar eller ansatte"),
        whole=True,
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
    )
    numerator = DecimalInput(label=gettext_lazy("Teller"), min_value=0, max_value=LARGEST, required=False)
    denominator = DecimalInput(
        label=gettext_lazy("Nevner"),
        help_text=gettext_lazy("Skriv teller og nevner, så regner Saman ut verdien. La da «Verdi» stå tom."),
        min_value=0,
        max_value=LARGEST,
        required=False,
    )
    municipality = forms.TypedChoiceField(label=gettext_lazy("Gjelder"), coerce=int, empty_value=None, required=False)
    reference = TextInput(
        label=gettext_lazy("Dokumentasjon"),
        help_text=gettext_lazy("Hvor tallet kan finnes igjen, for eksempel «sak 14/1234» eller navnet på en rapport."),
        limit=200,
        required=False,
    )
    note = TextInput(label=gettext_lazy("Merknad"), limit=2000, rows=2, required=False)
    is_preliminary = forms.BooleanField(label=gettext_lazy("Foreløpig tall"), required=False)
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput, max_length=80)

    def __init__(
        self,
        *args: Any,
        version: TargetVersion,
        known: KnownByPlace,
        today: date,
        municipalities: Sequence[Municipality] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.version, self.known, self.today = version, known, today
        offer_municipalities(self, municipalities)
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
        self._work_out(cleaned)
        value, on = cleaned.get("value"), cleaned.get("measured_on")
        if value is None or on is None or "value" in self.errors:
            return cleaned
        self.doubt = doubt_about(value, on, self.version, self.known.get(cleaned.get("municipality"), ()))
        self.confirmation = f"{on}:{value.normalize()}"  # says that exactly this value on this day is right
        if self.doubt and cleaned.get("confirmed") != self.confirmation:
            self.add_error("value", self.doubt)
        return cleaned

    @property
    def has_more(self) -> bool:
        """Whether something is written or wrong among the fields that are folded away."""
        return any(self[name].value() or self[name].errors for name in FOLDED)

    def _work_out(self, cleaned: dict[str, Any]) -> None:
        """The value from its parts; a value that is typed as well must agree with them."""
        value, numerator, denominator = (cleaned.get(name) for name in ("value", "numerator", "denominator"))
        if {"value", "numerator", "denominator"} & set(self.errors):
            return
        if (numerator is None) != (denominator is None):
            self.add_error(
                "denominator" if denominator is None else "numerator",
                _("Skriv både teller og nevner, eller ingen av dem."),
            )
        elif numerator is None or denominator is None:
            if value is None:
                self.add_error("value", _("Skriv et tall, for eksempel 12,5"))
        elif denominator <= 0:
            self.add_error("denominator", _("Nevneren må være over 0."))
        else:
            self._check_ratio(cleaned, value, numerator, denominator)

    def _check_ratio(
        self, cleaned: dict[str, Any], value: Decimal | None, numerator: Decimal, denominator: Decimal
    ) -> None:
        unit = self.version.unit
        worked_out = value_of(numerator, denominator, unit)
        if value is not None and not agree(value, numerator, denominator, unit):
            shown = {"value": formatting.with_unit(value, unit), "ratio": formatting.with_unit(worked_out, unit, 1)}
            self.add_error("value", _("Verdien er %(value)s, men teller og nevner gir %(ratio)s.") % shown)
        elif refusal := refusal_of_value(worked_out, self.version):
            self.add_error("numerator", refusal)
        else:
            cleaned["value"] = worked_out

    def measured(self) -> Value:
        """What to register."""
        data = self.cleaned_data
        return Value(
            measured_on=data["measured_on"],
            value=data["value"],
            source=data["source"],
            reference=data["reference"],
            note=data["note"],
            numerator=data["numerator"],
            denominator=data["denominator"],
            n=None if data["n"] is None else int(data["n"]),
            is_preliminary=data["is_preliminary"],
        )


class CorrectionForm(MeasurementForm):
    """A value again, and why it is changed. It stays with the municipality it was measured in."""

    municipality = None  # type: ignore[assignment]
    reason = TextInput(label=gettext_lazy("Hvorfor rettes tallet?"), limit=300)


class PasteForm(forms.Form):
    """Several values at once, one a line, as they stand in a spreadsheet."""

    text = TextInput(
        label=gettext_lazy("Lim inn tall"),
        help_text=gettext_lazy(
            "Én måling per linje: når, og så tallet. For eksempel «2013 10,8», «2014 K1 11,2» eller «2014 21/200»."
        ),
        limit=LONGEST_PASTE,
        rows=6,
    )
    municipality = forms.TypedChoiceField(label=gettext_lazy("Gjelder"), coerce=int, empty_value=None, required=False)
    confirmed = forms.BooleanField(required=False)
    field_order = ("municipality", "text", "confirmed")

    def __init__(
        self,
        *args: Any,
        version: TargetVersion,
        known: KnownByPlace,
        existing: Mapping[int | None, dict[date, Decimal]],
        today: date,
        municipalities: Sequence[Municipality] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.version, self.known, self.existing, self.today = version, known, existing, today
        self.lines: list[Line] = []
        self.passed_over: list[str] = []
        offer_municipalities(self, municipalities)

    def clean_text(self) -> str:
        """Read every line; what is wrong stands at its line."""
        text = str(self.cleaned_data["text"])
        place = self.cleaned_data.get("municipality")
        self.lines = read_lines(text, self.version, self.existing.get(place, {}), self.today)
        self.passed_over = without_figures(text)
        known = list(self.known.get(place, ()))
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
    def doubted(self) -> frozenset[date]:
        """The days of the lines that look like slips."""
        return frozenset(line.on for line in self.lines if line.doubt and line.on)

    def values(self) -> list[Value]:
        """What is new in the lines."""
        source = self.version.source
        return [
            Value(
                measured_on=line.on,
                value=line.value,
                source=source,
                n=line.n,
                numerator=line.numerator,
                denominator=line.denominator,
            )
            for line in self.lines
            if line.is_new and line.on and line.value is not None
        ]


def offer_municipalities(form: forms.Form, municipalities: Sequence[Municipality]) -> None:
    """Let a joint project's figure be one municipality's; elsewhere the field is taken out."""
    field = form.fields.get("municipality")
    if not municipalities:
        form.fields.pop("municipality", None)
    elif isinstance(field, forms.ChoiceField):
        places = [(municipality.pk, str(municipality)) for municipality in municipalities]
        field.choices = [("", _("Hele prosjektet")), *places]
