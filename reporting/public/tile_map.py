"""The tile map: one tile a county, one mark a project."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from municipalities.models import County, Municipality
from municipalities.queries import counties_on_map
from reporting.public.queries import Listed


@dataclass(frozen=True, slots=True)
class Tile:
    """A county and its projects, the confirmed first."""

    county: County
    projects: list[Listed]

    @property
    def unresolved(self) -> int:
        """How many of them are not confirmed."""
        return sum(not item.is_confirmed for item in self.projects)


def tiles(listed: Iterable[Listed], day: date) -> list[Tile]:
    """The counties of a date; a project lies in every county its municipalities belonged to then."""
    projects: dict[int, list[Listed]] = {}
    for item in sorted(listed, key=lambda item: not item.is_confirmed):
        for county in {_county_on(place.chain, day) for place in item.places}:
            projects.setdefault(county, []).append(item)
    return [Tile(county, projects.get(county.pk, [])) for county in counties_on_map(day)]


def _county_on(chain: tuple[Municipality, ...], day: date) -> int:
    begun = [unit for unit in chain if unit.valid_from <= day]
    return (begun or chain)[-1 if begun else 0].county_id
