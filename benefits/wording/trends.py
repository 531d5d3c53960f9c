"""Run charts, limits and forecasts in words. A chance is one of four words, never a percentage (statistics.md)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from benefits.wording.values import Text, Variants, first_that_fits, readable

COUNTS = frozenset({"run", "most", "useful", "crossings", "fewest", "points"})

CHANCES: dict[str, Text] = {
    "very_unlikely": _("Svært lite sannsynlig"),
    "unlikely": _("Lite sannsynlig"),
    "uncertain": _("Usikkert"),
    "likely": _("Sannsynlig"),
}

SIGNALS: dict[str, Variants] = {
    "run_better_latest": (
        _(
            "De siste %(run)s målingene ligger alle på den gode siden av medianen. Av %(useful)s målinger gir "
            "tilfeldigheter sjelden mer enn %(most)s på rad, så nivået er trolig blitt bedre."
        ),
    ),
    "run_worse_latest": (
        _(
            "De siste %(run)s målingene ligger alle på den dårlige siden av medianen. Av %(useful)s målinger gir "
            "tilfeldigheter sjelden mer enn %(most)s på rad, så nivået er trolig blitt dårligere."
        ),
    ),
    "run_same_latest": (
        _(
            "De siste %(run)s målingene ligger alle på samme side av medianen. Av %(useful)s målinger gir "
            "tilfeldigheter sjelden mer enn %(most)s på rad, så nivået er trolig et annet."
        ),
    ),
    "run_long": (
        _(
            "%(run)s målinger på rad lå på samme side av medianen. Av %(useful)s målinger gir tilfeldigheter "
            "sjelden mer enn %(most)s, så nivået har trolig endret seg underveis."
        ),
    ),
    "few_crossings": (
        _(
            "Målingene krysser medianen %(crossings)s ganger. Tilfeldigheter gir sjelden under %(fewest)s for "
            "%(useful)s målinger, så nivået har trolig endret seg."
        ),
    ),
    "run_calm": (_("De %(useful)s målingene viser ikke mer enn tilfeldig variasjon rundt medianen."),),
    "limits": (
        _("Det er vanlig at tallet ligger mellom %(low)s og %(high)s. Grensene bygger på %(points)s målinger."),
    ),
    "limits_preliminary": (
        _(
            "Foreløpige grenser: det er vanlig at tallet ligger mellom %(low)s og %(high)s. Grensene bygger på "
            "bare %(points)s målinger."
        ),
    ),
    "outside_limits": (_("Målingen %(on)s, %(value)s, ligger utenfor grensene. Let etter hva som var spesielt da."),),
    "near_limit": (_("To av tre målinger fram til %(on)s ligger nær samme grense. Det er sjelden tilfeldig."),),
    "pace": (
        _(
            "Farten hittil er %(achieved)s av veien i året. Det trengs %(required)s i året for å nå målet i "
            "tide. Med flere målinger kan Saman si mer om hvor det bærer."
        ),
    ),
    "pace_wrong": (
        _(
            "Hittil har det ikke gått framover. Det trengs %(required)s av veien i året for å nå målet i tide. "
            "Med flere målinger kan Saman si mer om hvor det bærer."
        ),
    ),
}

NO_FORECAST: dict[str, Text] = {
    "past": "",
    "few_points": "",
    "break": _("Ingen prognose: serien har et brudd. Sett et nytt nullpunkt etter bruddet, så kommer den tilbake."),
    "relapse": _("Ingen prognose: en serie som har falt tilbake, følger ingen jevn kurve."),
    "unsteady": _("Ingen prognose: målingene flytter seg i trinn, så de siste sier lite om de neste."),
}


def chance_word(chance: str) -> str:
    """The word for a chance; nothing where there is none."""
    return str(CHANCES.get(chance, ""))


def no_forecast_text(code: str) -> str:
    """Why there is no forecast, where it is worth saying."""
    return str(NO_FORECAST.get(code, ""))


def signal_sentences(signals: Iterable[Mapping[str, Any]], unit: str) -> list[str]:
    """What run chart, limits and pace say, each {"code": …, "values": {…}}, as sentences with their numbers."""
    return [
        first_that_fits(SIGNALS.get(str(signal["code"]), ()), readable(signal["values"], unit, COUNTS))
        for signal in signals
    ]
