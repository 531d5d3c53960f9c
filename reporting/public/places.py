"""A municipality in public: its projects with approved results only, and its numbers over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from municipalities.models import Municipality
from municipalities.queries import lineage
from reporting.public.queries import Listed, listed_projects
from reporting.public.results import Approved, approved


@dataclass(frozen=True, slots=True)
class PlaceProject:
    """A project of the municipality's area. `of`: the part of today's municipality it is of, where that had a name
    of its own; `others`: whom it is a joint project with.
    """

    item: Listed
    results: Approved | None
    of: list[str]
    others: list[str]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A municipality by one of its numbers; `units` are what its area was and became, oldest first."""

    municipality: Municipality
    units: Sequence[Municipality]
    projects: list[PlaceProject]


def place_page(number: str, today: date) -> PlacePage | None:
    """The municipality with a number, the newest one if it has been used again; None for a number nobody has had.

    Six queries at most. `today`: whose place names are now.
    """
    units = lineage()
    having = [unit for unit in units.units.values() if unit.number == number]
    if not having:
        return None
    one = max(having, key=lambda unit: unit.valid_from)
    after = [unit for unit in units.of(one.pk) if unit.valid_from <= today or unit.pk == one.pk]
    before = [unit for unit in units.units.values() if unit.pk != one.pk and one in units.of(unit.pk)]
    area = {unit.pk for unit in (*before, *after)}
    found = [item for item in listed_projects(today, units=units) if area & {place.then.pk for place in item.places}]
    results = {row.project.pk: row for row in approved([item.project for item in found])}
    shown = [_shown(item, results.get(item.project.pk), area, one) for item in found]
    ordered = sorted((*before, *after), key=lambda unit: (unit.valid_from, unit.number))
    return PlacePage(one, ordered, shown)


def _shown(item: Listed, results: Approved | None, area: set[int], one: Municipality) -> PlaceProject:
    here = [place.then for place in item.places if place.then.pk in area]
    return PlaceProject(
        item=item,
        results=results,
        of=[unit.name for unit in here if unit.name != one.name],
        others=[place.then.name for place in item.places if place.then.pk not in area],
    )
