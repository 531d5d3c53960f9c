"""What people type about the plan as a whole: its own words, the leader's note, the owner's decision."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from benefits.actions.plans import Words
from benefits.models import PlanText
from saman.fields import CHOOSE, TextInput


class WordsForm(forms.Form):
    """The plan's own words. `version` is the one the page was opened on, 0 before there is a plan."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    summary = TextInput(
        limit=3000,
        rows=4,
        required=False,
        label=_("Sammendrag"),
        help_text=_("Hva skal bli annerledes, for hvem, og hvordan vet dere at det har skjedd?"),
    )
    assumptions = TextInput(limit=3000, rows=3, required=False, label=_("Felles forutsetninger"))
    path = forms.ChoiceField(
        label=_("Hvor mye planen spør om"),
        choices=[("", _("Det som passer antall effektmål")), *PlanText.Path.choices],
        required=False,
    )
    kept_elsewhere = TextInput(
        limit=300,
        required=False,
        label=_("Har dere planen et annet sted?"),
        help_text=_(
            "Skriv hvor, for eksempel saksnummeret. Da regnes planen som laget, men Saman vet ikke hva som står i den."
        ),
    )

    def rebase(self, version: int) -> None:
        """Let the form be saved on top of a version the person has now been shown."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(version)  # type: ignore[index]

    def words(self) -> Words:
        """The valid form as what the action takes."""
        return Words(**{name: self.cleaned_data[name] for name in ("path", "summary", "assumptions", "kept_elsewhere")})


class SubmitForm(forms.Form):
    """The leader sends the plan as it stood on the page."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = TextInput(
        limit=1000,
        rows=2,
        required=False,
        label=_("Hva er endret siden sist?"),
        help_text=_("Prosjekteier leser dette sammen med planen."),
    )


class DecisionForm(forms.Form):
    """The owner approves the plan, or sends it back with a reason."""

    APPROVE, RETURN = "approve", "return"

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Beslutning"),
        choices=[(APPROVE, _("Godkjenn planen")), (RETURN, _("Send tilbake"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    note = TextInput(
        limit=2000,
        rows=3,
        required=False,
        is_asked_at_times=True,
        label=_("Begrunnelse"),
        help_text=_("Må fylles ut når du sender planen tilbake. Skriv hva som mangler."),
    )

    def clean(self) -> dict[str, Any]:
        """A plan that is sent back comes with a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.RETURN and cleaned.get("note") == "":
            self.add_error("note", ValidationError(_("Skriv hva som mangler før du kan godkjenne."), "required"))
        return cleaned
