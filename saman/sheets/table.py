"""What a table is, before it becomes a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Cell = str | Promise | int | float | Decimal | date | datetime | None

HIDDEN = _("skjult (gjelder få)")  # what stands where a figure is about so few that someone could be recognised


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one column.

    `key`: its name to machines, lower-case ASCII snake_case, the same in every language. `label`, `unit` and
    `definition`: in the reader's language. `kind`: text, integer, decimal, boolean, date or moment.
    """

    key: str
    label: str
    kind: str = "text"
    unit: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with what it is about.

    `name`: stable, for the file and its sheet. `rows` are pulled one at a time, as they are written; None is an empty
    cell, and what is suppressed is `HIDDEN`. `about`: the filters applied, where the figures are from, and the like.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    about: Sequence[tuple[str, str]] = ()
