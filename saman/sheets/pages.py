"""The sheets of a workbook: the table on as many as its rows need, and «Om tabellen» last."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from saman.sheets import about
from saman.sheets.names import sheet_names
from saman.sheets.table import Sheet
from saman.sheets.values import Value, clean, value_of

MOST_ROWS = 1_048_575  # on one sheet, below its heads


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of the workbook. Its rows must be read to the end before the next page is asked for."""

    name: str
    heads: list[str]
    kinds: list[str]
    rows: Iterable[Sequence[Value]]


def pages(sheet: Sheet, at: datetime, most_rows: int) -> Iterator[Page]:
    """Every sheet in its order, the rows pulled as they are read."""
    heads, kinds = [clean(column.label) for column in sheet.columns], [column.kind for column in sheet.columns]
    rows: Iterator[Sequence[Value]] = (tuple(value_of(cell) for cell in row) for row in sheet.rows)
    for name in sheet_names(sheet.name, about.heading()):
        yield Page(name, heads, kinds, islice(rows, most_rows))
        following = list(islice(rows, 1))
        if not following:
            break
        rows = chain(following, rows)
    described = about.columns()
    lines = (tuple(clean(text) for text in line) for line in about.lines(sheet, at))
    yield Page(about.heading(), described, ["text", "about", "about"], lines)
