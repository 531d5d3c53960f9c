"""What people say when the same is counted twice: which of the two is not counted, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.queries.counting import Pair
from saman.fields import TextInput


class GiveWayForm(forms.Form):
    """One of two claims gives way. Only the project's own can; where that is one, there is nothing to choose."""

    claim = forms.CharField(max_length=40, widget=forms.HiddenInput)
    other = forms.CharField(max_length=40, widget=forms.HiddenInput)
    gives_way = forms.ChoiceField(label=_("Hva skal ikke telles her?"), widget=forms.RadioSelect)
    reason = TextInput(limit=500, rows=2, label=_("Hvorfor?"))

    def __init__(self, *args: Any, pair: Pair, **options: Any) -> None:
        self.pair = pair
        start = {"claim": pair.claim.source, "other": pair.other.source}
        own = [(row.source, row.name) for row in (pair.claim, pair.other) if row.is_own]
        start |= {"gives_way": own[0][0]} if len(own) == 1 else {}
        super().__init__(*args, **{**options, "initial": start})
        field = self.fields["gives_way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = own
        field.error_messages["required"] = _("Velg hvilken av dem som ikke skal telles.")
        if len(own) == 1:
            field.widget = field.hidden_widget()

    def decided(self) -> dict[str, str]:
        """The valid form as what the action takes."""
        claim = self.cleaned_data["gives_way"]
        other = self.pair.other if claim == self.pair.claim.source else self.pair.claim
        return {"claim": claim, "counted_in": other.source, "reason": self.cleaned_data["reason"]}
