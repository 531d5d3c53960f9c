"""The product's list of counties and municipalities over time."""

from collections import Counter
from datetime import date, timedelta

import pytest

from municipalities import units

START = date(2013, 1, 1)
TODAY = date(2024, 6, 1)
REFORMS = {date(2016, 12, 31), date(2017, 12, 31), date(2019, 12, 31), date(2023, 12, 31)}


def _exists(unit, day):
    return unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to)


@pytest.mark.parametrize(("year", "count"), [(2013, 19), (2018, 18), (2020, 11), (2024, 15)])
def test_there_are_as_many_counties_as_there_were(year, count):
    here = [county for county in units.counties() if _exists(county, date(year, 7, 1))]
    assert len(here) == len({county.number for county in here}) == count
    assert len({(county.tile_row, county.tile_column) for county in here}) == count


def test_numbers_are_text_of_fixed_length():
    assert {len(county.number) for county in units.counties()} == {2}
    assert {len(unit.number) for unit in units.municipalities()} == {4}
    assert "0217" in {unit.number for unit in units.municipalities()}


def test_every_municipality_lies_in_a_county_of_its_time():
    counties = units.counties()
    for unit in units.municipalities():
        assert [c.name for c in counties if c.number == unit.county_number and _exists(c, unit.valid_from)], unit


def test_sixty_municipalities_of_2013_lead_to_sixty_different_ones_today():
    listed = {(unit.number, unit.valid_from): unit for unit in units.municipalities()}
    ends = []
    for unit in [unit for unit in listed.values() if unit.valid_from == START]:
        while unit.successor:
            assert unit.valid_to in REFORMS
            unit = listed[unit.successor, unit.valid_to + timedelta(days=1)]
        ends.append(unit)
    assert len(ends) == len({unit.number for unit in ends}) == 60
    assert all(_exists(unit, TODAY) for unit in ends)


def test_a_unit_that_ended_has_a_successor_and_one_that_lasts_has_none():
    assert all(bool(unit.valid_to) == bool(unit.successor) for unit in units.municipalities())


def test_mergers_and_new_names_are_followed():
    today = Counter(unit.name for unit in units.municipalities() if unit.valid_to is None)
    assert {"Nordre Follo", "Lillestrøm", "Hustadvika", "Fjord", "Indre Fosen", "Færder", "Senja"} <= today.keys()
    assert not {"Oppegård", "Sørum", "Fræna", "Stordal", "Rissa", "Nøtterøy", "Lenvik", "Andebu"} & today.keys()
