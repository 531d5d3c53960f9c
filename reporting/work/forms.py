"""What people answer to a warning, and which day they look back at."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.actions.warnings import LONGEST_ACCEPTANCE
from saman.fields import DayInput, TextInput


class ActionForm(forms.Form):
    """What is being done, and by when."""

    note = TextInput(limit=2000, rows=3, label=_("Hva gjør dere?"))
    until = DayInput(label=_("Ferdig innen"), required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["until"]
        assert isinstance(field, DayInput)
        field.earliest = today


class AcceptForm(forms.Form):
    """The owner accepts the deviation until a date, and says why."""

    note = TextInput(limit=2000, rows=3, label=_("Hvorfor kan dette vente?"))
    until = DayInput(
        label=_("Godta til"),
        help_text=_("Varselet kommer tilbake av seg selv etter datoen. Høyst et år fram."),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["until"]
        assert isinstance(field, DayInput)
        field.earliest, field.latest = today + timedelta(days=1), today + LONGEST_ACCEPTANCE


class FalseForm(forms.Form):
    """Why a warning is wrong."""

    note = TextInput(
        limit=2000,
        rows=3,
        label=_("Hva er feil?"),
        help_text=_("Varselet blir borte herfra. Begrunnelsen brukes til å gjøre reglene bedre."),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)


class DayForm(forms.Form):
    """A day to look back at."""

    dato = DayInput(label=_("Dato"))

    def __init__(self, *args: Any, earliest: date | None, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["dato"]
        assert isinstance(field, DayInput)
        field.earliest, field.latest = earliest, today
