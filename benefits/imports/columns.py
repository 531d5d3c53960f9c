"""Which column of a file holds what, told by its heading in any of the three languages."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from benefits.periods import parse_period
from saman.parsing import Refused, parse_decimal
from saman.tables import Table, TableRow, Unreadable


class Column(StrEnum):
    """What a column may hold."""

    TARGET = "target"
    MUNICIPALITY = "municipality"
    ON = "on"
    VALUE = "value"
    UNIT = "unit"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    N = "n"
    SOURCE = "source"
    REFERENCE = "reference"
    NOTE = "note"
    PRELIMINARY = "preliminary"


HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.TARGET: ("mål", "effektmål", "mål nr", "target", "indikator", "indicator"),
    Column.MUNICIPALITY: ("kommune", "municipality"),
    Column.ON: ("dato", "når", "periode", "måledato", "målt", "tidspunkt", "år", "kvartal", "date", "period", "year"),
    Column.VALUE: ("verdi", "tall", "tal", "målt verdi", "resultat", "prosent", "value", "figure", "result"),
    Column.UNIT: ("enhet", "eining", "måleenhet", "unit"),
    Column.NUMERATOR: ("teller", "teljar", "numerator"),
    Column.DENOMINATOR: ("nevner", "nemnar", "denominator"),
    Column.N: (
        *("antall bak tallet", "talet på bak talet", "tal bak talet", "antall", "antal", "n", "antall ansatte"),
        *("antall svar", "number behind the figure", "people behind the figure", "number", "people"),
    ),
    Column.SOURCE: ("kilde", "kjelde", "source"),
    Column.REFERENCE: ("dokumentasjon", "referanse", "arkivreferanse", "evidence", "reference"),
    Column.NOTE: ("merknad", "merknader", "kommentar", "note", "notes", "comment"),
    Column.PRELIMINARY: ("foreløpig", "foreløpig tall", "førebels", "førebels tal", "preliminary"),
}
_KNOWN = {heading: column for column, headings in HEADINGS.items() for heading in headings}
_ROWS_LOOKED_AT = 15  # for the headings; a title and a few lines may stand above them


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column stands, the rows below the headings, and the headings nobody knows."""

    places: dict[Column, int]
    rows: tuple[TableRow, ...]
    unused: tuple[str, ...] = ()
    width: int = 0  # cells the headings cover

    def text(self, row: TableRow, column: Column) -> str:
        """What a row says in a column; empty where it says nothing."""
        place = self.places.get(column)
        return row.cells[place] if place is not None and place < len(row.cells) else ""


def layout_of(table: Table) -> Layout:
    """The columns of a table. Raises Unreadable when it has neither headings nor two columns that need none."""
    for position, row in enumerate(table.rows[:_ROWS_LOOKED_AT]):
        places = _places(row)
        if Column.ON in places and (Column.VALUE in places or Column.NUMERATOR in places):
            known = set(places.values())
            unused = [cell for place, cell in enumerate(row.cells) if cell and place not in known]
            width = max((place + 1 for place, cell in enumerate(row.cells) if cell), default=0)
            return Layout(places, table.rows[position + 1 :], tuple(unused), width)
    if table.rows and _is_plain(table.rows[0]):
        return Layout({Column.ON: 0, Column.VALUE: 1}, table.rows, (), 2)
    raise Unreadable(
        "no_headings",
        _("Fant ingen overskrifter. Den første raden må ha minst «Dato» og «Verdi», som i malen."),
    )


def _places(row: TableRow) -> dict[Column, int]:
    """The columns a row names, the first of each kind."""
    places: dict[Column, int] = {}
    for place, cell in enumerate(row.cells):
        column = _KNOWN.get(_heading(cell))
        if column is not None:
            places.setdefault(column, place)
    return places


def _heading(cell: str) -> str:
    """A heading without its unit in parentheses, signs and case: «Verdi (%)» is «verdi»."""
    plain = re.sub(r"\(.*?\)", " ", cell.replace("\ufeff", "")).casefold()
    return " ".join(re.sub(r"[^\w ]", " ", plain).split())


def _is_plain(row: TableRow) -> bool:
    """Whether a row is a date and a figure, so that the file needs no headings."""
    if len([cell for cell in row.cells if cell]) != 2 or not all(row.cells[:2]):
        return False
    try:
        parse_period(row.cells[0])
        parse_decimal(row.cells[1].removesuffix("%").strip())
    except Refused:
        return False
    return True
