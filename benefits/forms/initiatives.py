"""What people type about an initiative: the plan, how far it has come, and where it will live; and a review of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.actions.initiatives import InitiativePlan
from benefits.models import InitiativeReview, InitiativeVersion, TargetVersion
from saman.fields import CHOOSE, DayInput, DecimalInput, TextInput

Row = InitiativeVersion
MOST_KRONER = 1_000_000_000
COPIED = (
    "title", "kind", "description", "starts_on", "ends_on", "started_on", "cost", "evidence", "evidence_source",
    "home_kind", "home_reference", "home_unit", "home_from",
)  # fmt: skip
WHOLE = ("done_share", "external_share")


class InitiativeForm(forms.Form):
    """Everything an initiative says. `version` is the one it was opened on, 0 for a new one."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    title = TextInput(label=gettext_lazy("Tiltaket"), limit=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("Hva slags tiltak er det?"),
        choices=[("", "–"), *Row.Kind.choices],
        error_messages={"required": gettext_lazy("Velg hva slags tiltak det er.")},
    )
    targets = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Effektmålene det skal virke på"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    description = TextInput(label=gettext_lazy("Beskrivelse"), limit=2000, rows=3, required=False)

    starts_on = DayInput(label=gettext_lazy("Planlagt start"), required=False)
    ends_on = DayInput(label=gettext_lazy("Planlagt slutt"), required=False)
    started_on = DayInput(label=gettext_lazy("Begynte"), required=False)
    done_share = DecimalInput(
        label=gettext_lazy("Så mye er gjennomført"), unit="%", whole=True, min_value=0, max_value=100, required=False
    )

    home_kind = forms.ChoiceField(
        label=gettext_lazy("Hvor skal det leve når prosjektet er slutt?"),
        choices=Row.Home.choices,
        initial=Row.Home.NONE,
    )
    home_reference = TextInput(
        label=gettext_lazy("Henvisning"),
        help_text=gettext_lazy("For eksempel navnet på planen, rutinen eller budsjettposten."),
        limit=200,
        required=False,
    )
    home_unit = TextInput(
        label=gettext_lazy("Enheten som tar det videre"), limit=120, required=False, is_asked_at_times=True
    )
    home_from = DayInput(label=gettext_lazy("Fra"), required=False)

    cost = DecimalInput(
        label=gettext_lazy("Kostnad i året"), unit="kr", min_value=0, max_value=MOST_KRONER, decimals=2, required=False
    )
    external_share = DecimalInput(
        label=gettext_lazy("Del av kostnaden som andre enn kommunen betaler"),
        unit="%",
        whole=True,
        min_value=0,
        max_value=100,
        required=False,
    )
    evidence = TextInput(
        label=gettext_lazy("Hvorfor tror dere det virker?"),
        help_text=gettext_lazy("Hva dere bygger på: en kunnskapsstatus, egen kartlegging, erfaring fra andre."),
        limit=2000,
        rows=3,
        required=False,
    )
    evidence_source = TextInput(label=gettext_lazy("Kilde"), limit=200, required=False)
    reason = TextInput(
        label=gettext_lazy("Hvorfor endres det?"),
        limit=1000,
        rows=2,
        required=False,
    )

    def __init__(
        self, *args: Any, current: InitiativePlan | None, targets: Sequence[TargetVersion], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.current = current
        chosen = self.fields["targets"]
        assert isinstance(chosen, forms.TypedMultipleChoiceField)
        chosen.choices = [(target.target_id, f"{target.target}: {target.title}") for target in targets]
        if not targets:
            del self.fields["targets"]
        if current is None:
            del self.fields["reason"]

    def sections(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """The fields under their headings, and whether the section is folded: rarely asked for, and without errors."""
        groups: list[tuple[Any, tuple[str, ...], bool]] = [
            (gettext_lazy("Tiltaket"), ("title", "kind", "targets", "description"), False),
            (gettext_lazy("Framdrift"), ("starts_on", "ends_on", "started_on", "done_share"), False),
            (
                gettext_lazy("Innarbeiding i drift"),
                ("home_kind", "home_reference", "home_unit", "home_from"),
                False,
            ),
            (
                gettext_lazy("Kostnad og grunnlag"),
                ("cost", "external_share", "evidence", "evidence_source"),
                True,
            ),
        ]
        return [
            (heading, [self[name] for name in names if name in self.fields], is_rare and not {*names} & {*self.errors})
            for heading, names, is_rare in groups
        ]

    def rebase(self, version: int) -> None:
        """Let the form be saved on top of a version the person has now been shown."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(version)  # type: ignore[index]

    def clean(self) -> dict[str, Any]:
        """Dates in order, and a home with somebody who keeps it."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Slutten må være etter starten."))
        has_home = cleaned.get("home_kind") not in (None, Row.Home.NONE)
        if has_home and cleaned.get("home_unit") == "":
            self.add_error("home_unit", _("Skriv hvilken enhet som tar det videre."))
        return cleaned

    def plan(self) -> InitiativePlan:
        """The valid form as what the action takes; what the form does not ask about stays."""
        data = self.cleaned_data
        base = self.current or InitiativePlan(title="", kind=data["kind"])
        whole: dict[str, Any] = {name: None if data[name] is None else int(data[name]) for name in WHOLE}
        return replace(
            base,
            **{name: data[name] for name in COPIED},
            **whole,
            targets=tuple(sorted(data.get("targets", base.targets))),
        )


def initial_of(plan: InitiativePlan, version: int) -> dict[str, Any]:
    """A stored initiative as the form shows it."""
    return {
        **{name: getattr(plan, name) for name in (*COPIED, *WHOLE)},
        "version": version,
        "targets": list(plan.targets),
    }


class ReviewForm(forms.Form):
    """Keep, adjust or stop, and why."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=gettext_lazy("Beslutning"),
        choices=InitiativeReview.Decision.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    reason = TextInput(
        label=gettext_lazy("Begrunnelse"),
        help_text=gettext_lazy("Hva viser målingene, og hva har dere erfart?"),
        limit=1000,
        rows=3,
    )


class ResumeForm(forms.Form):
    """Which version of a stopped initiative somebody saw when they took it up again."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
