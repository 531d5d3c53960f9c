"""What each check says, and what to do about it, in the reader's language."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reporting.operations.checks import Check, Level
from saman.broker import Broker
from saman.formatting import lasting, number

SIGNS: dict[Level, tuple[Promise, str, str]] = {
    Level.WELL: (gettext_lazy("I orden"), "success", "i-rute"),
    Level.NEVER: (gettext_lazy("Ikke kjørt ennå"), "neutral", "ikke-startet"),
    Level.WATCH: (gettext_lazy("Følg med"), "warning", "warn"),
    Level.BAD: (gettext_lazy("Må rettes"), "danger", "error"),
}
TITLES: dict[str, Promise] = {
    "due": gettext_lazy("Vurderinger som venter"),
    "sweeper": gettext_lazy("Runden hvert minutt"),
    "worker": gettext_lazy("Livstegn gjennom køen"),
    "beat": gettext_lazy("Klokka som setter jobbene i gang"),
    "night": gettext_lazy("Kontrollen hver natt"),
    "drift": gettext_lazy("Avvik funnet av kontrollen"),
    "missed": gettext_lazy("Runder som falt ut"),
    "trouble": gettext_lazy("Prosjekter som ikke lar seg vurdere"),
    "outbox": gettext_lazy("Utsending"),
    "rules": gettext_lazy("Regelversjon"),
    "database": gettext_lazy("Databasen"),
    "broker": gettext_lazy("Meldingskøen"),
}
_RESTART_WORKER = gettext_lazy(
    "Se om «worker» kjører, og start den på nytt hvis den har stanset. Ingenting er tapt: den tar det som venter."
)
TO_DO: dict[str, Promise] = {
    "due": _RESTART_WORKER,
    "sweeper": _RESTART_WORKER,
    "worker": gettext_lazy(
        "Beat, meldingskø og worker må alle være oppe. Start på nytt den som står. Sidene virker imens."
    ),
    "beat": gettext_lazy("Start «beat» på nytt. Det den ikke rakk, kjøres én gang når den er tilbake."),
    "night": gettext_lazy("Se i loggen til «worker» hva som stanset kontrollen. Den prøver igjen av seg selv."),
    "drift": gettext_lazy(
        "Avvikene er rettet. Finn ut hvorfor de oppsto: noe har skrevet i databasen utenom Saman, eller det er en feil "
        "i Saman. Meld fra til leverandøren."
    ),
    "missed": gettext_lazy("Beat eller worker har vært nede. Se i loggene om det skjer ofte."),
    "trouble": gettext_lazy(
        "Meld feilen under til leverandøren. Prosjektene viser siste vurdering så lenge, og prøves på nytt."
    ),
    "outbox": gettext_lazy(
        "Se under hva som stanser utsendingen. Det som venter, prøves på nytt av seg selv. Det som er gitt opp, prøves "
        "igjen med «manage.py deliver_outbox --again»."
    ),
    "rules": gettext_lazy("Worker regner om det som er vurdert etter en annen versjon. Det tar noen minutter."),
    "broker": gettext_lazy(
        "Start Redis på nytt. Så lenge den er borte, følger ikke statusene kalenderen. Det folk lagrer, vurderes "
        "likevel straks."
    ),
}


def line(check: Check, found: str = "") -> dict[str, Any]:
    """A check as the page shows it: title, sign, what was found, and what to do unless all is well."""
    word, color, icon = SIGNS[check.level]
    todo = TO_DO.get(check.name, "") if check.level in (Level.WATCH, Level.BAD) else ""
    shown = {"title": TITLES[check.name], "word": word, "color": color, "icon": icon, "todo": todo}
    return {**shown, "said": found or said(check)}


def said(check: Check) -> str:
    """What was found, as a sentence."""
    if check.level == Level.NEVER:
        return _("Har ikke kjørt ennå.")
    numbers = check.numbers
    match check.name:
        case "due" | "trouble" | "rules":
            return _counted(check.name, numbers)
        case "outbox":
            return _outbox(numbers)
        case "night":
            return _night(numbers)
        case "drift":
            return _drift(numbers["count"], numbers["nights"])
        case "missed":
            return _missed(numbers["count"], numbers["nights"])
    return _("Sist for %(span)s siden.") % {"span": lasting(numbers["age"])}


def broker_check(broker: Broker) -> tuple[Check, str]:
    """The message queue as a check, and what it says."""
    kind = (
        _("Redis %(version)s") % {"version": broker.version} if broker.kind == "redis" else _("Filer på denne maskinen")
    )
    if broker.waiting is None:
        return Check("broker", Level.BAD), _("Redis svarer ikke.")
    waiting = ngettext("%(count)s melding venter.", "%(count)s meldinger venter.", broker.waiting)
    return Check("broker", Level.WELL), f"{kind}. {waiting % {'count': number(broker.waiting)}}"


def _counted(name: str, numbers: dict[str, Any]) -> str:
    count = numbers["count"]
    if not count:
        none = {
            "due": _("Ingen prosjekter venter."),
            "outbox": _("Ingenting venter."),
            "trouble": _("Alle lar seg vurdere."),
            "rules": _("Alle er vurdert etter den versjonen som gjelder."),
        }
        return none[name]
    some = {
        "due": ngettext(
            "%(count)s prosjekt venter, i %(span)s.", "%(count)s prosjekter venter, det eldste i %(span)s.", count
        ),
        "outbox": ngettext(
            "%(count)s utsending venter, i %(span)s.", "%(count)s utsendinger venter, den eldste i %(span)s.", count
        ),
        "trouble": ngettext("%(count)s prosjekt er satt på vent.", "%(count)s prosjekter er satt på vent.", count),
        "rules": ngettext(
            "%(count)s prosjekt er vurdert etter en annen versjon.",
            "%(count)s prosjekter er vurdert etter en annen versjon.",
            count,
        ),
    }
    return some[name] % {"count": number(count), "span": lasting(numbers["age"]) if "age" in numbers else ""}


def _outbox(numbers: dict[str, Any]) -> str:
    count = numbers["given_up"]
    if not count:
        return _counted("outbox", numbers)
    given_up = ngettext("%(count)s er gitt opp den siste uka.", "%(count)s er gitt opp den siste uka.", count) % {
        "count": number(count)
    }
    return f"{_counted('outbox', numbers)} {given_up}"


def _night(numbers: dict[str, Any]) -> str:
    count = numbers["count"]
    text = ngettext(
        "Sist for %(span)s siden: %(count)s prosjekt regnet om.",
        "Sist for %(span)s siden: %(count)s prosjekter regnet om.",
        count,
    ) % {"span": lasting(numbers["age"]), "count": number(count)}
    failed = numbers["failed"]
    if not failed:
        return text
    lacking = ngettext("%(count)s lot seg ikke regne om.", "%(count)s lot seg ikke regne om.", failed)
    return f"{text} {lacking % {'count': number(failed)}}"


def _drift(count: int, nights: int) -> str:
    if not count:
        return ngettext("Ingen den siste natta.", "Ingen de siste %(nights)s nettene.", nights) % {"nights": nights}
    return ngettext(
        "%(count)s prosjekt viste noe annet enn opplysningene tilsa. Det er rettet.",
        "%(count)s prosjekter viste noe annet enn opplysningene tilsa. Det er rettet.",
        count,
    ) % {"count": number(count)}


def _missed(minutes: int, nights: int) -> str:
    if not (minutes or nights):
        return _("Ingen.")
    return _("%(minutes)s av minuttene det siste døgnet og %(nights)s av de siste 30 nettene.") % {
        "minutes": number(minutes),
        "nights": number(nights),
    }
