"""The invented figures about municipalities: seeded by their number, none of them anybody's real figure."""

import random
from datetime import date
from decimal import Decimal

from accounts.actor import system
from municipalities.actions import load_facts
from municipalities.fact_files import FactUnit
from municipalities.models import MunicipalityFact
from projects.models import Programme
from reporting.demo.lives import SEED
from reporting.demo.timeline import at

YEAR, LOADED = 2014, date(2014, 3, 3)
SOURCE = "Eksempeldata"
WITHOUT = frozenset({"1526"})  # nobody has entered anything about this one
Kind, Unit = MunicipalityFact.Kind, MunicipalityFact.Unit


def tell(programme: Programme) -> None:
    """Three figures about each municipality of the programme but one."""
    numbers = programme.cohorts.values_list("projects__municipalities__number", flat=True)
    units = [unit for number in sorted({one for one in numbers if one} - WITHOUT) for unit in _invented(number)]
    load_facts(by=system(at(LOADED, 9)), units=units)


def _invented(number: str) -> list[FactUnit]:
    """The smaller, the older and the less central, with exceptions."""
    draw = random.Random(f"{SEED}/facts/{number}")
    people = round(10 ** draw.uniform(3.1, 4.6))
    share = Decimal(str(round(min(26.0, max(9.0, 24 - 6 * (people / 40_000) ** 0.5 + draw.gauss(0, 2))), 1)))
    index = round(min(990, max(380, 420 + 110 * (people / 4_000) ** 0.5 + draw.gauss(0, 60))))
    said = (
        (Kind.POPULATION, Decimal(people), Unit.PEOPLE),
        (Kind.SHARE_67, share, Unit.PER_CENT),
        (Kind.CENTRALITY, Decimal(index), Unit.INDEX),
    )
    return [FactUnit(number, YEAR, str(kind), value, str(unit), SOURCE) for kind, value, unit in said]
