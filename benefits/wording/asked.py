"""What each rule asks, in one question a municipal director understands."""

from django.utils.translation import gettext_lazy as _

from benefits.wording.values import Text

ASKS: dict[str, Text] = {
    "F1": _("Finnes det en godkjent plan som sier hvem som tar ut gevinstene, og når?"),
    "F2": _("Har grupper med innflytelse innvendinger som ikke har fått svar?"),
    "F3": _("Sier hvert mål hva som skal endres, hvor mye og når, og blir det målt?"),
    "F4": _("Har prosjektet en eier som ikke også leder det, signerer eieren rapportene, og blir varsler svart på?"),
    "F5": _("Leder noen prosjektet, og vet vi hvem som måler når prosjektlederen eller prosjektet slutter?"),
    "F6": _("Er det bestemt hva frigitt tid skal brukes til, og holder det som er bestemt?"),
    "R0": _("Holder framgangen, eller er den i ferd med å forsvinne?"),
    "V1": _("Måler effektmålet en effekt, eller bare det dere gjør?"),
    "V2": _("Er ordene i målet ord for en effekt?"),
    "V3": _("Måler indikatoren det målet handler om?"),
    "V4": _("Har tallet flyttet seg fordi færre telles, og ikke fordi noe er blitt bedre?"),
    "V5": _("Måler dere også det som ville blitt verre hvis gevinsten bare var flyttet?"),
    "V6": _("Kan tallet flytte seg, og har det gjort det?"),
    "V7": _("Sier setningen det samme som tallet og datoen?"),
    "V8": _("Er endringen stor nok til at vi kan se den?"),
    "V9": _("Telles hver gevinst bare ett sted?"),
    "L1": _("Er mange nok av effektmålene målt to ganger?"),
    "L2": _("Blir noe målt etter at prosjektet er slutt, og er tiltakene slike som varer?"),
    "L3": _("Er det et delmål på veien som skal nås snart?"),
    "L4": _("Har dere svart på det rådgiveren spurte om?"),
    "L5": _("Viser gevinstkartet også kulturen som skal bære endringen?"),
    "L6": _("Har tiltakene en plass i drift når prosjektet er slutt?"),
}


def rule_asks(code: str) -> str:
    """The question a rule asks."""
    return str(ASKS.get(code, ""))
