"""Words for what should be in place when a project goes from one phase to the next."""

from django.utils.translation import gettext_lazy as _

from benefits.wording.values import Text

ITEMS: dict[str, Text] = {
    "need": _("Behovet er beskrevet med kommunens egne tall"),
    "people": _("Prosjekteier og prosjektleder er utpekt"),
    "parties": _("De tillitsvalgte er med"),
    "targets": _("Effektmålene har nullpunkt, måltall og dato"),
    "plan": _("Gevinstrealiseringsplanen er godkjent"),
    "measuring": _("Hvert mål har en måleansvarlig"),
    "initiatives": _("Tiltakene er tatt i bruk"),
    "measured": _("Effektmålene er målt minst to ganger"),
    "line": _("Enheten som overtar, er enig i hva den overtar"),
    "decided": _("Videreføringen er besluttet"),
    "handed_over": _("Åpne punkter er overlevert og godtatt"),
    "follow_up": _("Målingene etter prosjektet er planlagt"),
}


def item_text(code: str) -> str:
    """An item of a checklist."""
    return str(ITEMS.get(code, code))
