"""CSV files as spreadsheets and old systems save them: four encodings, three separators, quotes or not."""

import codecs
import csv
import io
from collections import Counter

from django.utils.translation import gettext_lazy as _

from saman.tables import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Table, TableRow, Unreadable, too_many_rows

_SEPARATORS = ";\t,"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LINES_LOOKED_AT = 20


def table_of_text(content: bytes) -> Table:
    """The rows of a CSV file. Raises Unreadable."""
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    first = text.split("\n", 1)
    separator = ""
    if first[0].lower().startswith("sep=") and len(first[0]) == 5:  # a line Excel writes and reads
        separator, text = first[0][4], "\n" + (first[1] if len(first) > 1 else "")
    reader = csv.reader(io.StringIO(text), delimiter=separator or _separator(text))
    rows = []
    try:
        for cells in reader:
            row = TableRow(reader.line_num, tuple(cell.strip()[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]))
            if not row.is_empty:
                rows.append(row)
            if len(rows) > MOST_ROWS:
                raise too_many_rows()
    except csv.Error as error:
        words = _("Filen kan ikke leses rundt linje %(line)s. Lagre den på nytt som CSV eller .xlsx.")
        raise Unreadable("broken", words % {"line": reader.line_num}) from error
    return Table(tuple(rows))


def _decoded(content: bytes) -> str:
    """The text, by its mark, else UTF-16 where every other byte is nothing, else UTF-8, else Windows' own."""
    encodings = ["utf-8", "cp1252"]
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            encodings = [encoding]
    zeros = Counter(place % 2 for place, byte in enumerate(content[:2000]) if byte == 0)
    if len(encodings) > 1 and zeros and abs(zeros[0] - zeros[1]) > len(content[:2000]) // 4:
        encodings = ["utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("not_text", _("Dette er ikke en CSV- eller Excel-fil (.xlsx). Velg en slik fil."))


def _separator(text: str) -> str:
    """What stands between the cells: the one that cuts most lines into the same number of cells, more than one."""
    lines = [line for line in text.split("\n") if line.strip()][:_LINES_LOOKED_AT]

    def agreement(separator: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        cells, lines_alike = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return lines_alike, cells

    try:
        best = max(_SEPARATORS, key=agreement)
    except csv.Error:
        return ";"
    return best if agreement(best)[0] else ";"
