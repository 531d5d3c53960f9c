"""Loading counties and municipalities."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.actor import Actor, NotAllowed, system
from journal.models import AuditEvent
from municipalities import units
from municipalities.actions import Loaded, load_counties, load_municipalities
from municipalities.models import Municipality
from municipalities.queries import counties_on_map, lineage
from tests.factories import START, noon

BY = system(noon(START))


@pytest.fixture
def places(db):
    load_counties(by=BY, units=units.counties())
    load_municipalities(by=BY, units=units.municipalities())


def _one(number, on=START):
    return Municipality.objects.with_number(number, on)


def test_a_second_load_changes_nothing_and_leaves_no_trace(places):
    events = AuditEvent.objects.count()
    assert load_counties(by=BY, units=units.counties()) == Loaded(0, 0)
    assert load_municipalities(by=BY, units=units.municipalities()) == Loaded(0, 0)
    assert AuditEvent.objects.count() == events


def test_a_corrected_list_corrects_the_row(places):
    mended = [replace(unit, name="Røst herad") if unit.number == "1856" else unit for unit in units.municipalities()]
    assert load_municipalities(by=BY, units=mended) == Loaded(0, 1)
    assert _one("1856").name == "Røst herad"


@pytest.mark.parametrize(
    ("number", "names"),
    [
        ("0217", ["Oppegård", "Nordre Follo", "Nordre Follo"]),
        ("0719", ["Andebu", "Sandefjord", "Sandefjord", "Sandefjord"]),
        ("1505", ["Kristiansund"]),
        ("1630", ["Åfjord", "Åfjord", "Åfjord"]),
    ],
)
def test_a_merger_is_followed_to_the_present(places, number, names):
    assert [unit.name for unit in lineage().of(_one(number).pk)] == names


def test_one_asks_what_a_place_was_called_on_a_date(places):
    sorum = _one("0226")
    assert lineage().on(sorum.pk, date(2019, 12, 31)).name == "Sørum"
    assert lineage().on(sorum.pk, date(2020, 1, 1)).name == "Lillestrøm"
    assert lineage().on(sorum.pk, date(2012, 1, 1)).name == "Sørum"


def test_the_map_of_a_date_has_the_counties_of_that_date(places):
    before, after = counties_on_map(START), counties_on_map(date(2024, 1, 1))
    assert len(before) == 19
    assert {"Oslo", "Aust-Agder"} <= {county.name for county in before}
    assert len(after) == 15
    assert before[0].name == "Troms"


def test_only_an_administrator_or_the_system_loads(db, stranger):
    with pytest.raises(NotAllowed):
        load_counties(by=Actor(user=stranger, now=noon(START)), units=[])
