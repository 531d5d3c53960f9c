"""Excel files (.xlsx): the first sheet people see, with what Excel last showed. Macros, links and formulas do nothing.

The file is a zip of XML, so what it unpacks to is measured before anything is unpacked.
"""

import io
import warnings
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from saman.tables import (
    DAY_ZERO,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Table,
    TableRow,
    Unreadable,
    too_many_rows,
)

LARGEST_UNPACKED = 20_000_000  # bytes of XML, all parts together
MOST_PARTS = 300
DAY_ZERO_1904 = date(1904, 1, 1)  # what old Macintosh files count from
FOUR_DECIMALS = Decimal("0.0001")
LAST_ROW = 10_000  # sheets are often formatted far below their last figure, but not this far


def table_of_workbook(content: bytes) -> Table:
    """The rows of a workbook's first visible sheet. Raises Unreadable."""
    _check_parts(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which are not read
            shown = _sheet(load_workbook(io.BytesIO(content), data_only=True, keep_links=False))
            written = _sheet(load_workbook(io.BytesIO(content), keep_links=False))
    except Unreadable:
        raise
    except Exception as error:  # whatever a damaged file makes the library raise
        raise Unreadable(
            "broken", _("Excel-filen er skadet. Åpne den i Excel, lagre den på nytt og prøv igjen.")
        ) from error
    merged = _merged(shown)
    if shown.max_row > LAST_ROW:
        raise too_many_rows()
    rows: list[TableRow] = []
    for number in range(1, shown.max_row + 1):
        row = _row(shown, written, number, merged)
        if not row.is_empty:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise too_many_rows()
    is_1904 = shown.parent.epoch == CALENDAR_MAC_1904
    return Table(tuple(rows), DAY_ZERO_1904 if is_1904 else DAY_ZERO)


def _check_parts(content: bytes) -> None:
    """Refuse what is no workbook, what unpacks to too much, and XML that defines entities of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Unreadable("too_large", _("Excel-filen pakker ut til for mye. Lagre bare arket med tallene."))
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise Unreadable("wrong_type", _("Dette er ikke en CSV- eller Excel-fil (.xlsx). Velg en slik fil."))
            if any(
                _defines_entities(archive.read(part)) for part in parts if part.filename.endswith((".xml", ".rels"))
            ):
                raise Unreadable("entities", _("Excel-filen inneholder noe som ikke hører hjemme i et regneark."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(
            "broken", _("Excel-filen er skadet. Åpne den i Excel, lagre den på nytt og prøv igjen.")
        ) from error


def _defines_entities(xml: bytes) -> bool:
    plain = xml.replace(b"\x00", b"").upper()  # UTF-16 has a zero at every other letter
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _sheet(book: Any) -> Any:
    """The sheet that is in front if it holds cells and is seen, else the first that does."""
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not seen:
        raise Unreadable("no_sheet", _("Excel-filen har ingen synlige ark."))
    return book.active if book.active in seen else seen[0]


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells that are merged into another, by row and column, with the one that holds their text."""
    found = {}
    for area in sheet.merged_cells.ranges:
        last_row, last_column = min(area.max_row, LAST_ROW), min(area.max_col, MOST_COLUMNS)
        for row in range(area.min_row, last_row + 1):
            for column in range(area.min_col, last_column + 1):
                found[row, column] = (area.min_row, area.min_col)
    return found


def _row(shown: Any, written: Any, number: int, merged: dict[tuple[int, int], tuple[int, int]]) -> TableRow:
    cells, shared, unsolved = [], set(), set()
    for column in range(1, min(shown.max_column, MOST_COLUMNS) + 1):
        home = merged.get((number, column), (number, column))
        if home[0] != number:
            shared.add(column - 1)
        # A merged cell says what it says once in its own row, and in every row below.
        cell = shown.cell(home[0], column if home[0] == number else home[1])
        text = "" if home[0] == number and home[1] != column else _text(cell)
        if not text and written.cell(*home).data_type == "f":
            unsolved.add(column - 1)
        cells.append(text)
    own = [text for place, text in enumerate(cells) if place not in shared]
    if not any(own):  # nothing of its own: the lower half of a merged heading
        cells = [""] * len(cells)
    is_hidden = bool(shown.row_dimensions[number].hidden) if number in shown.row_dimensions else False
    return TableRow(number, tuple(cells), is_hidden, frozenset(shared), frozenset(unsolved))


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or cell.data_type == "e":  # #DIV/0! and the like
        return str(value or "")
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return ""
    if isinstance(value, int | float):
        return _figure(value, "%" in str(cell.number_format or ""))
    return str(value).strip()[:LONGEST_CELL]


def _figure(value: int | float, is_percent: bool) -> str:
    """A figure as text that can be read in one way only: whole, or with four decimals. 0.108 shown as % is 10.8."""
    exact = Decimal(repr(value)) * (100 if is_percent else 1)
    if not exact.is_finite() or abs(exact) >= 10**12:
        return str(exact)
    rounded = exact.quantize(FOUR_DECIMALS)
    return str(int(rounded)) if rounded == rounded.to_integral_value() else f"{rounded:f}"
