"""Words about the ledger of freed time: amounts, refusals with their numbers, and what differs between two texts."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.actions.allocations import CutAndRedeployed, OutsidePost
from benefits.actions.freed_time import BelowUse, Post, UseOutside
from benefits.models import FreedTimeVersion
from benefits.queries.freed_time import Balance, in_unit
from benefits.wording.values import Text
from saman import formatting

DECIMALS, FINE = 2, 3
COMPARED: dict[str, Text] = {
    "title": gettext_lazy("Hva frigir tiden?"),
    "amount": gettext_lazy("Hvor mye tid i året?"),
    "planned": gettext_lazy("Planlagt"),
    "posts": gettext_lazy("Stillinger"),
    "starts_on": gettext_lazy("Fri fra"),
    "ends_on": gettext_lazy("Fri til"),
    "note": gettext_lazy("Hvordan vet dere det?"),
}


def fte_number(amount: Decimal) -> str:
    """Årsverk as a number: two decimals at most, three where less would be nothing."""
    return formatting.number(round(amount, FINE if abs(amount) < Decimal("0.01") else DECIMALS))


def fte_text(amount: Decimal) -> str:
    """«2,4 årsverk»."""
    return formatting.with_unit(fte_number(amount), _("årsverk"))


def typed_text(version: FreedTimeVersion, fte: Decimal) -> str:
    """Årsverk in the unit of a post: «2,4 årsverk» or «4 200 timer i året»."""
    return formatting.with_unit(in_unit(version, fte), str(version.get_unit_display()))


def no_room_text(version: FreedTimeVersion, freed: Decimal, used: Decimal, left: Decimal) -> str:
    """Why more cannot be used, with the numbers."""
    return _("Du har %(freed)s frigitt og %(used)s disponert; %(left)s kan disponeres.") % {
        "freed": typed_text(version, freed),
        "used": formatting.number(in_unit(version, used)),
        "left": formatting.number(in_unit(version, left)),
    }


def outside_text(refused: OutsidePost) -> str:
    """Why the days of a use do not fit."""
    days = {"first": formatting.day(refused.first), "last": formatting.day(refused.last)}
    if refused.last is None:
        return _("Tiden er ikke fri før %(first)s.") % days
    return _("Tiden er fri fra %(first)s til %(last)s.") % days


def cut_text(refused: CutAndRedeployed) -> str:
    """Why the same hours cannot be used for something else."""
    return _(
        "Gevinst %(code)s er ført som budsjettvirkning, så disse timene er alt tatt ut i budsjettet. Velg "
        "budsjettreduksjon, eller endre gevinsten i planen."
    ) % {"code": refused.code}


def below_use_text(refused: BelowUse) -> str:
    """Why a post cannot say less."""
    return _("%(used)s er alt disponert %(day)s. Rett bruken først, eller skriv et tall som ikke er lavere.") % {
        "used": fte_text(refused.used),
        "day": formatting.day(refused.day),
    }


def use_outside_text(refused: UseOutside) -> str:
    """Why a post cannot last other days."""
    return _("Tiden er disponert fra %(first)s. Rett bruken først.") % {"first": formatting.day(refused.first)}


def chart_label(balance: Balance) -> str:
    """The chart in a sentence."""
    return _("Frigitt tid over tid. I dag er %(freed)s frigitt, og %(used)s av det er disponert.") % {
        "freed": fte_text(balance.freed),
        "used": fte_number(balance.used),
    }


def differences(current: FreedTimeVersion, typed: Post) -> list[tuple[str, str, str]]:
    """(field, what it says now, what was typed) where the two differ."""
    pairs = [(name, getattr(current, name), getattr(typed, name)) for name in COMPARED]
    return [(str(COMPARED[name]), _shown(now), _shown(then)) for name, now, then in pairs if now != then]


def _shown(value: Any) -> str:
    """A field's value as people read it."""
    if isinstance(value, Decimal | int):
        return formatting.number(value)
    return value if isinstance(value, str) else formatting.day(value)
