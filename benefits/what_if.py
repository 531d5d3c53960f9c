"""«Hva om»: what a target would mean before it is fixed, for people and årsverk, and whether it could be seen at all.

Figures are rounded orders of magnitude, worked out from the number of people alone, and are never stored.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.actions.targets import Definition
from benefits.detectability import Detectability, detectability
from benefits.models import TargetVersion
from benefits.shares import PERCENT
from saman import formatting

WORKDAYS = 230  # a year's working days of one årsverk, holidays taken off
Kind = TargetVersion.Kind


@dataclass(frozen=True, slots=True)
class Alternative:
    """One target that might have been set: its value, what it would mean, and whether it would be seen."""

    value: Decimal
    change: Decimal
    meaning: str
    seen: str  # chance, perhaps or seen; empty where it cannot be told
    is_chosen: bool


def what_if(definition: Definition) -> list[Alternative]:
    """Half the way, the target itself, and the smallest change that is nearly always seen; none without a way."""
    baseline = definition.baseline_value
    if definition.is_kept or baseline is None or not definition.values or definition.population is None:
        return []
    final = definition.values[-1][1]
    way = final - baseline
    if not way or not _meaning(definition, way):
        return []
    found = detectability(definition)
    changes = {_rounded(way / 2), way}
    if found is not None:
        changes.add(_rounded(Decimal(str(found.seen)) * (1 if way > 0 else -1)))
    changes.discard(Decimal(0))
    possible = [change for change in changes if _is_possible(definition, baseline + change)]
    return [
        Alternative(baseline + change, change, _meaning(definition, change), _seen(change, found), change == way)
        for change in sorted(possible, key=abs)
    ]


def _is_possible(definition: Definition, value: Decimal) -> bool:
    return value >= 0 and (definition.unit != PERCENT or value <= 100)


def _rounded(change: Decimal) -> Decimal:
    return change.quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def _seen(change: Decimal, found: Detectability | None) -> str:
    if found is None:
        return ""
    size = abs(float(change))
    if size < found.chance:
        return "chance"
    return "seen" if size >= found.seen - 0.05 else "perhaps"


def _meaning(definition: Definition, change: Decimal) -> str:
    """What a change comes to for this many people; empty where the figure says nothing of people."""
    people, size = Decimal(definition.population or 0), abs(change)
    if definition.kind == Kind.ABSENCE_RATE:
        return _absence(people * size / 100, size * WORKDAYS / 100, change)
    if definition.kind == Kind.MEAN and definition.unit == PERCENT:
        years = people * size / 100
        return _("om lag %(years)s årsverk") % {"years": formatting.number(years, 1)}
    if definition.kind in (Kind.REGISTER_SHARE, Kind.SURVEY_SHARE) and definition.unit == PERCENT:
        count = max(round(people * size / 100), 1)
        values = {"count": formatting.number(count), "all": formatting.number(people)}
        if change > 0:
            return ngettext("%(count)s flere av %(all)s", "%(count)s flere av %(all)s", count) % values
        return ngettext("%(count)s færre av %(all)s", "%(count)s færre av %(all)s", count) % values
    return ""


def _absence(years: Decimal, days: Decimal, change: Decimal) -> str:
    values = {"years": formatting.number(years, 1), "days": formatting.number(days, 1)}
    if change < 0:
        return _("om lag %(years)s årsverk mer på jobb, %(days)s dager per ansatt i året") % values
    return _("om lag %(years)s årsverk mindre på jobb, %(days)s dager per ansatt i året") % values
