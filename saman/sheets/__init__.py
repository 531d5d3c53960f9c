"""A table as a file to take away: CSV, Excel or OpenDocument, row by row in constant memory, and never a formula.

What is in a cell, a header or a name is what somebody typed. `saman.sheets.values` is the one place that says what may
be written; docs/decisions/0017-tables-to-take-away.md says why the files look as they do.
"""

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, StreamingHttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import get_language, override

from saman.sheets.names import file_name
from saman.sheets.table import HIDDEN, Cell, Column, Sheet

__all__ = ["HIDDEN", "Cell", "Column", "Sheet", "UnknownForm", "download"]

# By form: what writes it, how its name ends, and its type. Loaded when somebody asks: the libraries are large.
_FORMS = {
    "csv": ("saman.sheets.csv_file.chunks", "csv", "text/csv; charset=utf-8"),
    "om": ("saman.sheets.csv_file.about_chunks", "om.csv", "text/csv; charset=utf-8"),
    "xlsx": (
        "saman.sheets.xlsx.chunks",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "ods": ("saman.sheets.ods.chunks", "ods", "application/vnd.oasis.opendocument.spreadsheet"),
}


class UnknownForm(Http404):
    """The table is not to be had in the form that was asked for."""


def download(sheet: Sheet, form: str, at: datetime) -> StreamingHttpResponse:
    """The table as a file: `form` is csv, xlsx or ods, or om for what its columns mean. `at`: when it was asked for.

    Rows are worked out in the language that is active now. Raises UnknownForm, which is answered with 404.
    """
    if form not in _FORMS:
        raise UnknownForm
    path, ending, kind = _FORMS[form]
    write = import_string(path)
    response = StreamingHttpResponse(_in_language(get_language(), write(sheet, at)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{file_name(sheet.name, at, ending)}"'
    return response


def _in_language(language: str | None, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks, made in a language, whatever is active when the server asks for the next."""
    try:
        while True:
            with override(language):
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk
    finally:
        chunks.close()  # type: ignore[attr-defined]  # lets a temporary file go also when the reader has left
