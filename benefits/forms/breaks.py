"""The small form for a break in a target's series."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.models import SeriesBreak
from saman.fields import DayInput, TextInput


class BreakForm(forms.Form):
    """From which day the figures are of something else, why, and in whose words."""

    on = DayInput(
        label=gettext_lazy("Tallene er annerledes fra og med"),
        help_text=gettext_lazy("Målinger fra denne dagen blir ikke sammenlignet med dem før."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Hva har skjedd?"), choices=SeriesBreak.Kind.choices)
    note = TextInput(label=gettext_lazy("Forklar kort"), limit=300)

    def __init__(self, *args: Any, baseline_on: date | None = None, today: date | None = None, **options: Any) -> None:
        options.setdefault("auto_id", "brudd_%s")
        super().__init__(*args, **options)
        self.baseline_on, self.today = baseline_on, today

    def clean_on(self) -> date:
        """After the baseline, and not in the future."""
        on: date = self.cleaned_data["on"]
        if self.today and on > self.today:
            raise forms.ValidationError(_("Datoen er ikke kommet ennå."))
        if self.baseline_on and on <= self.baseline_on:
            raise forms.ValidationError(_("Bruddet må være etter nullpunktet."))
        return on
