"""OpenDocument spreadsheets as a stream: every cell carries its type, so no text is ever read as a formula."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from stream_zip import NO_COMPRESSION_32, ZIP_32, stream_zip

from saman.sheets.pages import MOST_ROWS, Page, pages
from saman.sheets.table import Sheet
from saman.sheets.values import Value

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CHUNK = 65_536  # characters that are packed at a time
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{name}="{_OASIS}:{space}:1.0"'
    for name, space in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_DAY = (
    '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
)
_WIDTHS = {"text": "6cm", "moment": "4cm", "about": "12cm"}  # of columns by kind; others have the reader's own width
_BEGINNING = (
    f'{_HEAD}<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>'
    f'<number:date-style style:name="DAY">{_DAY}</number:date-style>'
    f'<number:date-style style:name="MOMENT">{_DAY}{_TIME}</number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="DAY"/>'
    '<style:style style:name="moment" style:family="table-cell" style:data-style-name="MOMENT"/>'
    '<style:style style:name="head" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    + "".join(
        f'<style:style style:name="{kind}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}"/></style:style>'
        for kind, width in _WIDTHS.items()
    )
    + "</office:automatic-styles><office:body><office:spreadsheet>"
)
_END = "</office:spreadsheet></office:body></office:document-content>"
_BLANKS = re.compile("^ +| {2,}| +$")  # what XML would make one space of


def chunks(sheet: Sheet, at: datetime, most_rows: int = MOST_ROWS) -> Iterator[bytes]:
    """The table, on as many sheets as its rows need, and «Om tabellen» last."""
    made, rights = at.replace(tzinfo=None), 0o600
    # The type comes first and is not packed, so that it is seen without unpacking.
    parts = (
        ("mimetype", made, rights, NO_COMPRESSION_32, (MEDIA_TYPE.encode(),)),
        ("META-INF/manifest.xml", made, rights, ZIP_32, (_MANIFEST.encode(),)),
        ("content.xml", made, rights, ZIP_32, _packed(_content(pages(sheet, at, most_rows)))),
    )
    yield from stream_zip(parts, extended_timestamps=False)


def _packed(pieces: Iterable[str]) -> Iterator[bytes]:
    """The same text in pieces of a size that is worth packing."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length >= CHUNK:
            yield "".join(kept).encode()
            kept, length = [], 0
    yield "".join(kept).encode()


def _content(found: Iterable[Page]) -> Iterator[str]:
    yield _BEGINNING
    for page in found:
        yield f"<table:table table:name={quoteattr(page.name)}>" + "".join(map(_column, page.kinds))
        heads = "".join(_cell(head, "head") for head in page.heads)
        yield f"<table:table-header-rows><table:table-row>{heads}</table:table-row></table:table-header-rows>"
        for row in page.rows:
            yield f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>"
        yield "</table:table>"
    yield _END


def _column(kind: str) -> str:
    return f'<table:table-column table:style-name="{kind}"/>' if kind in _WIDTHS else "<table:table-column/>"


def _cell(value: Value, style: str = "") -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | Decimal):
        return f'<table:table-cell office:value-type="float" office:value="{Decimal(value):f}"/>'
    if isinstance(value, date):
        style = "moment" if isinstance(value, datetime) else "day"
        return _opened(style, f'office:value-type="date" office:date-value="{value.isoformat()}"/>')
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in value.split("\n"))
    return _opened(style, f'office:value-type="string">{lines}</table:table-cell>')


def _opened(style: str, rest: str) -> str:
    return f'<table:table-cell table:style-name="{style}" {rest}' if style else f"<table:table-cell {rest}"


def _line(text: str) -> str:
    return _BLANKS.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(text))
