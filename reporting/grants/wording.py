"""The grant in words: the answer, what is missing and where it is mended, and refusals with their numbers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.grants.actions import Overpaid, PaidTooEarly, SpentMoreThanKnown
from reporting.grants.kinds import Kind
from reporting.grants.models import Entry, GrantAccount
from reporting.grants.readiness import Answer, Missing
from saman import formatting

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

# The answer's word, colour and icon.
ANSWERS: dict[Answer, tuple["Words", str, str]] = {
    Answer.YES: (gettext_lazy("Klart for utbetaling"), "success", "check"),
    Answer.NO: (gettext_lazy("Ikke klart for utbetaling"), "warning", "warn"),
    Answer.UNKNOWN: (gettext_lazy("Ikke kjent om det er klart"), "neutral", "mangler"),
    Answer.DONE: (gettext_lazy("Alt er utbetalt"), "info", "check"),
}
# Headings of the forms: a new row, and one that is corrected.
HEADINGS: dict[str, tuple["Words", "Words"]] = {
    "promise": (gettext_lazy("Registrer tilsagn"), gettext_lazy("Rett tilsagnet")),
    "condition": (gettext_lazy("Legg til vilkår"), gettext_lazy("Rett vilkåret")),
    "payment": (gettext_lazy("Registrer utbetaling"), gettext_lazy("Rett utbetalingen")),
    "funding": (gettext_lazy("Registrer annen finansiering"), gettext_lazy("Rett finansieringen")),
    "account": (gettext_lazy("Registrer regnskap"), gettext_lazy("Rett regnskapet")),
}
_ON_PAGE = {"no_promise": "tilsagn", "account_missing": "regnskap", "account_not_approved": "regnskap"}


def kroner(amount: int | None) -> str:
    """An amount with its unit: 250 000 kr; a dash when there is none."""
    return formatting.with_unit(amount if amount is None else formatting.number(amount), "kr")


def missing_words(each: Missing) -> str:
    """One thing that is missing, as a sentence."""
    words = {
        "no_promise": _("Ingen tilsagn er registrert."),
        "condition_not_met": _("Vilkåret er ikke oppfylt: %(about)s"),
        "condition_not_judged": _("Fristen for vilkåret er ute, og ingen har vurdert det: %(about)s"),
        "report_missing": _("%(about)s er ikke levert. Fristen var %(day)s."),
        "report_returned": _("%(about)s er sendt tilbake og ikke levert på nytt."),
        "report_not_read": _("%(about)s er levert, men ikke godkjent."),
        "account_missing": _("Regnskapet for %(about)s mangler."),
        "account_not_approved": _("Regnskapet for %(about)s er ikke godkjent av prosjekteier."),
    }
    return words[each.code] % {"about": each.about, "day": formatting.day(each.due_on)}


def missing_link(each: Missing, slug: str, *, is_administrator: bool = False) -> str:
    """Where it is mended; nothing where the reader cannot go there."""
    if each.code.startswith("report"):
        return "" if is_administrator else reverse("report_list", args=[slug])
    anchor = f"vilkar-{each.pk}" if each.code.startswith("condition") else _ON_PAGE[each.code]
    return reverse("grant", args=[slug]) + f"#{anchor}"


def overpaid_words(refused: Overpaid) -> str:
    """Why an amount is refused, with the numbers."""
    if refused.promised is None:
        return _("Ingen tilsagn er registrert, så ingenting kan være utbetalt. Da er %(paid)s for mye.") % {
            "paid": kroner(refused.paid)
        }
    return _("Da er %(paid)s utbetalt, men bare %(promised)s lovet. Det er %(over)s for mye.") % {
        "paid": kroner(refused.paid),
        "promised": kroner(refused.promised),
        "over": kroner(refused.paid - refused.promised),
    }


def early_words(refused: PaidTooEarly) -> str:
    """Why a date is refused."""
    return _("Det første tilsagnet er fra %(promised)s, og penger kan ikke være utbetalt før det (%(paid)s).") % {
        "promised": formatting.day(refused.promised_on),
        "paid": formatting.day(refused.paid_on),
    }


def spent_words(refused: SpentMoreThanKnown) -> str:
    """What is asked of an amount above what the project is known to have."""
    return _(
        "Da er %(spent)s brukt til sammen, men prosjektet har bare %(known)s i tilsagn og annen finansiering. "
        "Rett beløpet, registrer finansieringen som mangler, eller kryss av for at det er riktig."
    ) % {"spent": kroner(refused.spent), "known": kroner(refused.known)}


def corrected_words(entry: Entry) -> str:
    """What follows when a row has been corrected."""
    if isinstance(entry, GrantAccount) and entry.approved_at is not None:
        return _("Raden er rettet. Prosjekteieren må godkjenne regnskapet på nytt.")
    return _("Raden er rettet.")


def differences(kind: Kind, stored: Entry, typed: Mapping[str, Any], labels: Mapping[str, str]) -> list[Any]:
    """(field, what it says now, what was typed) where the two differ."""
    pairs = [(name, getattr(stored, name), typed[name]) for name in kind.columns]
    return [(labels[name], _shown(name, now), _shown(name, mine)) for name, now, mine in pairs if now != mine]


def _shown(name: str, value: Any) -> str:
    if name in ("amount", "spent"):
        return kroner(value)
    return formatting.day(value) if name.endswith("_on") else str(value)
