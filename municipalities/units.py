"""Reads the product's own list of counties and municipalities over time (municipalities/data/)."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class CountyUnit:
    """A county in the years it had this number, and its place on the tile map."""

    number: str
    name: str
    valid_from: date
    valid_to: date | None
    tile_row: int
    tile_column: int


@dataclass(frozen=True, slots=True)
class MunicipalityUnit:
    """A municipality in the years it had this number and name; `successor` is the number its area got next."""

    number: str
    name: str
    valid_from: date
    valid_to: date | None
    successor: str

    @property
    def county_number(self) -> str:
        """The county's number: the first two digits."""
        return self.number[:2]


def counties() -> list[CountyUnit]:
    """All counties since 2013."""
    return [
        CountyUnit(
            number=row["number"],
            name=row["name"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            tile_row=int(row["tile_row"]),
            tile_column=int(row["tile_column"]),
        )
        for row in _rows("counties.csv")
    ]


def municipalities() -> list[MunicipalityUnit]:
    """The municipalities of the catalogue since 2013, and what they became."""
    return [
        MunicipalityUnit(
            number=row["number"],
            name=row["name"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            successor=row["successor"],
        )
        for row in _rows("municipalities.csv")
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))
