"""CSV as a Norwegian spreadsheet opens it: semicolon between, decimal comma, UTF-8 with its mark, dates 2015-01-22."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO

from django.conf import settings

from saman.sheets import about
from saman.sheets.table import Cell, Sheet
from saman.sheets.values import inert, value_of

CHUNK = 65_536  # characters


def chunks(sheet: Sheet, at: datetime) -> Iterator[bytes]:
    """The table. Only a demonstration has a line before the heads, and it says that it is one."""
    del at  # what was asked for when is in the file's name, and in what its columns mean
    yield from _written([column.label for column in sheet.columns], sheet.rows)


def about_chunks(sheet: Sheet, at: datetime) -> Iterator[bytes]:
    """What the table is and what its columns mean; none of its rows is read."""
    yield from _written(about.columns(), about.lines(sheet, at))


def _written(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    out.write("\ufeff")
    if settings.DEMO:
        writer.writerow([about.demonstration_line()])
    writer.writerow([_field(head) for head in heads])
    for row in rows:
        writer.writerow([_field(cell) for cell in row])
        if out.tell() >= CHUNK:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _field(cell: Cell) -> str:
    value = value_of(cell)
    if value is None:
        return ""
    if isinstance(value, str):
        return inert(value)
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
