"""One figure of the analysis: what it found in a sentence, the chart, and the same numbers as a table.

A chart is a plain dict as Plotly takes it. Colours are token names («--st-i-rute», «--c-plan/.3»), which static/js/
charts.js turns into colours, light or dark; fonts, axes and separators are set there too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from saman import formatting
from saman.sheets import Cell, Column, Sheet

FEW = 5  # from how many a median is given; fewer are shown one by one


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


@dataclass(frozen=True, slots=True)
class Series:
    """One part of stacked bars: its name, the token of its colour, a value for each bar, and perhaps a pattern."""

    name: str | Promise
    colour: str
    values: Sequence[int] = field(default_factory=tuple)
    pattern: str = ""


def shown(cell: Cell, column: Column) -> str:
    """A cell as people read it; nothing known is a dash."""
    if isinstance(cell, date):
        return formatting.day_medium(cell)
    if isinstance(cell, int | float | Decimal):
        return formatting.with_unit(cell, column.unit, 0 if column.kind == "integer" else None)
    return formatting.UNKNOWN if cell is None else str(cell)


def share(part: int, whole: int) -> Decimal | None:
    """Per cent without decimals; None of nothing."""
    return Decimal(round(100 * part / whole)) if whole else None


def points(value: float | None) -> Decimal | None:
    """A share as whole per cent, for tables; None stays unknown."""
    return None if value is None else Decimal(round(100 * value))


def written(text: object) -> str:
    """People's words in a chart, where Plotly would take < and & for markup."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;")


def stacked(names: Sequence[str], series: Sequence[Series], title: str) -> dict[str, Any]:
    """Lying bars, the first name at the top, each a stack of counts; `title`: what the axis counts."""
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": str(one.name),
            "x": list(one.values),
            "y": list(range(len(names))),
            "text": [str(value) if value else "" for value in one.values],
            "textposition": "inside",
            "textangle": 0,
            "insidetextanchor": "middle",
            "hovertemplate": "%{fullData.name}: %{x}<extra></extra>",
            "marker": {
                "color": one.colour,
                "line": {"width": 1, "color": "--surface"},
                **(
                    {"pattern": {"shape": one.pattern, "fgcolor": "--surface", "size": 6, "fillmode": "overlay"}}
                    if one.pattern
                    else {}
                ),
            },
        }
        for one in series
        if any(one.values)
    ]
    layout = {
        "barmode": "stack",
        "showlegend": True,
        "hovermode": "closest",
        "xaxis": {"title": {"text": title}, "rangemode": "tozero", "showgrid": True, "tickformat": ",d"},
        "yaxis": named_rows(names),
    }
    return {"data": bars, "layout": layout}


def named_rows(names: Sequence[str]) -> dict[str, Any]:
    """An axis down with a name for each row, the first at the top."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [written(name) for name in names],
        "range": [len(names) - 0.4, -0.6],
        "showgrid": False,
    }


def size_of(rows: int) -> int:
    """How high a figure with so many rows is."""
    return 1 if rows <= 3 else 2 if rows <= 8 else 3 if rows <= 14 else 4


def few(known: int) -> str:
    """What to add to a finding that rests on few."""
    return " " + _("Så få sier lite om helheten.") if 0 < known < FEW else ""
