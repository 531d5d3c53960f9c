"""The small forms for evaluation points: which day, and what was decided."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.forms.targets import LONGEST_WAIT
from benefits.models import EvaluationPoint
from benefits.planning import years_after
from saman.fields import CHOOSE, DayInput, TextInput


class EvaluationForm(forms.Form):
    """The day a target is to be evaluated."""

    on = DayInput(label=gettext_lazy("Når skal målet evalueres?"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        options.setdefault("auto_id", "evaluering_%s")
        super().__init__(*args, **options)
        self.today = today

    def clean_on(self) -> date:
        """Not before the day one is at, nor too far ahead."""
        on: date = self.cleaned_data["on"]
        if on < self.today:
            raise forms.ValidationError(_("Datoen er passert. Velg en dato som kommer."))
        if on > years_after(self.today, LONGEST_WAIT):
            raise forms.ValidationError(_("Datoen er mer enn femten år fram. Sjekk året."))
        return on


class DecisionForm(forms.Form):
    """What was decided at an evaluation point, why, and where."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Hva ble bestemt?"),
        choices=EvaluationPoint.Decision.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    reason = TextInput(label=gettext_lazy("Hvorfor?"), limit=1000, rows=2)
    decided_in = TextInput(
        label=gettext_lazy("Hvor ble det bestemt?"),
        help_text=gettext_lazy("For eksempel et møte eller et saksnummer."),
        limit=120,
        required=False,
    )
