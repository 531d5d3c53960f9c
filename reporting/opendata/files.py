"""A data set as CSV, as JSON and as the description of its CSV (CSV on the Web).

CSV: RFC 4180 in UTF-8 with a header of stable keys; machines read it, so nothing stands above the header.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from reporting.opendata.datasets import Dataset, columns_of, written
from reporting.opendata.rows import Value

LICENCE = "https://data.norge.no/nlod/no/2.0"
# By the kind of a column: the name of its type in XML Schema.
TYPES = {"text": "string", "integer": "integer", "decimal": "decimal", "date": "date", "boolean": "boolean"}
Rows = Sequence[tuple[Value, ...]]
_AT_A_TIME = 200


def csv_chunks(dataset: Dataset, rows: Rows, _at: datetime) -> Iterator[bytes]:
    """The CSV, some rows at a time."""
    yield _lines([[column.key for column in columns_of(dataset, is_demo=settings.DEMO)]])
    for start in range(0, len(rows), _AT_A_TIME):
        yield _lines([[written(value) for value in row] for row in rows[start : start + _AT_A_TIME]])


def json_chunks(dataset: Dataset, rows: Rows, at: datetime) -> Iterator[bytes]:
    """The JSON: what it is, what its columns mean, and its rows as objects. `at`: when it was asked for."""
    columns = columns_of(dataset, is_demo=settings.DEMO)
    about = {
        "title": in_languages(dataset.title),
        "description": in_languages(dataset.description),
        "licence": LICENCE,
        "source": address("opendata_csv", dataset),
        "retrieved_at": at.isoformat(timespec="seconds"),
        "is_example": settings.DEMO,
        "columns": [
            {"key": c.key, "type": TYPES[c.kind], "definition": in_languages(c.definition)} for c in columns
        ],
    }  # fmt: skip
    yield _text(about)[:-1] + b',"rows":['
    for place, row in enumerate(rows):
        named = {column.key: _plain(value) for column, value in zip(columns, row, strict=True)}
        yield (b"," if place else b"") + _text(named)
    yield b"]}\n"


def metadata_chunks(dataset: Dataset, _rows: Rows, _at: datetime) -> Iterator[bytes]:
    """What the CSV's columns are, after «Metadata Vocabulary for Tabular Data» (W3C)."""
    yield _text(_description(dataset))


def _description(dataset: Dataset) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": address("opendata_csv", dataset),
        "dc:title": _with_tags(dataset.title),
        "dc:description": _with_tags(dataset.description),
        "dc:license": {"@id": LICENCE},
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [
                {
                    "name": column.key,
                    "titles": column.key,
                    "datatype": TYPES[column.kind],
                    "dc:description": _with_tags(column.definition),
                    **({"separator": ";"} if column.key == "temaer" else {}),
                }
                for column in columns_of(dataset, is_demo=settings.DEMO)
            ]
        },
    }


FORMS: dict[str, tuple[Callable[[Dataset, Rows, datetime], Iterator[bytes]], str]] = {
    "csv": (csv_chunks, "text/csv; charset=utf-8; header=present"),
    "json": (json_chunks, "application/json; charset=utf-8"),
    "csv-metadata.json": (metadata_chunks, "application/csvm+json; charset=utf-8"),
}


def digest_of(dataset: Dataset, rows: Rows, form: str) -> str:
    """What is the same as long as the content of the file is: the moment it was asked for is not a part of it."""
    made = hashlib.sha256(f"{form} {settings.DEMO} {settings.SITE_URL}".encode())
    made.update(_text(_description(dataset)))
    for row in rows:
        made.update(_lines([[written(value) for value in row]]))
    return made.hexdigest()[:32]


def address(name: str, dataset: Dataset) -> str:
    """The whole address of a file."""
    return settings.SITE_URL + reverse(name, args=[dataset.key])


def in_languages(text: Promise | str) -> dict[str, str]:
    """A text in the three languages."""
    said = {}
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            said[language] = str(text)
    return said


def _with_tags(text: Promise | str) -> list[dict[str, str]]:
    return [{"@value": said, "@language": language} for language, said in in_languages(text).items()]


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def _plain(value: Value) -> Any:
    """A value as JSON has it. A decimal is written as a number with the digits it has."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
