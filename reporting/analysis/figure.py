"""One figure of the analysis: what it found in a sentence, the chart, and the same numbers as a table.

A chart is a plain dict as Plotly takes it. Colours are token names («--st-i-rute», «--c-plan/.3»), which static/js/
charts.js turns into colours, light or dark; fonts, axes and separators are set there too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reporting.portfolio.rows import ProjectRow
from saman import formatting
from saman.sheets import Cell, Column, Sheet

FEW = 5  # from how many a median is given; fewer are shown one by one
MOST_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A finding with its evidence. `plot` None: there is nothing to draw, and the table or the sentence says it all.

    `finding` is the caption, `alt` what the chart looks like to those who cannot see it, `notes` how it is counted.
    `links`: where the first cell of each row leads, as long as `rows` when given. `size`: 1 (low) to 4 (high).
    """

    key: str
    title: str
    finding: str
    alt: str
    plot: dict[str, Any] | None
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]
    links: Sequence[str] = ()
    size: int = 2

    @property
    def plot_id(self) -> str:
        """Where the chart finds its numbers on the page."""
        return f"plot-{self.key}"

    @property
    def lines(self) -> list[tuple[str, list[tuple[Column, str]]]]:
        """The table's rows as people read them: where the first cell leads («» nowhere), and the cells."""
        links = self.links or [""] * len(self.rows)
        return [
            (link, [(column, shown(cell, column)) for column, cell in zip(self.columns, row, strict=True)])
            for link, row in zip(links, self.rows, strict=True)
        ]

    def sheet(self, about: Sequence[tuple[str, str]]) -> Sheet:
        """The table to take away, with what was found, `about` (which projects) and how it is counted."""
        notes = [(_("Slik er det regnet"), note) for note in self.notes]
        said = [(_("Funn"), self.finding), *about, *notes]
        return Sheet(f"analyse-{self.key}", self.title, self.columns, self.rows, said)


def shown(cell: Cell, column: Column) -> str:
    """A cell as people read it; nothing known is a dash."""
    if isinstance(cell, date):
        return formatting.day_medium(cell)
    if isinstance(cell, int | float | Decimal):
        return formatting.with_unit(cell, column.unit, 0 if column.kind == "integer" else None)
    return formatting.UNKNOWN if cell is None else str(cell)


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole in per cent, written as `points` does; None of nothing."""
    return points(Fraction(int(part), int(whole))) if whole else None


def points(value: float | Fraction | None) -> Decimal | None:
    """A share in whole per cent; None stays unknown.

    0 and 100 say «none» and «all», so what only rounds to them gets the decimals it takes: 199 of 200 is 99.5.
    """
    if value is None:
        return None
    exact = 100 * (value if isinstance(value, Fraction) else Fraction(repr(float(value))))
    for decimals in range(MOST_DECIMALS + 1):
        rounded = Decimal(round(exact * 10**decimals)).scaleb(-decimals)
        if rounded not in (0, 100) or Fraction(rounded) == exact:
            return rounded
    return rounded


def per_cent(value: float | Fraction | None) -> str:
    """`points` in words."""
    return formatting.with_unit(points(value), "%")


def tenths(value: float | None) -> Decimal | None:
    """A figure with one decimal, for tables; None stays unknown."""
    return None if value is None else Decimal(str(round(float(value), 1)))


def project_href(project: ProjectRow) -> str:
    """Where a project's row or dot leads."""
    return reverse("project_overview", args=[project.slug])


def size_of(rows: int) -> int:
    """How high a figure with so many rows is."""
    return 1 if rows <= 3 else 2 if rows <= 8 else 3 if rows <= 14 else 4


def few(known: int) -> str:
    """What to add to a finding that rests on few."""
    return " " + _("Så få sier lite om helheten.") if 0 < known < FEW else ""


def counted(number: int) -> str:
    """A number of projects or targets in a sentence, where 0 is a word."""
    return str(number) if number else pgettext("antall", "ingen")


def left_out(hidden: int) -> list[str]:
    """Said where figures about too few people are kept out."""
    return [_("Holdt utenfor, fordi tallene er om for få personer: %(hidden)s mål.") % {"hidden": hidden}] * bool(
        hidden
    )


def signed(value: float) -> str:
    """`points` in words, with its sign."""
    return formatting.with_unit(formatting.signed(points(value)), "%")
