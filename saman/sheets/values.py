"""What may be written in a cell: the same value in every form of a file, and nothing a spreadsheet would run."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import is_aware, localtime

from saman.sheets.table import Cell

Value = str | int | Decimal | date | datetime | None  # what is left after `value_of`; a moment has no time zone

LONGEST_TEXT = 32_767  # UTF-16 units, as spreadsheets count
CUT = " […]"
_SIGNS = frozenset("=+-@\u2212")
_QUOTES = frozenset("'\"`´‘’‚‛“”„‟«»‹›＇＂")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")  # what XML refuses


def value_of(cell: Cell) -> Value:
    """A cell as it is written: text cleaned and of a length that fits, numbers finite, moments in Norwegian time."""
    if cell is None:
        return None
    if isinstance(cell, int):
        return int(cell)
    if isinstance(cell, float | Decimal):
        number = Decimal(repr(cell)) if isinstance(cell, float) else cell
        return number.normalize() if number.is_finite() else None
    if isinstance(cell, datetime):
        return (localtime(cell) if is_aware(cell) else cell).replace(tzinfo=None, microsecond=0, fold=0)
    return cell if isinstance(cell, date) else clean(str(cell))


def clean(text: str) -> str:
    """A text without characters no file may hold; every line break is one line feed; too much is cut with a mark.

    A tab is a space: LibreOffice leaves tabs out when it reads a sheet, and would run words together.
    """
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    if _length(text) <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(CUT)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + CUT


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula: = + - − @, full width too, or a tab, to begin with.

    Blanks, quotes and characters nobody sees are passed over, since programs that open files do so too.
    """
    for letter in text:
        if letter == "\t" or unicodedata.normalize("NFKC", letter) in _SIGNS:
            return True
        if letter not in _QUOTES and unicodedata.category(letter)[0] not in "ZC":
            return False
    return False


def inert(text: str) -> str:
    """The text for a file without types, with an apostrophe in front of what could be taken for a formula."""
    return f"'{text}" if is_like_a_formula(text) else text


def _length(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text) if len(text) > LONGEST_TEXT // 2 else len(text)
