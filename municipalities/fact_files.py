"""Reads published figures about municipalities from a table: every row is right, or all are refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from municipalities.models import MunicipalityFact
from municipalities.queries import municipalities_by_number, place_in
from saman.parsing import InvalidNumber, InvalidText, clean_text, parse_decimal
from saman.tables import Table

COLUMNS = ("number", "year", "kind", "value", "unit", "source")
EARLIEST, LATEST = 1950, 2100
Kind, Unit = MunicipalityFact.Kind, MunicipalityFact.Unit
# Which units a kind is given in, and between which values, ends included
BOUNDS: dict[tuple[str, str], tuple[int, int]] = {
    (Kind.POPULATION, Unit.PEOPLE): (1, 2_000_000),
    (Kind.SHARE_67, Unit.PER_CENT): (0, 100),
    (Kind.CENTRALITY, Unit.INDEX): (0, 1000),
    (Kind.CENTRALITY, Unit.CLASS): (1, 6),
}
WHOLE = (Unit.PEOPLE, Unit.CLASS)


@dataclass(frozen=True, slots=True)
class FactUnit:
    """One figure about the municipality that had a number in a year; see `MunicipalityFact`."""

    number: str
    year: int
    kind: str
    value: Decimal
    unit: str
    source: str


class BadRows(ValueError):
    """The table cannot be used. `faults`: a line of the file, and what is wrong in it, for each fault."""

    def __init__(self, faults: Sequence[tuple[int, str]]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def read_facts(table: Table) -> list[FactUnit]:
    """The figures of a table whose first row names the columns in `COLUMNS`, in any order. Raises BadRows."""
    if not table.rows:
        raise BadRows([(1, f"no rows; the first names the columns {', '.join(COLUMNS)}")])
    first, *rows = table.rows
    head = [cell.strip().lower() for cell in first.cells]
    if lacking := [name for name in COLUMNS if name not in head]:
        raise BadRows([(first.number, f"no column called {', '.join(lacking)}")])
    places = municipalities_by_number()
    faults: list[tuple[int, str]] = []
    found: dict[tuple[str, int, str], tuple[int, FactUnit]] = {}
    for row in rows:
        try:
            unit = _unit(dict(zip(head, (*row.cells, *[""] * len(head)), strict=False)))
            if place_in(places, unit.number, unit.year) is None:
                raise ValueError(f"no municipality known here had the number {unit.number} on 1 January {unit.year}")
            key = (unit.number, unit.year, unit.kind)
            if key in found:
                raise ValueError(f"says the same as line {found[key][0]}: {unit.number}, {unit.year}, {unit.kind}")
        except ValueError as error:
            faults.append((row.number, _words(error)))
        else:
            found[key] = (row.number, unit)
    if faults:
        raise BadRows(faults)
    if not found:
        raise BadRows([(first.number, "no rows below the names of the columns")])
    return [unit for _line, unit in found.values()]


def _unit(cells: dict[str, str]) -> FactUnit:
    """One row. Raises ValueError that says what is wrong."""
    number, year, kind, unit = (cells[name].strip() for name in ("number", "year", "kind", "unit"))
    if not (len(number) == 4 and number.isascii() and number.isdecimal()):
        raise ValueError(f"number: {number!r} is not the four digits of a municipality, such as 0301")
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and EARLIEST <= int(year) <= LATEST):
        raise ValueError(f"year: {year!r} is not a year")
    if kind not in Kind.values:
        raise ValueError(f"kind: {kind!r} is none of {', '.join(Kind.values)}")
    if (kind, unit) not in BOUNDS:
        known = ", ".join(str(one) for of, one in BOUNDS if of == kind)
        raise ValueError(f"unit: {unit!r} is not a unit of {kind}; that is {known}")
    value, (low, high) = parse_decimal(cells["value"]), BOUNDS[kind, unit]
    if not low <= value <= high:
        raise ValueError(f"value: {value} is not from {low} to {high}")
    if unit in WHOLE and value != value.to_integral_value():
        raise ValueError(f"value: {value} is not a whole number")
    if value != round(value, 4):
        raise ValueError(f"value: {value} has more than four decimals")
    source = clean_text(cells["source"], 120)
    if not source:
        raise ValueError("source: empty; say where the figure was published")
    return FactUnit(number, int(year), kind, value, unit, source)


def _words(error: ValueError) -> str:
    """What is wrong; a reader of numbers or texts says it in its own words."""
    if isinstance(error, InvalidNumber):
        return f"value: {error.message}"
    return f"source: {error.message}" if isinstance(error, InvalidText) else str(error)
