"""Questions about municipalities over time."""

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


def counties_on_map(day: date) -> list[County]:
    """The counties of a date that have a place on the tile map, from north-west to south-east."""
    rows = County.objects.filter(valid_from__lte=day, tile_row__isnull=False, tile_column__isnull=False)
    here = [county for county in rows if county.valid_to is None or county.valid_to >= day]
    return sorted(here, key=lambda county: (county.tile_row, county.tile_column))
