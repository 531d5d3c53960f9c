"""What people type in the ledger of freed time: a post, what its time is used for, why it is taken out."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from benefits.actions.allocations import Use
from benefits.actions.freed_time import COLUMNS, Post
from benefits.models import Allocation, BenefitVersion, FreedTimeVersion, TargetVersion
from benefits.models.freed_time import HOURS_PER_FTE, Unit
from projects.models import Project
from saman.fields import DayInput, DecimalInput, TextInput

LARGEST = 9_999_999  # hours
MOST_POSTS = 100_000
FEWEST_HOURS, MOST_HOURS = 1000, 2500


class PostForm(forms.Form):
    """A post: what freed the time, how much, and from when. Amounts are per year."""

    title = TextInput(
        limit=120, label=_("Hva frigir tiden?"), help_text=_("For eksempel «Ny turnus i fem bofellesskap».")
    )
    source = forms.ChoiceField(
        label=_("Hvilken gevinst eller hvilket mål hører tiden til?"), required=False, choices=[]
    )
    municipality_id = forms.TypedChoiceField(label=_("Kommune"), coerce=int, choices=[])
    amount = DecimalInput(label=_("Hvor mye tid i året?"), min_value=0, max_value=LARGEST, decimals=2)
    unit = forms.ChoiceField(label=_("Regnet i"), choices=Unit.choices, initial=Unit.FTE, widget=forms.RadioSelect)
    hours_per_fte = DecimalInput(
        label=_("Timer i et årsverk hos dere"),
        help_text=_("Brukes bare når dere skriver timer. 1 750 er 37,5 timer i 47 uker, rundet ned."),
        min_value=FEWEST_HOURS,
        max_value=MOST_HOURS,
        decimals=1,
        initial=Decimal(HOURS_PER_FTE),
    )
    planned = DecimalInput(
        label=_("Hvor mye var planlagt, om det var noe annet?"),
        min_value=0,
        max_value=LARGEST,
        decimals=2,
        required=False,
    )
    posts = DecimalInput(
        label=_("Hvor mange stillinger er tiden fordelt på?"),
        help_text=_("Noen minutter på mange stillinger kan være en gevinst uten å kunne disponeres."),
        whole=True,
        min_value=1,
        max_value=MOST_POSTS,
        required=False,
    )
    starts_on = DayInput(label=_("Fri fra"))
    ends_on = DayInput(
        label=_("Fri til"), help_text=_("La feltet stå tomt når tiden er fri inntil videre."), required=False
    )
    note = TextInput(
        label=_("Hvordan vet dere det?"),
        limit=2000,
        rows=3,
        required=False,
        help_text=_("Tellingen eller regnestykket."),
    )

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"].choices = _sources(project)  # type: ignore[attr-defined]
        places = list(project.participations.select_related("municipality"))
        if len(places) > 1:
            named = [(row.municipality_id, row.municipality.name) for row in places]
            self.fields["municipality_id"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["municipality_id"]
        if len(self.fields["source"].choices) == 1:  # type: ignore[attr-defined]
            del self.fields["source"]

    def clean_amount(self) -> Decimal:
        """More than nothing."""
        amount: Decimal = self.cleaned_data["amount"]
        if not amount:
            raise ValidationError(
                _("Skriv hvor mye tid som er frigitt. Er det ingenting, trenger dere ingen post."), "zero"
            )
        return amount

    def clean(self) -> None:
        """Dates in order."""
        super().clean()
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", ValidationError(_("Siste dag kan ikke være før første dag."), "order"))

    def post(self) -> Post:
        """The valid form as what the actions take."""
        data = dict(self.cleaned_data)
        kind, _sep, key = str(data.get("source") or "").partition(":")
        data["benefit_id"], data["target_id"] = (int(key) if kind == name else None for name in ("benefit", "target"))
        data["posts"] = None if data["posts"] is None else int(data["posts"])
        return Post(**{name: data[name] for name in COLUMNS if name in data})


class PostChangeForm(PostForm):
    """A post, corrected."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = TextInput(label=_("Hvorfor rettes det?"), limit=1000, rows=2, required=False)


class PostWithdrawForm(forms.Form):
    """Why a post is taken out."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = TextInput(label=_("Hvorfor trekkes posten?"), limit=1000, rows=2)


class AttestForm(forms.Form):
    """The line says that the time is there."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class UseForm(forms.Form):
    """What a part of a post's time is used for."""

    use = forms.ChoiceField(
        label=_("Hva skal tiden brukes til?"),
        choices=[("", "–"), *Allocation.Use.choices],
        error_messages={"required": _("Velg hva tiden skal brukes til.")},
    )
    description = TextInput(
        label=_("Hvilken oppgave?"),
        help_text=_("Må fylles ut for en navngitt oppgave og for annet."),
        limit=200,
        required=False,
        is_asked_at_times=True,
    )
    amount = DecimalInput(label=_("Hvor mye tid i året?"), min_value=0, max_value=LARGEST, decimals=2)
    starts_on = DayInput(label=_("Fra"))
    ends_on = DayInput(label=_("Til"), help_text=_("La feltet stå tomt når det gjelder inntil videre."), required=False)
    decided_by = TextInput(
        label=_("Hvem bestemte det?"), help_text=_("Møtet eller rollen, for eksempel «Ledermøtet»."), limit=120
    )
    decided_on = DayInput(label=_("Bestemt"))
    reference = TextInput(
        label=_("Hvor står det?"),
        help_text=_("Budsjettposten, møtesaken eller planen. En budsjettreduksjon trenger budsjettposten."),
        limit=200,
        required=False,
    )

    def __init__(self, *args: Any, version: FreedTimeVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["amount"]
        assert isinstance(field, DecimalInput)
        field.unit = version.get_unit_display()

    def clean_amount(self) -> Decimal:
        """More than nothing."""
        amount: Decimal = self.cleaned_data["amount"]
        if not amount:
            raise ValidationError(_("Skriv hvor mye av tiden det gjelder."), "zero")
        return amount

    def clean(self) -> None:
        """Dates in order, and a task with a name."""
        super().clean()
        data = self.cleaned_data
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", ValidationError(_("Siste dag kan ikke være før første dag."), "order"))
        if data.get("use") in Allocation.NAMED and data.get("description") == "":
            self.add_error("description", ValidationError(_("Skriv hva tiden brukes til."), "required"))

    def chosen(self) -> Use:
        """The valid form as what the actions take."""
        return Use(**self.cleaned_data)


def initial_of(version: FreedTimeVersion) -> Mapping[str, Any]:
    """What a post says, as its form takes it."""
    source = f"benefit:{version.benefit_id}" if version.benefit_id else ""
    source = source or (f"target:{version.target_id}" if version.target_id else "")
    return {**{name: getattr(version, name) for name in COLUMNS}, "source": source}


def _sources(project: Project) -> list[tuple[str, Any]]:
    """The project's benefits and targets that are not withdrawn."""
    benefits = BenefitVersion.objects.live().filter(benefit__project=project, withdrawn_on=None)
    targets = TargetVersion.objects.live().filter(target__project=project, withdrawn_on=None)
    by_benefit = [
        (f"benefit:{row.benefit_id}", f"{row.benefit.code} {row.title}")
        for row in benefits.select_related("benefit").order_by("benefit__pk")
    ]
    by_target = [
        (f"target:{row.target_id}", f"{row.target.number} {row.title}")
        for row in targets.select_related("target").order_by("target__number")
    ]
    groups: list[tuple[Any, Any]] = [(_("Gevinster"), by_benefit), (_("Effektmål"), by_target)]
    return [("", "–"), *[group for group in groups if group[1]]]
