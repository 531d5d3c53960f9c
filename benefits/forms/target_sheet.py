"""The full sheet of a target: everything it says, changed by making a new version of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from benefits.actions.measurements import LARGEST, MOST_PEOPLE, possible_range
from benefits.actions.targets import Definition
from benefits.forms.fields import PeriodInput
from benefits.forms.targets import LONGEST_WAIT
from benefits.keeping import stored_value
from benefits.models import TargetVersion
from benefits.periods import Period, parse_period
from benefits.planning import planned_points, years_after
from benefits.sentences import statement_of
from projects.models import Theme
from saman import formatting
from saman.fields import DayInput, DecimalInput, TextInput, typed
from saman.parsing import Refused

Row = TargetVersion
# What a target promises: changing any of it takes a reason, which stands in the history.
PROMISES = ("baseline_value", "baseline_on", "keep_min", "keep_max", "values")
PLANNING = ("frequency", "baseline_on", "baseline_due_on", "values")  # what the planned measurements follow from


def _choices(kinds: Any) -> list[tuple[str, Any]]:
    return [("", "–"), *kinds]


def _number(label: Any, **options: Any) -> DecimalInput:
    given: dict[str, Any] = {"required": False, "max_value": LARGEST, "min_value": -LARGEST} | options
    return DecimalInput(label=label, **given)


class TargetSheetForm(forms.Form):
    """Everything a target says. `version` is the one it was opened on."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    title = TextInput(label=gettext_lazy("Navn på målet"), limit=120)
    statement = TextInput(label=gettext_lazy("Målet i én setning"), limit=1000, rows=2, required=False)
    theme = forms.TypedChoiceField(label=gettext_lazy("Tema"), coerce=int, empty_value=None, required=False)
    level = forms.ChoiceField(label=gettext_lazy("Hva slags mål er det?"), choices=Row.Level.choices)
    scope = TextInput(label=gettext_lazy("Gjelder"), limit=120, required=False)

    definition = TextInput(label=gettext_lazy("Definisjon av indikatoren"), limit=1000, rows=2, required=False)
    is_redefined = forms.BooleanField(
        label=gettext_lazy("Tallet regnes ut på en ny måte fra nå av"),
        help_text=gettext_lazy("Målinger før og etter blir da ikke sammenlignet."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Hva slags tall er det?"), choices=_choices(Row.Kind.choices), required=False
    )
    unit = TextInput(label=gettext_lazy("Enhet"), limit=40, required=False)
    direction = forms.TypedChoiceField(
        label=gettext_lazy("Hva er best?"),
        choices=_choices(Row.Direction.choices),
        coerce=int,
        empty_value=None,
        required=False,
    )
    source = TextInput(label=gettext_lazy("Kilde"), limit=120, required=False)
    frequency = forms.ChoiceField(
        label=gettext_lazy("Hvor ofte måles det?"), choices=_choices(Row.Frequency.choices), required=False
    )
    population = _number(gettext_lazy("Hvor mange gjelder det?"), whole=True, min_value=1, max_value=MOST_PEOPLE)
    is_measurable = forms.BooleanField(label=gettext_lazy("Målet kan måles med tall"), required=False)

    baseline_value = _number(gettext_lazy("Nullpunkt"))
    baseline_on = PeriodInput(label=gettext_lazy("Nullpunktet ble målt"), required=False)
    baseline_points = _number(
        gettext_lazy("Antall målinger nullpunktet er snitt av"), whole=True, min_value=1, max_value=60
    )
    baseline_n = _number(gettext_lazy("Antall bak nullpunktet"), whole=True, min_value=1, max_value=MOST_PEOPLE)
    baseline_is_retrospective = forms.BooleanField(
        label=gettext_lazy("Nullpunktet er funnet i ettertid, fra et register"), required=False
    )
    baseline_method = TextInput(label=gettext_lazy("Slik ble nullpunktet målt"), limit=200, required=False)
    baseline_due_on = DayInput(label=gettext_lazy("Nullpunktet skal være målt innen"), required=False)

    target_value = _number(pgettext_lazy("effektmål", "Mål"))
    target_on = PeriodInput(label=gettext_lazy("Målet skal være nådd"), required=False)
    steps = TextInput(
        label=gettext_lazy("Delmål på veien"),
        help_text=gettext_lazy("Ett per linje: når, så verdien. For eksempel «2014 9,8»."),
        limit=2000,
        rows=3,
        required=False,
    )
    keep_min = _number(gettext_lazy("Skal holdes på minst"))
    keep_max = _number(
        gettext_lazy("Skal holdes på høyst"),
        help_text=gettext_lazy("Fyll ut bare når tallet skal holde seg innenfor grenser. La da «Mål» stå tomt."),
    )
    trajectory = forms.ChoiceField(label=gettext_lazy("Veien dit"), choices=Row.Trajectory.choices)
    effect_starts_on = DayInput(label=gettext_lazy("Tiltakene begynner å virke"), required=False)
    mmc = _number(gettext_lazy("Minste endring som betyr noe"), min_value=0)
    tolerance = _number(gettext_lazy("Avstand fra planen som godtas"), min_value=0)
    plausible_min = _number(gettext_lazy("Vanlig for indikatoren: fra"))
    plausible_max = _number(gettext_lazy("Vanlig for indikatoren: til"))
    declared_sd = _number(gettext_lazy("Spredning (standardavvik)"), min_value=0)

    measurement_responsible = forms.TypedChoiceField(
        label=gettext_lazy("Måleansvarlig"), coerce=int, empty_value=None, required=False
    )
    measures_after_end = TextInput(
        label=gettext_lazy("Hvem måler etter at prosjektet er slutt?"), limit=120, required=False
    )
    reason = TextInput(
        label=gettext_lazy("Hvorfor endres målet?"),
        help_text=gettext_lazy("Må fylles ut når nullpunktet eller målet endres. Det gamle målet står i historikken."),
        limit=1000,
        rows=2,
        required=False,
        is_asked_at_times=True,
    )

    groups = (
        (
            gettext_lazy("Målet"),
            (
                *("title", "statement", "theme", "level", "scope", "target_value", "target_on", "keep_min", "keep_max"),
                *("steps", "trajectory"),
            ),
            False,
        ),
        (
            gettext_lazy("Nullpunktet"),
            (
                "baseline_value",
                "baseline_on",
                "baseline_points",
                "baseline_n",
                "baseline_is_retrospective",
                "baseline_method",
                "baseline_due_on",
            ),
            False,
        ),
        (
            gettext_lazy("Indikatoren"),
            (
                "definition",
                "is_redefined",
                "kind",
                "unit",
                "direction",
                "source",
                "frequency",
                "population",
                "is_measurable",
            ),
            True,
        ),
        (
            gettext_lazy("Hva som regnes som en endring"),
            ("mmc", "tolerance", "plausible_min", "plausible_max", "declared_sd"),
            True,
        ),
        (gettext_lazy("Hvem og når"), ("effect_starts_on", "measurement_responsible", "measures_after_end"), False),
        (gettext_lazy("Endringen"), ("reason",), False),
    )

    def __init__(
        self,
        *args: Any,
        current: Definition,
        themes: list[Theme],
        people: list[User],
        today: date,
        language: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.current, self.today, self.language = current, today, language
        _offer(self.fields["theme"], [(theme.pk, str(theme)) for theme in themes])
        _offer(self.fields["measurement_responsible"], [(person.pk, str(person)) for person in people])
        for name in ("baseline_value", "target_value", "mmc", "tolerance", "keep_min", "keep_max"):
            self.fields[name].unit = current.unit  # type: ignore[attr-defined]

    def rebase(self, version: int) -> None:
        """Let the form be saved on top of a version the person has now been shown."""
        self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """The fields under their headings, and whether the section is folded: rarely changed, and without errors."""
        return [
            (heading, [self[name] for name in names], is_rare and not set(names) & set(self.errors))
            for heading, names, is_rare in self.groups
        ]

    def clean_steps(self) -> tuple[tuple[date, Decimal], ...]:
        """The steps on the way. Raises ValidationError for the first line that cannot be read."""
        lines = [line for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        found: dict[date, Decimal] = {}
        for line in lines:
            when, _gap, amount = line.strip().rpartition(" ")
            try:
                value = self.fields["target_value"].clean(amount)
                found[parse_period(when).ends_on] = value
            except (Refused, forms.ValidationError) as refused:
                raise forms.ValidationError(f"«{line}»: {_said(refused)}") from refused
        return tuple(sorted(found.items()))

    def clean(self) -> dict[str, Any]:
        """Check dates and values against each other, and ask why a promise is changed."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        self._check_pairs(cleaned)
        self._check_range(cleaned)
        if not self.errors and self._changed_promises() and not cleaned["reason"]:
            self.add_error("reason", _("Skriv hvorfor nullpunktet eller målet endres."))
        return cleaned

    def _check_pairs(self, cleaned: dict[str, Any]) -> None:
        value, on = cleaned.get("baseline_value"), cleaned.get("baseline_on")
        if value is not None and on is None:
            self.add_error("baseline_on", _("Skriv når nullpunktet ble målt, for eksempel 2013."))
        if on is not None and on.ends_on > self.today:
            self.add_error("baseline_on", _("Perioden er ikke over ennå. Skriv en som er det, eller en dato."))
        goal, by = cleaned.get("target_value"), cleaned.get("target_on")
        self._check_limits(cleaned)
        is_kept = _is_kept(cleaned)
        if is_kept and by is None:
            self.add_error("target_on", _("Skriv hvor lenge det skal holdes."))
        if not is_kept and (goal is None) != (by is None):
            self.add_error("target_on" if by is None else "target_value", _("Skriv både hvor mye og når."))
        if by is not None and by.ends_on > years_after(self.today, LONGEST_WAIT):
            self.add_error("target_on", _("Målet er mer enn femten år fram. Sjekk året."))
        low, high = cleaned.get("plausible_min"), cleaned.get("plausible_max")
        if low is not None and high is not None and low >= high:
            self.add_error("plausible_max", _("«Til» må være høyere enn «fra»."))
        if value is not None and on is not None and any(day <= on.ends_on for day, _value in self._values(cleaned)):
            self.add_error("target_on", _("Målet og delmålene må være etter nullpunktet."))
        if by is not None and any(day >= by.ends_on for day, _value in cleaned["steps"]):
            self.add_error("steps", _("Delmålene må være før målet."))

    def _check_limits(self, cleaned: dict[str, Any]) -> None:
        low, high = cleaned.get("keep_min"), cleaned.get("keep_max")
        if low is not None and high is not None and low >= high:
            self.add_error("keep_max", _("«Høyst» må være mer enn «minst»."))
        if _is_kept(cleaned) and cleaned.get("target_value") is not None:
            self.add_error("target_value", _("La «Mål» stå tomt når tallet skal holdes innenfor grenser."))

    def _check_range(self, cleaned: dict[str, Any]) -> None:
        low, high = possible_range(str(cleaned.get("kind") or ""))
        for name in ("baseline_value", "target_value", "keep_min", "keep_max"):
            value = cleaned.get(name)
            if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
                self.add_error(
                    name, _("Tallet må være mellom 0 og 100.") if high else _("Tallet kan ikke være under 0.")
                )

    @staticmethod
    def _values(cleaned: dict[str, Any]) -> tuple[tuple[date, Decimal], ...]:
        by: Period | None = cleaned.get("target_on")
        kept = stored_value(cleaned.get("keep_min"), cleaned.get("keep_max"))
        if by is not None and kept is not None:
            return ((by.ends_on, kept),)
        if by is None or cleaned.get("target_value") is None:
            return tuple(cleaned["steps"])
        return (*cleaned["steps"], (by.ends_on, cleaned.get("target_value")))

    def _changed_promises(self) -> bool:
        new = self._new()
        return new.definition_version != self.current.definition_version or any(
            getattr(new, name) != getattr(self.current, name) for name in PROMISES
        )

    def _new(self) -> Definition:
        """The definition the form makes of the current one, with the planned points as they were."""
        data = self.cleaned_data
        same = {name: data[name] for name in _COPIED}
        on: Period | None = data["baseline_on"]
        has_baseline = data["baseline_value"] is not None
        return replace(
            self.current,
            **same,
            theme_id=data["theme"],
            measurement_responsible_id=data["measurement_responsible"],
            population=_whole(data["population"]),
            definition_version=self.current.definition_version + bool(data["is_redefined"]),
            baseline_on=on.ends_on if on and has_baseline else None,
            baseline_n=_whole(data["baseline_n"]) if has_baseline else None,
            baseline_points=_whole(data["baseline_points"]) or 1 if has_baseline else 1,
            baseline_is_retrospective=has_baseline and data["baseline_is_retrospective"],
            values=self._values(data),
        )

    def definition_changed(self) -> Definition:
        """What the target is to say; measurements are planned anew when what they follow from has changed."""
        new = self._new()
        if new.statement == self.current.statement == statement_of(self.current, self.language):
            new = replace(new, statement=statement_of(new, self.language))  # the sentence follows its numbers
        is_same_plan = all(getattr(new, name) == getattr(self.current, name) for name in PLANNING)
        if is_same_plan or not new.frequency or not new.values:
            return new
        planned = planned_points(
            new.frequency,
            baseline_on=new.baseline_on,
            target_on=new.values[-1][0],
            today=self.today,
            baseline_due_on=new.baseline_due_on,
        )
        return replace(new, planned=planned)


_COPIED = (
    *("title", "statement", "level", "scope", "definition", "kind", "unit", "direction", "source", "frequency"),
    *("is_measurable", "baseline_value", "baseline_method", "baseline_due_on", "trajectory", "effect_starts_on"),
    *(
        "mmc",
        "tolerance",
        "keep_min",
        "keep_max",
        "plausible_min",
        "plausible_max",
        "declared_sd",
        "measures_after_end",
    ),
)


def _is_kept(cleaned: dict[str, Any]) -> bool:
    """Whether a limit to stay within is given."""
    return cleaned.get("keep_min") is not None or cleaned.get("keep_max") is not None


def initial_of(definition: Definition, version: int) -> dict[str, Any]:
    """What the sheet is opened with."""
    initial: dict[str, Any] = {name: getattr(definition, name) for name in _COPIED}
    last = definition.values[-1] if definition.values else None
    return initial | {
        "version": version,
        "theme": definition.theme_id,
        "population": definition.population,
        "measurement_responsible": definition.measurement_responsible_id,
        "baseline_on": formatting.day_input(definition.baseline_on),
        "baseline_n": definition.baseline_n,
        "baseline_points": definition.baseline_points,
        "baseline_is_retrospective": definition.baseline_is_retrospective,
        "target_value": last[1] if last and not definition.is_kept else None,
        "target_on": formatting.day_input(last[0]) if last else "",
        "steps": "\n".join(f"{formatting.day_input(on)} {typed(value)}" for on, value in definition.values[:-1]),
    }


def _offer(field: forms.Field, options: list[tuple[int, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "–"), *options]


def _said(refused: Refused | forms.ValidationError) -> str:
    return str(refused.message) if isinstance(refused, Refused) else " ".join(refused.messages)


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


class WithdrawForm(forms.Form):
    """Why a target is no longer pursued."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = TextInput(label=gettext_lazy("Hvorfor trekkes målet?"), limit=1000, rows=2)
