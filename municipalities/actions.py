"""The writer of counties and municipalities: the product's own list, and what an administrator adds to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from accounts.actor import Actor, check_administrator
from journal.actions import record
from municipalities.fact_files import FactUnit
from municipalities.models import County, Municipality, MunicipalityFact
from municipalities.queries import municipalities_by_number, place_in
from municipalities.units import CountyUnit, MunicipalityUnit


class NumberTaken(Exception):
    """Another municipality has, or will have, this number then."""


class NoSuchCounty(Exception):
    """No county begins with these two digits then."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were new, and how many were brought into line with the list."""

    added: int
    changed: int


@transaction.atomic
def load_counties(*, by: Actor, units: Iterable[CountyUnit]) -> Loaded:
    """Bring the counties into line with a list; none is ever removed. Raises NotAllowed."""
    check_administrator(by)
    known = {(row.number, row.valid_from): row for row in County.objects.all()}
    outcomes = [
        _bring(
            County,
            known.get((unit.number, unit.valid_from)),
            {"number": unit.number, "valid_from": unit.valid_from},
            {
                "name": unit.name,
                "valid_to": unit.valid_to,
                "tile_row": unit.tile_row,
                "tile_column": unit.tile_column,
            },
        )
        for unit in units
    ]
    return _note(by, "counties", outcomes)


@transaction.atomic
def load_municipalities(*, by: Actor, units: Iterable[MunicipalityUnit]) -> Loaded:
    """Bring the municipalities into line with a list, the youngest first so that successors are there to point at.

    None is ever removed. Raises NotAllowed, County.DoesNotExist, KeyError for a successor that is not in the list.
    """
    check_administrator(by)
    known = {(row.number, row.valid_from): row for row in Municipality.objects.all()}
    counties = {(row.number, row.valid_from): row for row in County.objects.all()}
    ids = {key: row.pk for key, row in known.items()}
    outcomes = []
    for unit in sorted(units, key=lambda unit: unit.valid_from, reverse=True):
        key = (unit.number, unit.valid_from)
        facts = {
            "name": unit.name,
            "county_id": _county_id(unit, counties.values()),
            "valid_to": unit.valid_to,
            "successor_id": _successor_id(unit, ids),
        }
        outcomes.append(_bring(Municipality, known.get(key), {"number": unit.number, "valid_from": key[1]}, facts))
        ids.setdefault(key, outcomes[-1][1])
    return _note(by, "municipalities", outcomes)


@transaction.atomic
def add_municipality(*, by: Actor, number: str, name: str, valid_from: date) -> Municipality:
    """Add a municipality the list lacks; its county follows from the number.

    Raises NotAllowed, NumberTaken, NoSuchCounty.
    """
    check_administrator(by)
    if Municipality.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), number=number).exists():
        raise NumberTaken(number)
    counties = County.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), valid_from__lte=valid_from)
    county = counties.filter(number=number[:2]).first()
    if county is None:
        raise NoSuchCounty(number[:2])
    try:
        with transaction.atomic():
            made = Municipality.objects.create(number=number, name=name, county=county, valid_from=valid_from)
    except IntegrityError as error:
        raise NumberTaken(number) from error
    record(
        stream="municipalities",
        action="municipality_added",
        obj=("municipality", made.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"number": number, "from": valid_from},
    )
    return made


@transaction.atomic
def load_facts(*, by: Actor, units: Iterable[FactUnit]) -> Loaded:
    """Store published figures about municipalities; one that is there already for its year is brought into line.

    None is ever removed. Raises NotAllowed, Municipality.DoesNotExist for a number no municipality had that year.
    """
    check_administrator(by)
    known = {(row.municipality_id, row.kind, row.year): row for row in MunicipalityFact.objects.all()}
    places = municipalities_by_number()
    outcomes = []
    for unit in units:
        place = place_in(places, unit.number, unit.year)
        if place is None:
            raise Municipality.DoesNotExist(unit.number)
        row = known.get((place.pk, unit.kind, unit.year))
        said = {"value": unit.value, "unit": unit.unit, "source": unit.source}
        is_same = row is not None and all(getattr(row, name) == value for name, value in said.items())
        if not is_same:
            MunicipalityFact.objects.update_or_create(
                municipality=place, kind=unit.kind, year=unit.year, defaults={**said, "recorded_at": by.now}
            )
        outcomes.append(("same" if is_same else "added" if row is None else "changed", place.pk))
    return _note(by, "municipality_facts", outcomes)


def _county_id(unit: MunicipalityUnit, counties: Iterable[County]) -> int:
    for county in counties:
        ends = county.valid_to
        if (
            county.number == unit.county_number
            and county.valid_from <= unit.valid_from
            and (ends is None or unit.valid_from <= ends)
        ):
            return county.pk
    raise County.DoesNotExist(unit.county_number)


def _successor_id(unit: MunicipalityUnit, ids: dict[tuple[str, Any], int]) -> int | None:
    if not unit.successor or unit.valid_to is None:
        return None
    return ids[unit.successor, unit.valid_to + timedelta(days=1)]


def _bring(
    model: type[models.Model], row: models.Model | None, key: dict[str, Any], facts: dict[str, Any]
) -> tuple[str, int]:
    """Add a row or bring it into line; «added», «changed» or «same», and its id."""
    manager = model._default_manager
    if row is None:
        return "added", manager.create(**key, **facts).pk
    if all(getattr(row, name) == value for name, value in facts.items()):
        return "same", row.pk
    manager.filter(pk=row.pk).update(**facts)
    return "changed", row.pk


def _note(by: Actor, kind: str, outcomes: list[tuple[str, int]]) -> Loaded:
    words = [word for word, _ in outcomes]
    loaded = Loaded(added=words.count("added"), changed=words.count("changed"))
    if loaded != Loaded(0, 0):
        record(
            stream=kind,
            action=f"{kind}_loaded",
            obj=(kind, "all"),
            actor_id=by.user_id,
            at=by.now,
            request_id=by.request_id,
            data={"added": loaded.added, "changed": loaded.changed},
        )
    return loaded
