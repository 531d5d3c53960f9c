"""What people type about milestones: the plan, the report, the owner's decision."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from benefits.actions.milestones import Plan
from benefits.models import Milestone
from saman.fields import CHOOSE, DayInput, TextInput


class VersionedForm(forms.Form):
    """A form that says which version of the milestone it was opened on."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class PlanForm(forms.Form):
    """What a milestone is."""

    title = TextInput(
        limit=160,
        label=pgettext_lazy("milestone", "Milepæl"),
        help_text=_("Skriv hva som er på plass når den er nådd, for eksempel «Ny turnus er i drift»."),
    )
    due_on = DayInput(label=_("Frist"))
    phase = forms.ChoiceField(label=_("Fase"), choices=Milestone.Phase.choices)
    description = TextInput(limit=2000, rows=4, required=False, label=_("Utdypning"))

    def plan(self) -> Plan:
        """The valid form as what the action takes."""
        return Plan(**{name: self.cleaned_data[name] for name in ("title", "due_on", "phase", "description")})


class ChangeForm(VersionedForm, PlanForm):
    """A milestone's plan, changed."""


class ReportForm(VersionedForm):
    """The leader says that a milestone is reached."""

    note = TextInput(
        limit=2000,
        rows=4,
        required=False,
        label=_("Hva er på plass?"),
        help_text=_("Prosjekteier leser dette før godkjenning."),
    )


class DecisionForm(VersionedForm):
    """The owner approves, or declines with a reason."""

    APPROVE, DECLINE = "approve", "decline"

    decision = forms.ChoiceField(
        label=_("Beslutning"),
        choices=[(APPROVE, _("Godkjenn: milepælen er nådd")), (DECLINE, _("Ikke godkjent ennå"))],
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
