"""Who may sign in: name, address, and whether the account is open."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.actions import EmailTaken, OwnAccount
from accounts.models import User
from projects.forms.refusals import Refusable
from projects.forms.roles import email_field
from saman.fields import TextInput


class PersonForm(Refusable):
    """Correct an account, close it or open it again."""

    refusals = {
        EmailTaken: ("email", _("En annen person har denne adressen.")),
        OwnAccount: ("is_active", _("Du kan ikke stenge kontoen du selv er logget inn med.")),
    }

    name = TextInput(label=_("Navn"), limit=120)
    title = TextInput(label=_("Stilling"), limit=120, required=False)
    email = email_field(_("Jobbadressen. Den bruker personen for å logge inn."))
    is_active = forms.BooleanField(
        label=pgettext_lazy("account", "Kontoen er åpen"),
        help_text=_("Tar du bort haken, kan personen ikke logge inn. Det personen har gjort, blir stående."),
        required=False,
    )

    def facts(self) -> dict[str, Any]:
        """What was typed, as the action's arguments."""
        return {name: self.cleaned_data[name] for name in ("name", "title", "email", "is_active")}


def person_values(person: User) -> dict[str, Any]:
    """What is stored, as the form's initial values."""
    return {name: getattr(person, name) for name in ("name", "title", "email", "is_active", "version")}
