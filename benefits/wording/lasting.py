"""Words for what lasts, and what does not: short-lived initiatives, and those without a home in daily operation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from benefits.wording.values import Text

TITLES: dict[str, Text] = {
    "quick_fixes": _("Mest kortvarige tiltak"),
    "no_home": _("Tiltak uten plass i drift"),
    "paid_by_others": _("Andre betaler fortsatt for tiltaket"),
}
SENTENCES: dict[str, tuple[Text, ...]] = {
    "quick_fixes": (
        _(
            "%(short_lived)s av %(initiatives)s tiltak er kurs, kampanjer eller varer høyst et halvt år, og har ingen "
            "plass i drift etterpå."
        ),
        _("De fleste tiltakene er kortvarige, og har ingen plass i drift etterpå."),
    ),
    "no_home": (
        ngettext_lazy(
            "Det er ikke bestemt hvor tiltaket skal høre hjemme når prosjektet er slutt, og hvem som da har det.",
            "Det er ikke bestemt hvor %(initiatives)s tiltak skal høre hjemme når prosjektet er slutt, og hvem som da "
            "har dem.",
            "initiatives",
        ),
        _("Det er ikke bestemt hvor tiltakene skal høre hjemme når prosjektet er slutt."),
    ),
    "paid_by_others": (
        ngettext_lazy(
            "Tiltaket skal fortsette etter prosjektet, men andre enn kommunen betaler en del av det.",
            "%(initiatives)s tiltak skal fortsette etter prosjektet, men andre enn kommunen betaler en del av dem.",
            "initiatives",
        ),
        _("Tiltak som skal fortsette etter prosjektet, betales delvis av andre enn kommunen."),
    ),
}
