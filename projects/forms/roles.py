"""Who has which role, from when to when."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions import EmailTaken
from accounts.models import User
from municipalities.models import Municipality
from projects.actions.roles import (
    AccountClosed,
    AlreadyEnded,
    DatesOutOfOrder,
    NameMissing,
    NotTakingPart,
    RoleDoesNotFit,
    RoleTaken,
)
from projects.forms.refusals import Refusable
from projects.roles import Role
from saman.fields import DayInput, TextInput

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

ENDS_BEFORE_START = _("Rollen kan ikke slutte før den starter.")


def email_field(help_text: "Words") -> forms.EmailField:
    """A field for a person's address at work."""
    return forms.EmailField(
        label=_("E-postadresse"),
        help_text=help_text,
        max_length=User._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": _("Skriv e-postadressen."),
            "invalid": _("Skriv en hel e-postadresse, for eksempel kari@kommunen.no."),
            "max_length": _("E-postadressen er for lang."),
        },
    )


class RoleForm(Refusable):
    """Give a role to a person, known or new."""

    refusals = {
        NameMissing: ("name", _("Vi kjenner ingen med denne adressen. Skriv navnet også, så lager vi en konto.")),
        EmailTaken: ("email", _("Noen andre la inn denne adressen akkurat nå. Prøv igjen.")),
        AccountClosed: ("email", _("Kontoen til denne personen er stengt.")),
        RoleTaken: ("role", _("Personen har allerede denne rollen i dette tidsrommet.")),
        RoleDoesNotFit: ("role", _("Velg en rolle som hører hjemme her.")),
        NotTakingPart: ("municipality", _("Kommunen er ikke med i prosjektet.")),
        DatesOutOfOrder: ("ends_on", ENDS_BEFORE_START),
    }

    email = email_field(_("Jobbadressen. Den bruker personen for å logge inn."))
    name = TextInput(
        label=_("Navn"),
        help_text=_("Trengs bare når personen er ny i Saman."),
        limit=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Rolle"), error_messages={"required": _("Velg en rolle.")})
    municipality = forms.TypedChoiceField(
        label=_("Gjelder bare for"), coerce=int, empty_value=None, required=False, choices=()
    )
    starts_on = DayInput(label=_("Fra"))
    ends_on = DayInput(label=_("Til"), required=False)

    def __init__(self, *args: Any, roles: Iterable[Role], places: Iterable[Municipality] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in Role if role in set(roles)]
        self.fields["role"].choices = [("", _("Velg rolle")), *choices]  # type: ignore[attr-defined]
        joint = [(place.pk, place.name) for place in places]
        if len(joint) > 1:
            whole = ("", _("Hele prosjektet"))
            self.fields["municipality"].choices = [whole, *joint]  # type: ignore[attr-defined]
        else:
            del self.fields["municipality"]

    def facts(self) -> dict[str, Any]:
        """What was typed, as the action's arguments."""
        data = self.cleaned_data
        facts = {name: data[name] for name in ("email", "name", "role", "starts_on", "ends_on")}
        return {**facts, "municipality_id": data.get("municipality")}


class RoleEndForm(Refusable):
    """The last day someone has a role, and who has it after them."""

    refusals = {
        DatesOutOfOrder: ("ends_on", ENDS_BEFORE_START),
        NameMissing: ("name", _("Vi kjenner ingen med denne adressen. Skriv navnet også, så lager vi en konto.")),
        EmailTaken: ("email", _("Noen andre la inn denne adressen akkurat nå. Prøv igjen.")),
        AccountClosed: ("email", _("Kontoen til denne personen er stengt.")),
        RoleTaken: ("email", _("Personen har allerede denne rollen i dette tidsrommet.")),
        AlreadyEnded: (None, _("Noen andre har endret denne rollen i mellomtiden. Gå tilbake og se hva som gjelder.")),
    }

    ends_on = DayInput(label=_("Siste dag i rollen"))
    email = forms.EmailField(
        label=_("E-postadressen til den som overtar rollen"),
        help_text=_("Personen får rollen dagen etter. La feltet stå tomt hvis det ikke er avklart."),
        required=False,
        max_length=User._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"invalid": _("Skriv en hel e-postadresse, for eksempel kari@kommunen.no.")},
    )
    name = TextInput(
        label=_("Navnet på den som overtar"),
        help_text=_("Trengs bare når personen er ny i Saman."),
        limit=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def successor(self) -> tuple[str, str] | None:
        """(address, name) of the one who takes over the role; None: not said."""
        return (self.cleaned_data["email"], self.cleaned_data["name"]) if self.cleaned_data["email"] else None
