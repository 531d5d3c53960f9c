"""Published figures about municipalities: stored once for a year, corrected in place, and never half of a file."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.actor import Actor, NotAllowed, system
from journal.models import AuditEvent
from municipalities.actions import Loaded, load_facts
from municipalities.fact_files import FactUnit
from municipalities.models import MunicipalityFact
from tests import factories
from tests.factories import START, noon

pytestmark = pytest.mark.django_db
BY = system(noon(START))
HEAD = "number;year;kind;value;unit;source"


@pytest.fixture
def place():
    return factories.municipality("Vik", number="9101", valid_from=date(2013, 1, 1), valid_to=date(2019, 12, 31))


@pytest.fixture
def load(tmp_path, capsys):
    """`load("9101;2014;…")`: what the command says of a file with these rows."""

    def run(*rows, head=HEAD):
        path = tmp_path / "facts.csv"
        path.write_text("\n".join([head, *rows]), encoding="utf-8")
        call_command("load_municipality_facts", path)
        return capsys.readouterr().out

    return run


def stored():
    return [(row.municipality.name, row.kind, row.year, row.value) for row in MunicipalityFact.objects.all()]


def test_a_file_is_loaded_once_and_corrected_in_place(place, load):
    rows = ["9101;2014;population;2 510;people;SSB 07459", "9101;2014;share_67;18,25;per_cent;SSB 07459"]
    assert "3 added, 0 changed" in load(*rows, "9101;2014;centrality;612;index;SSB")
    assert len(stored()) == 3
    events = AuditEvent.objects.count()
    assert "0 added, 0 changed" in load(*rows)
    assert AuditEvent.objects.count() == events
    assert "0 added, 1 changed" in load("9101;2014;share_67;18,3;per_cent;SSB 07459")
    assert ("Vik", "share_67", 2014, Decimal("18.3")) in stored()
    assert AuditEvent.objects.count() == events + 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("101;2014;population;2510;people;SSB", "line 3: number"),
        ("9102;2014;population;2510;people;SSB", "line 3: no municipality known here had the number 9102"),
        ("9101;2020;population;2510;people;SSB", "line 3: no municipality known here"),
        ("9101;14;population;2510;people;SSB", "line 3: year"),
        ("9101;2014;inhabitants;2510;people;SSB", "line 3: kind"),
        ("9101;2014;share_67;18;people;SSB", "line 3: unit"),
        ("9101;2014;population;;people;SSB", "line 3: value"),
        ("9101;2014;population;0;people;SSB", "line 3: value"),
        ("9101;2014;population;2510,5;people;SSB", "line 3: value"),
        ("9101;2014;population;2.510;people;SSB", "line 3: value"),
        ("9101;2014;share_67;101;per_cent;SSB", "line 3: value"),
        ("9101;2014;centrality;7;class;SSB", "line 3: value"),
        ("9101;2014;population;2510;people;", "line 3: source"),
        ("9101;2015;population;2600;people;SSB", "line 3: says the same as line 2"),
        ("9101", "line 3: year"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_nothing_is_written(place, load, row, said):
    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        load("9101;2015;population;2520;people;SSB", row)
    assert said in str(refused.value)
    assert stored() == []


@pytest.mark.parametrize("head", ["number;year;kind;value;unit", "a;b", ""])
def test_a_file_without_its_columns_is_refused(place, load, head):
    with pytest.raises(CommandError):
        load("9101;2015;population;2520;people;SSB", head=head)
    assert stored() == []


def test_a_file_that_is_no_table_or_is_not_there_is_refused(tmp_path):
    path = tmp_path / "facts.csv"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_municipality_facts", path)
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError):
        call_command("load_municipality_facts", path)


def test_the_database_refuses_a_figure_outside_its_unit(place):
    for kind, unit, value in (("population", "people", 0), ("share_67", "per_cent", 101), ("centrality", "class", 7),
                              ("population", "per_cent", 5)):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            MunicipalityFact.objects.create(
                municipality=place, kind=kind, year=2014, value=value, unit=unit, source="SSB", recorded_at=BY.now
            )


def test_only_an_administrator_or_the_system_loads(place, stranger):
    unit = FactUnit("9101", 2014, "population", Decimal(2510), "people", "SSB")
    with pytest.raises(NotAllowed):
        load_facts(by=Actor(user=stranger, now=noon(START)), units=[unit])
    assert load_facts(by=BY, units=[unit]) == Loaded(1, 0)
