"""What people type about a benefit: what it is, who takes it out and when, what it rests on, what it is worth."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from benefits.actions.benefits import Profile, YearAmount
from benefits.models import BenefitVersion, InitiativeVersion, TargetVersion
from saman.fields import DayInput, DecimalInput, TextInput

Row = BenefitVersion
AMOUNTS = (
    ("gross", gettext_lazy("Brutto")),
    ("net", gettext_lazy("Netto")),
    ("low", gettext_lazy("Lavest")),
    ("high", gettext_lazy("Høyest")),
)
MOST = 10_000_000  # thousand kroner a year
YEARS_AHEAD = 5
COPIED = (
    "title", "form", "description", "kind", "arises", "is_dis_benefit", "owner_position", "owner_unit", "assumption",
    "assumption_handled", "importance", "importance_reason", "realised_from", "first_measured_after_end",
)  # fmt: skip


class BenefitForm(forms.Form):
    """Everything a benefit says. `version` is the one it was opened on, 0 for a new one."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    title = TextInput(
        label=gettext_lazy("Hva er gevinsten?"),
        help_text=gettext_lazy("Skriv hva som blir annerledes, for eksempel «Lavere vikarbruk i pleie og omsorg»."),
        limit=120,
    )
    target = forms.TypedChoiceField(
        label=gettext_lazy("Effektmålet som måler den"), coerce=int, empty_value=None, required=False
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Hvordan tas den ut?"), choices=Row.Form.choices, initial=Row.Form.UNPRICED
    )
    is_dis_benefit = forms.BooleanField(
        label=gettext_lazy("Dette er en ulempe"),
        help_text=gettext_lazy("Noe som blir dårligere, og som planen må ta høyde for."),
        required=False,
    )

    owner = forms.TypedChoiceField(
        label=gettext_lazy("Gevinstansvarlig, om personen har en rolle her"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    owner_position = TextInput(
        label=gettext_lazy("Gevinstansvarlig: stilling i linjen"),
        help_text=gettext_lazy("For eksempel «leder for hjemmetjenesten». Stillingen blir, også når folk slutter."),
        limit=120,
        required=False,
    )
    owner_unit = TextInput(label=gettext_lazy("Enhet"), limit=120, required=False)

    realised_from = DayInput(label=gettext_lazy("Tas ut fra"), required=False)
    first_measured_after_end = DayInput(
        label=gettext_lazy("Første måling etter at prosjektet er slutt"), required=False
    )
    initiatives = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Tiltakene som fører dit"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    description = TextInput(label=gettext_lazy("Beskrivelse"), limit=2000, rows=3, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Type gevinst"), choices=[("", "–"), *Row.Kind.choices], required=False)
    arises = forms.ChoiceField(
        label=gettext_lazy("Hvor oppstår den?"), choices=Row.Arises.choices, initial=Row.Arises.OWN
    )
    assumption = TextInput(label=gettext_lazy("Hva forutsetter den?"), limit=1000, rows=2, required=False)
    assumption_handled = TextInput(
        label=gettext_lazy("Hvordan sørger linjen for det?"), limit=1000, rows=2, required=False
    )
    importance = forms.ChoiceField(
        label=gettext_lazy("Hvor viktig er den?"),
        help_text=gettext_lazy("For gevinster uten kroner bak."),
        choices=[("", "–"), *Row.Importance.choices],
        required=False,
    )
    importance_reason = TextInput(label=gettext_lazy("Hvorfor?"), limit=1000, rows=2, required=False)
    reason = TextInput(
        label=gettext_lazy("Hvorfor endres den?"),
        limit=1000,
        rows=2,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        current: Profile | None,
        targets: Sequence[TargetVersion],
        people: Sequence[User],
        initiatives: Sequence[InitiativeVersion],
        first_year: int,
        is_simple: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.current, self.is_simple = current, is_simple
        self._offer("target", [(t.target_id, f"{t.target}: {t.title}") for t in targets])
        self._offer("owner", [(person.pk, person.name) for person in people])
        chosen = self.fields["initiatives"]
        assert isinstance(chosen, forms.TypedMultipleChoiceField)
        chosen.choices = [(one.initiative_id, f"{one.initiative}: {one.title}") for one in initiatives]
        self.has_initiatives = bool(initiatives)
        if not initiatives:
            del self.fields["initiatives"]
        if current is None:
            del self.fields["reason"]
        stored = {row.year: row for row in current.years} if current else {}
        self.years = sorted({*stored, *range(first_year, first_year + YEARS_AHEAD)})
        for year in self.years:
            for name, label in AMOUNTS:
                field = DecimalInput(
                    label=f"{label} {year}", min_value=-MOST, max_value=MOST, decimals=1, required=False
                )
                field.widget.attrs |= {"aria-label": f"{label} {year}", "size": 8}
                field.initial = getattr(stored.get(year), name, None)
                self.fields[f"{name}_{year}"] = field

    def sections(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """The fields under their headings, and whether the section is folded: not asked for, and without errors."""
        groups: list[tuple[Any, tuple[str, ...], bool]] = [
            (gettext_lazy("Gevinsten"), ("title", "target", "form", "is_dis_benefit"), False),
            (gettext_lazy("Hvem tar den ut"), ("owner_position", "owner_unit", "owner"), False),
            (gettext_lazy("Når og hvordan"), ("realised_from", "first_measured_after_end", "initiatives"), False),
            (
                gettext_lazy("Mer om gevinsten"),
                (
                    *("description", "kind", "arises", "assumption", "assumption_handled"),
                    *("importance", "importance_reason"),
                ),
                self.is_simple,
            ),
        ]
        return [
            (heading, [self[name] for name in names if name in self.fields], is_rare and not {*names} & {*self.errors})
            for heading, names, is_rare in groups
        ]

    def amounts(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of money, a row for each year."""
        return [(year, [self[f"{name}_{year}"] for name, _label in AMOUNTS]) for year in self.years]

    @property
    def are_amounts_folded(self) -> bool:
        """Whether nothing is said of money, so that it need not be looked at."""
        return not any(field.value() or field.errors for _year, row in self.amounts() for field in row)

    def rebase(self, version: int) -> None:
        """Let the form be saved on top of a version the person has now been shown."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(version)  # type: ignore[index]

    def clean(self) -> dict[str, Any]:
        """The least of a range is not above the greatest."""
        cleaned = super().clean() or {}
        for year in self.years:
            low, high = cleaned.get(f"low_{year}"), cleaned.get(f"high_{year}")
            if low is not None and high is not None and low > high:
                self.add_error(f"high_{year}", _("«Høyest» må være minst like mye som «Lavest»."))
        return cleaned

    def profile(self) -> Profile:
        """The valid form as what the action takes; what the form does not ask about stays."""
        data = self.cleaned_data
        base = self.current or Profile(title="", form=data["form"])
        return replace(
            base,
            **{name: data[name] for name in COPIED},
            owner_id=data["owner"],
            target_id=data["target"],
            initiatives=tuple(sorted(data.get("initiatives", base.initiatives))),
            years=tuple(amount for year in self.years if (amount := self._amount(year)) != YearAmount(year)),
        )

    def _amount(self, year: int) -> YearAmount:
        return YearAmount(year, **{name: self.cleaned_data[f"{name}_{year}"] for name, _label in AMOUNTS})

    def _offer(self, name: str, options: list[tuple[int, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *options]


def initial_of(profile: Profile, version: int) -> dict[str, Any]:
    """A stored benefit as the form shows it."""
    return {
        **{name: getattr(profile, name) for name in COPIED},
        "version": version,
        "owner": profile.owner_id,
        "target": profile.target_id,
        "initiatives": list(profile.initiatives),
    }


class WithdrawForm(forms.Form):
    """Why a benefit is taken out of the plan."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = TextInput(label=gettext_lazy("Hvorfor tas den ut av planen?"), limit=1000, rows=2)
