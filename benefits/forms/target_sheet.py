"""The full sheet of a target: everything it says, changed by making a new version of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from benefits.actions.measurements import possible_range
from benefits.actions.targets import Definition
from benefits.concepts import concept_choices
from benefits.forms.target_fields import TargetFields
from benefits.forms.targets import LONGEST_WAIT
from benefits.keeping import stored_value
from benefits.periods import Period, parse_period
from benefits.planning import Planned, parse_planned, planned_points, planned_text, years_after
from benefits.sentences import statement_of
from projects.models import Theme
from saman import formatting
from saman.fields import TextInput, typed
from saman.parsing import Refused

# What a target promises: changing any of it takes a reason, which stands in the history.
PROMISES = ("baseline_value", "baseline_on", "keep_min", "keep_max", "values")
PLANNING = ("frequency", "baseline_on", "baseline_due_on", "values")  # what the planned measurements follow from


class TargetSheetForm(TargetFields):
    """The full sheet: what its fields say together, and the definition they make."""

    def __init__(
        self,
        *args: Any,
        current: Definition,
        themes: list[Theme],
        people: list[User],
        others: list[tuple[int, str]],
        today: date,
        language: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.current, self.today, self.language = current, today, language
        _offer(self.fields["theme"], [(theme.pk, str(theme)) for theme in themes])
        _offer(self.fields["measurement_responsible"], [(person.pk, str(person)) for person in people])
        _offer(self.fields["counter"], others)
        _offer(self.fields["concept"], concept_choices(language))
        for name in (*_IN_UNIT, "mmc", "tolerance"):
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

    def clean_planned(self) -> Planned:
        """The dates to measure on. Raises ValidationError for the first line that cannot be read."""
        try:
            return parse_planned(self.cleaned_data["planned"], years_after(self.today, LONGEST_WAIT))
        except Refused as refused:
            raise forms.ValidationError(str(refused.message)) from refused

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
        self._check_baseline_range(cleaned)
        low, high = cleaned.get("plausible_min"), cleaned.get("plausible_max")
        if low is not None and high is not None and low >= high:
            self.add_error("plausible_max", _("«Til» må være høyere enn «fra»."))
        if value is not None and on is not None and any(day <= on.ends_on for day, _value in self._values(cleaned)):
            self.add_error("target_on", _("Målet og delmålene må være etter nullpunktet."))
        if by is not None and any(day >= by.ends_on for day, _value in cleaned["steps"]):
            self.add_error("steps", _("Delmålene må være før målet."))

    def _check_baseline_range(self, cleaned: dict[str, Any]) -> None:
        """The baseline lies within what it is said to lie within."""
        value, low, high = (cleaned.get(name) for name in ("baseline_value", "baseline_low", "baseline_high"))
        if low is not None and high is not None and low > high:
            self.add_error("baseline_high", _("«Høyst» må være mer enn «minst»."))
        elif value is not None and low is not None and value < low:
            self.add_error("baseline_low", _("Nullpunktet er lavere enn dette."))
        elif value is not None and high is not None and value > high:
            self.add_error("baseline_high", _("Nullpunktet er høyere enn dette."))

    def _check_limits(self, cleaned: dict[str, Any]) -> None:
        low, high = cleaned.get("keep_min"), cleaned.get("keep_max")
        if low is not None and high is not None and low >= high:
            self.add_error("keep_max", _("«Høyst» må være mer enn «minst»."))
        if _is_kept(cleaned) and cleaned.get("target_value") is not None:
            self.add_error("target_value", _("La «Mål» stå tomt når tallet skal holdes innenfor grenser."))

    def _check_range(self, cleaned: dict[str, Any]) -> None:
        low, high = possible_range(str(cleaned.get("kind") or ""), str(cleaned.get("unit") or ""))
        for name in _IN_UNIT:
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
        said = [name for name in PROMISES if getattr(self.current, name) not in (None, ())]  # said first is no change
        return new.definition_version != self.current.definition_version or any(
            getattr(new, name) != getattr(self.current, name) for name in said
        )

    def _new(self) -> Definition:
        """The definition the form makes of the current one, as it was typed."""
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
            baseline_low=data["baseline_low"] if has_baseline else None,
            baseline_high=data["baseline_high"] if has_baseline else None,
            values=self._values(data),
            planned=data["planned"],
        )

    def definition_changed(self) -> Definition:
        """What the target is to say; measurements are planned anew when what they follow from has changed,
        and the dates themselves have not."""
        new = self._new()
        if new.statement == self.current.statement == statement_of(self.current, self.language):
            new = replace(new, statement=statement_of(new, self.language))  # the sentence follows its numbers
        has_own_dates = new.planned != self.current.planned
        is_same_plan = all(getattr(new, name) == getattr(self.current, name) for name in PLANNING)
        if has_own_dates or is_same_plan or not new.frequency or not new.values:
            return new
        planned = planned_points(
            new.frequency,
            baseline_on=new.baseline_on,
            target_on=new.values[-1][0],
            today=self.today,
            baseline_due_on=new.baseline_due_on,
        )
        return replace(new, planned=planned)


_IN_UNIT = ("baseline_value", "baseline_low", "baseline_high", "target_value", "keep_min", "keep_max")
_COPIED = (
    *("need", "need_figure", "method", "disaggregation", "counter", "concept", "concept_reason", "rationale"),
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
        "line_owner",
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
        "baseline_low": definition.baseline_low,
        "baseline_high": definition.baseline_high,
        "baseline_is_retrospective": definition.baseline_is_retrospective,
        "target_value": last[1] if last and not definition.is_kept else None,
        "target_on": formatting.day_input(last[0]) if last else "",
        "steps": "\n".join(f"{formatting.day_input(on)} {typed(value)}" for on, value in definition.values[:-1]),
        "planned": planned_text(definition.planned),
    }


def _offer(field: forms.Field, options: Sequence[tuple[int | str, str]]) -> None:
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
