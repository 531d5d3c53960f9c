"""What each rule asks, in one question a municipal director understands."""

from django.utils.translation import gettext_lazy as _

from benefits.wording.values import Text

ASKS: dict[str, Text] = {
    "F3": _("Sier hvert mål hva som skal endres, hvor mye og når, og blir det målt?"),
    "F4": _("Har prosjektet en eier som ikke også leder det, signerer eieren rapportene, og blir varsler svart på?"),
    "F5": _("Leder noen prosjektet, og vet vi hvem som måler når prosjektlederen eller prosjektet slutter?"),
    "R0": _("Holder framgangen, eller er den i ferd med å forsvinne?"),
    "V1": _("Måler effektmålet en effekt, eller bare det dere gjør?"),
    "V2": _("Er ordene i målet ord for en effekt?"),
    "V5": _("Måler dere også det som ville blitt verre hvis gevinsten bare var flyttet?"),
    "V6": _("Kan tallet flytte seg, og har det gjort det?"),
    "V7": _("Sier setningen det samme som tallet og datoen?"),
    "V8": _("Er endringen stor nok til at vi kan se den?"),
    "L1": _("Er mange nok av effektmålene målt to ganger?"),
    "L2": _("Blir noe målt etter at prosjektet er slutt?"),
    "L3": _("Er det et delmål på veien som skal nås snart?"),
    "L4": _("Har dere svart på det rådgiveren spurte om?"),
}


def rule_asks(code: str) -> str:
    """The question a rule asks."""
    return str(ASKS.get(code, ""))
