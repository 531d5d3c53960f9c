"""Words for stakeholders: why a text is refused, who is told what, and the concerns of F2."""

from django.utils.translation import gettext_lazy

from benefits.groups_only import Personal
from saman.words import Text

_SEEMS: dict[Personal, Text] = {
    Personal.MAIL: gettext_lazy("«%(words)s» er en e-postadresse. Registreringene gjelder grupper, aldri personer."),
    Personal.TELEPHONE: gettext_lazy(
        "«%(words)s» ser ut som et telefonnummer. Registreringene gjelder grupper, aldri personer."
    ),
    Personal.NAME: gettext_lazy(
        "«%(words)s» ser ut som navnet på en person. Skriv gruppen eller rollen: holdninger knyttes aldri til personer."
    ),
}


def personal_text(kind: Personal, words: str) -> str:
    """Why a text about a group is refused."""
    return str(_SEEMS[kind]) % {"words": words}
