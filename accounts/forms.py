"""The forms of sign-in, with words of our own: the sign-in library has no nynorsk."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User

TOO_MANY = "too_many_login_attempts"


class RequestCodeForm(allauth.RequestLoginCodeForm):  # type: ignore[misc]
    """The address a one-time code is sent to."""

    email = forms.EmailField(
        label=_("E-postadresse"),
        max_length=User._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": _("Skriv e-postadressen din."),
            "invalid": _("Skriv en hel e-postadresse, for eksempel kari@kommunen.no."),
            "max_length": _("E-postadressen er for lang."),
        },
    )

    def clean_email(self) -> str:
        """The address, unless too many codes have been asked for."""
        try:
            email: str = super().clean_email()
        except ValidationError as error:
            if error.code != TOO_MANY:
                raise
            message = _("Du har bedt om mange koder på kort tid. Vent et minutt, og prøv igjen.")
            raise ValidationError(message, code=TOO_MANY) from error
        return email


class ConfirmCodeForm(allauth.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the mail."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "size": "12",
            }
        ),
        error_messages={
            "required": _("Skriv koden fra e-posten."),
            "max_length": _("Det er ikke riktig kode. Se etter i e-posten."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].strip = True
