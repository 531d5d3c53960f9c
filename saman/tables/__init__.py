"""A file from a spreadsheet as rows of text, whatever it was saved as. Nothing in it is ever run or worked out.

The kind of file is told by its first bytes, never by its name. A figure becomes text that `saman.parsing` reads in one
way only, a date becomes 2014-01-31, and a formula becomes what the spreadsheet last showed for it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

LARGEST_FILE = 1_000_000  # bytes
MOST_ROWS = 1_000
MOST_COLUMNS = 40
LONGEST_CELL = 2_000  # characters
DAY_ZERO = date(1899, 12, 30)  # the day a spreadsheet counts dates from


class Unreadable(ValueError):
    """The file cannot be read as a table. `message` says why, and what to do, in the active language."""

    def __init__(self, reason: str, message: "StrOrPromise") -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = message


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it stands in the file, numbered as there. The sets name cells by their place from 0.

    `shared`: the cell is merged with the one above, whose text it repeats. `unsolved`: a formula nobody has worked out.
    """

    number: int
    cells: tuple[str, ...]
    is_hidden: bool = False
    shared: frozenset[int] = frozenset()
    unsolved: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in the row."""
        return not any(cell for cell in self.cells) and not self.unsolved


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that say something, in order. `day_zero` is what its dates are counted from."""

    rows: tuple[TableRow, ...] = field(default=())
    day_zero: date = DAY_ZERO


def too_many_rows() -> Unreadable:
    """The refusal of a file that is too long."""
    words = _("Filen har for mange rader. Del den opp, med høyst %(count)s rader i hver.") % {"count": MOST_ROWS}
    return Unreadable("too_many_rows", words)
