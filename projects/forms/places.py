"""Municipalities an administrator adds to the product's own list."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from municipalities.actions import NoSuchCounty, NumberTaken
from projects.forms.refusals import Refusable
from saman.fields import DayInput, TextInput


class PlaceForm(Refusable):
    """A municipality, by its number and name."""

    refusals = {
        NumberTaken: ("number", _("En annen kommune har dette nummeret allerede.")),
        NoSuchCounty: ("number", _("De to første sifrene er fylket. Ingen fylker hadde dette nummeret da.")),
    }

    name = TextInput(label=_("Navn på kommunen"), help_text=_("Uten «kommune», for eksempel «Bergen»."), limit=80)
    number = TextInput(label=_("Kommunenummer"), help_text=_("Fire siffer, for eksempel 0301."), limit=8)
    valid_from = DayInput(
        label=_("Nummeret gjelder fra"), help_text=_("Senest den dagen prosjektet starter, for eksempel 01.01.2013")
    )

    def clean_number(self) -> str:
        """Four digits, as text: 0301 keeps its zero."""
        number: str = self.cleaned_data["number"].replace(" ", "")
        if not re.fullmatch("[0-9]{4}", number):
            raise ValidationError(_("Skriv kommunenummeret med fire siffer, for eksempel 0301."), code="not_a_number")
        return number
