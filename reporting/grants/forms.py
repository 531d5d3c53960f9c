"""What people type in the grant record. Amounts are whole kroner."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reporting.grants.kinds import Kind
from reporting.grants.models import LARGEST, Entry
from saman.fields import CHOOSE, DayInput, DecimalInput, TextInput

AMOUNT_ERRORS = {"required": _("Skriv beløpet i hele kroner, for eksempel 250 000")}


class KronerInput(DecimalInput):
    """An amount in whole kroner; «kr» may be typed after it."""

    def __init__(self, *, least: int = 1, **options: Any) -> None:
        options.setdefault("error_messages", AMOUNT_ERRORS)
        super().__init__(unit="kr", whole=True, min_value=least, max_value=LARGEST, **options)

    def clean(self, value: Any) -> Any:
        """A whole number."""
        number = super().clean(value)
        return None if number is None else int(number)


class EntryForm(forms.Form):
    """A row of the record. `columns` of its kind are its fields; `reason` is asked when a row is corrected."""

    latest_today: tuple[str, ...] = ()

    def __init__(self, *args: Any, today: date, corrects: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.latest_today:
            field = self.fields[name]
            assert isinstance(field, DayInput)
            field.latest = today
        if corrects:
            self.fields["reason"] = TextInput(label=_("Hvorfor rettes det?"), limit=500, required=False)

    def values(self, kind: Kind) -> dict[str, Any]:
        """The valid form as what the actions take."""
        return {name: self.cleaned_data[name] for name in kind.columns}


class PromiseForm(EntryForm):
    """What is promised."""

    latest_today = ("promised_on",)
    amount = KronerInput(label=_("Beløp som er lovet"))
    promised_on = DayInput(label=_("Dato på tilskuddsbrevet"))
    reference = TextInput(
        label=_("Hvor står det?"), help_text=_("Saksnummeret eller brevet, for eksempel «13/412-3»."), limit=200
    )


class ConditionForm(EntryForm):
    """What must be done."""

    text = TextInput(label=_("Hva må være gjort?"), limit=500, rows=3)
    due_on = DayInput(label=_("Frist"))


class PaymentForm(EntryForm):
    """What is paid."""

    latest_today = ("paid_on",)
    amount = KronerInput(label=_("Beløp som er utbetalt"))
    paid_on = DayInput(label=_("Utbetalt"))
    reference = TextInput(label=_("Bilag eller saksnummer"), limit=200)


class FundingForm(EntryForm):
    """Money from elsewhere."""

    source = TextInput(
        label=_("Hvor kommer pengene fra?"), help_text=_("For eksempel «Egne midler» eller «Fylkesmannen»."), limit=120
    )
    amount = KronerInput(label=_("Beløp"))
    reference = TextInput(label=_("Hvor står det?"), limit=200, required=False)


class AccountForm(EntryForm):
    """What was spent in a year."""

    year = forms.TypedChoiceField(
        label=_("År"),
        help_text=_("Regnskapet føres når året er slutt."),
        coerce=int,
        choices=[],
        error_messages={**CHOOSE, "invalid_choice": _("Året er ikke slutt ennå, eller det er før prosjektet startet.")},
    )
    spent = KronerInput(least=0, label=_("Brukt i året"), help_text=_("Skriv 0 hvis ingenting er brukt."))
    reference = TextInput(
        label=_("Hvor kan regnskapet ses?"), help_text=_("Regnskapsrapporten eller saksnummeret."), limit=200
    )

    def __init__(self, *args: Any, today: date, first: int, **options: Any) -> None:
        super().__init__(*args, today=today, **options)
        ended = {*range(first, today.year), *filter(None, [self.initial.get("year")])}
        years = [(str(year), str(year)) for year in sorted(ended, reverse=True)]
        self.fields["year"].choices = [("", "–"), *years]  # type: ignore[attr-defined]
        if "is_sure" in self.data:
            self.ask_if_sure()

    def ask_if_sure(self) -> None:
        """Ask whether more was spent than is known of."""
        self.fields["is_sure"] = forms.BooleanField(label=_("Beløpet er riktig"), required=False)

    def values(self, kind: Kind) -> dict[str, Any]:
        """As for every row, and whether the amount is said to be right."""
        return {**super().values(kind), "is_sure": self.cleaned_data.get("is_sure", False)}


class WithdrawForm(forms.Form):
    """Why a row is taken out."""

    reason = TextInput(label=_("Hvorfor trekkes raden?"), limit=500, rows=2)


class JudgeForm(forms.Form):
    """Whether a condition is met, and where that can be seen. `seen` is the newest check the page showed (0: none)."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    is_met = forms.ChoiceField(
        label=_("Er vilkåret oppfylt?"),
        choices=[("yes", _("Ja, det er oppfylt")), ("no", _("Nei, det er ikke oppfylt"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    judged_on = DayInput(label=_("Vurdert"))
    evidence = TextInput(
        label=_("Hvor kan det ses?"),
        help_text=_("En lenke, et saksnummer eller en side i rapporten. Må fylles ut når vilkåret er oppfylt."),
        limit=300,
        required=False,
        is_asked_at_times=True,
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["judged_on"]
        assert isinstance(field, DayInput)
        field.latest = today

    def clean_seen(self) -> int:
        """None said is none seen."""
        return self.cleaned_data["seen"] or 0

    def clean(self) -> None:
        """Whoever says yes says where it can be seen."""
        super().clean()
        if self.cleaned_data.get("is_met") == "yes" and self.cleaned_data.get("evidence") == "":
            self.add_error("evidence", ValidationError(_("Skriv hvor det kan ses at vilkåret er oppfylt."), "required"))


FORMS: Mapping[str, type[EntryForm]] = {
    "promise": PromiseForm,
    "condition": ConditionForm,
    "payment": PaymentForm,
    "funding": FundingForm,
    "account": AccountForm,
}


def form_of(kind: Kind, *args: Any, today: date, first: int, **options: Any) -> EntryForm:
    """The form of a kind of row; `first` is the first year the project can have accounts of."""
    more: dict[str, Any] = {"first": first} if kind.key == "account" else {}
    return FORMS[kind.key](*args, today=today, **more, **options)


def initial_of(kind: Kind, entry: Entry) -> dict[str, Any]:
    """What a row says, as its form takes it."""
    return {name: getattr(entry, name) for name in kind.columns}
