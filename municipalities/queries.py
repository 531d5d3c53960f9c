"""Questions about municipalities over time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from municipalities.models import County, Municipality


@dataclass(frozen=True, slots=True)
class Lineage:
    """Every municipality with its successors, loaded once, so that pages can follow a merger without asking again."""

    units: dict[int, Municipality]

    def of(self, pk: int) -> list[Municipality]:
        """A municipality and what its area became, oldest first."""
        chain: list[Municipality] = []
        following: int | None = pk
        while following is not None and all(unit.pk != following for unit in chain):
            chain.append(self.units[following])
            following = chain[-1].successor_id
        return chain

    def on(self, pk: int, day: date) -> Municipality:
        """What a municipality's area had become by a date."""
        begun = [unit for unit in self.of(pk) if unit.valid_from <= day]
        return begun[-1] if begun else self.units[pk]


def lineage() -> Lineage:
    """All municipalities with their counties, in one query."""
    return Lineage({unit.pk: unit for unit in Municipality.objects.select_related("county")})


def municipalities_by_number() -> dict[str, list[Municipality]]:
    """All municipalities by the numbers they have had, in one query."""
    found: dict[str, list[Municipality]] = defaultdict(list)
    for unit in Municipality.objects.all():
        found[unit.number].append(unit)
    return dict(found)


def place_in(places: Mapping[str, Sequence[Municipality]], number: str, year: int) -> Municipality | None:
    """The one that had a number at the start of a year, which is when figures of a year are about; None: nobody."""
    day = date(year, 1, 1)
    for unit in places.get(number, ()):
        if unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to):
            return unit
    return None


def counties_on_map(day: date) -> list[County]:
    """The counties of a date that have a place on the tile map, from north-west to south-east."""
    rows = County.objects.filter(valid_from__lte=day, tile_row__isnull=False, tile_column__isnull=False)
    here = [county for county in rows if county.valid_to is None or county.valid_to >= day]
    return sorted(here, key=lambda county: (county.tile_row, county.tile_column))
