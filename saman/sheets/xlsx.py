"""Excel files, written row by row to a temporary file: the format has its table of contents last."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook

from saman.sheets.pages import MOST_ROWS, Page, pages
from saman.sheets.table import Sheet
from saman.sheets.values import Value, clean, is_like_a_formula

CHUNK = 65_536  # bytes
FIRST_YEAR = 1900  # what Excel knows of dates; earlier ones are text
_WIDTHS = {"text": 28, "moment": 18, "about": 60}  # of columns by kind, in characters
_WIDTH = 14
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def chunks(sheet: Sheet, at: datetime, most_rows: int = MOST_ROWS) -> Iterator[bytes]:
    """The table, on as many sheets as its rows need, and «Om tabellen» last. Nothing is left on the disk."""
    with TemporaryDirectory(prefix="saman-") as folder:
        path = Path(folder) / "table.xlsx"
        workbook = Workbook(path, {**_OPTIONS, "tmpdir": folder})
        try:
            workbook.set_properties({"title": clean(sheet.title), "created": at.replace(tzinfo=None)})
            writer = _Writer(workbook)
            for page in pages(sheet, at, most_rows):
                writer.write(page)
        except BaseException:
            workbook.fileclosed = True  # or it would be finished when it is thrown away
            raise
        workbook.close()
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


class _Writer:
    """One workbook's formats, and how a value is put in a cell: always by its type, never guessed from its text."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "quote_prefix": True})
        self.formula_like = workbook.add_format({"quote_prefix": True})  # stays text when somebody edits the cell
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def write(self, page: Page) -> None:
        """One sheet, with its heads always in view and filters on them."""
        made, below = self.workbook.add_worksheet(page.name), 0
        for place, kind in enumerate(page.kinds):
            made.set_column(place, place, _WIDTHS.get(kind, _WIDTH))
        made.freeze_panes(1, 0)
        for place, head in enumerate(page.heads):
            made.write_string(0, place, head, self.head)
        for below, row in enumerate(page.rows, start=1):
            for place, value in enumerate(row):
                self._cell(made, below, place, value)
        if below and page.heads:
            made.autofilter(0, 0, below, len(page.heads) - 1)

    def _cell(self, made: Any, row: int, place: int, value: Value) -> None:
        if isinstance(value, str):
            made.write_string(row, place, value, self.formula_like if is_like_a_formula(value) else None)
        elif isinstance(value, int | Decimal):
            made.write_number(row, place, float(value))
        elif isinstance(value, date) and value.year < FIRST_YEAR:
            made.write_string(row, place, str(value))
        elif isinstance(value, date):
            made.write_datetime(row, place, value, self.moment if isinstance(value, datetime) else self.day)
