"""What people say at a phase shift: the leader's checklist, the owner's decision."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from benefits.phases import CHECKLISTS
from benefits.wording.phases import item_text
from saman.fields import CHOOSE, TextInput


class SteppedForm(forms.Form):
    """A form that says which step was the newest when it was opened."""

    last = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class AskForm(SteppedForm):
    """The leader ticks what is in place, and says why the project can go on where something is not."""

    checked = forms.MultipleChoiceField(
        label=_("Hva er på plass?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = TextInput(
        limit=2000,
        rows=4,
        required=False,
        is_asked_at_times=True,
        label=_("Forklaring til prosjekteieren"),
        help_text=_("Må fylles ut når noe på lista ikke er på plass. Skriv hvorfor dere kan gå videre likevel."),
    )
    reference = TextInput(
        limit=200,
        required=False,
        label=_("Hvor dokumentasjonen er"),
        help_text=_("For eksempel et saksnummer eller en protokoll."),
    )

    def __init__(self, *args: Any, phase: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = CHECKLISTS[phase]
        self.fields["checked"].choices = [(item, item_text(item)) for item in self.items]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Something missing on the list needs an explanation."""
        super().clean()
        is_whole = set(self.cleaned_data.get("checked") or ()) >= set(self.items)
        if not is_whole and self.cleaned_data.get("note") == "" and "checked" not in self.errors:
            self.add_error(
                "note", ValidationError(_("Skriv hvorfor dere kan gå videre uten det som mangler."), "required")
            )


class ShiftForm(SteppedForm):
    """The owner lets the project go on, or declines with a reason."""

    APPROVE, DECLINE = "approve", "decline"

    decision = forms.ChoiceField(
        label=_("Beslutning"),
        choices=[(APPROVE, _("Godkjenn: prosjektet går til neste fase")), (DECLINE, _("Ikke godkjent ennå"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    note = TextInput(
        limit=2000,
        rows=4,
        required=False,
        is_asked_at_times=True,
        label=_("Begrunnelse"),
        help_text=_("Må fylles ut når du ikke godkjenner. Skriv hva som gjenstår."),
    )

    def clean(self) -> None:
        """A decision to decline says why."""
        super().clean()
        if self.cleaned_data.get("decision") == self.DECLINE and self.cleaned_data.get("note") == "":
            self.add_error("note", ValidationError(_("Skriv hva som gjenstår før du kan godkjenne."), "required"))
