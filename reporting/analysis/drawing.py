"""The kinds of charts the analysis uses, as Plotly takes them: stacked bars, dots in rows, and ranges."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Series:
    """One part of stacked bars: its name, the token of its colour, a value for each bar, and perhaps a pattern."""

    name: str | Promise
    colour: str
    values: Sequence[int] = field(default_factory=tuple)
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot: its row, its place, what it says when pointed at, and where it leads."""

    row: int
    value: float
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """A row with a range; `middle` None: no one place in it is likelier. `is_open`: it goes on to the right."""

    low: float
    high: float
    middle: float | None
    text: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A row from where it began to where it is now (None: not known), what it says, and where it leads."""

    name: str
    before: float | None
    now: float | None
    text: str
    href: str
    is_own: bool = False


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
            "marker": {"color": one.colour, "line": {"width": 1, "color": "--surface"}},
            **(_hatched(one) if one.pattern else {}),
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


def _hatched(one: Series) -> dict[str, Any]:
    """A bar with a pattern, pale enough for its number to be read on it in light and dark."""
    return {
        "insidetextfont": {"color": "--ink"},
        "marker": {
            "color": f"{one.colour}/.25",
            "line": {"width": 1, "color": one.colour},
            "pattern": {"shape": one.pattern, "fgcolor": f"{one.colour}/.5", "size": 6, "fillmode": "overlay"},
        },
    }


def named_rows(names: Sequence[str]) -> dict[str, Any]:
    """An axis down with a name for each row, the first at the top."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [written(name) for name in names],
        "range": [len(names) - 0.4, -0.6],
        "showgrid": False,
    }


def dots(
    names: Sequence[str], found: Sequence[Dot], middles: Sequence[tuple[int, float]], xaxis: dict[str, Any], name: str
) -> dict[str, Any]:
    """A dot for each of what `name` says, in rows; a tick where the middle one of a row is; a line at nought.

    Dots beyond the axis' range stand at its end, as arrows.
    """
    low, high = xaxis["range"]
    inner = 0.97
    placed = [min(max(dot.value, low * inner), high * inner) for dot in found]
    symbols = [
        "circle" if place == dot.value else "triangle-right" if dot.value > place else "triangle-left"
        for dot, place in zip(found, placed, strict=True)
    ]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": placed,
            "y": [dot.row for dot in found],
            "text": [written(dot.text) for dot in found],
            "customdata": [dot.href for dot in found],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {
                "size": 10,
                "color": "--c-actual/.65",
                "symbol": symbols,
                "line": {"width": 1, "color": "--surface"},
            },
        }
    ]
    if middles:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": _("Midterste"),
                "x": [value for _row, value in middles],
                "y": [row for row, _value in middles],
                "hoverinfo": "skip",
                "marker": {"size": 22, "symbol": "line-ns-open", "color": "--ink", "line": {"width": 3}},
            }
        )
    layout = {
        "showlegend": True,
        "hovermode": "closest",
        "shapes": [line(x0=0, x1=0, y0=0, y1=1, yref="paper")],
        "xaxis": {"showgrid": True, **xaxis},
        "yaxis": named_rows(names),
    }
    return {"data": traces, "layout": layout}


def ranges(names: Sequence[str], found: Sequence[Range | None], xaxis: dict[str, Any]) -> dict[str, Any]:
    """A thick line for each range, with a dot where its middle is; None: nothing is known in that row."""
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [one.low, one.high],
            "y": [row, row],
            "text": [written(one.text)] * 2,
            "hovertemplate": "%{text}<extra></extra>",
            "line": {"width": 6, "color": "--c-actual/.45"},
            "marker": {
                "size": 12,
                "color": "--c-actual",
                "symbol": ["line-ns-open", "triangle-right" if one.is_open else "line-ns-open"],
                "line": {"width": 3, "color": "--c-actual"},
            },
        }
        for row, one in enumerate(found)
        if one is not None
    ]
    middles = [(row, one) for row, one in enumerate(found) if one is not None and one.middle is not None]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [one.middle for _row, one in middles],
            "y": [row for row, _one in middles],
            "text": [written(one.text) for _row, one in middles],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"size": 13, "color": "--ink", "line": {"width": 2, "color": "--surface"}},
        }
    )
    layout = {
        "hovermode": "closest",
        "xaxis": {"showgrid": True, "rangemode": "tozero", **xaxis},
        "yaxis": named_rows(names),
    }
    return {"data": traces, "layout": layout}


def steps(rows: Sequence[Step], middle: float | None, unit: str) -> dict[str, Any]:
    """A row for each: a ring where it began and a mark where it is now, a diamond for one's own; the middle a line."""
    ways = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [one.before, one.now],
            "y": [row, row],
            "showlegend": False,
            "hoverinfo": "skip",
            "line": {"width": 3, "color": "--c-actual/.35"},
        }
        for row, one in enumerate(rows)
        if one.before is not None and one.now is not None
    ]
    marks = [
        _marks(_("Nullpunkt"), [(row, one.before, one) for row, one in enumerate(rows)], "circle-open", "--c-actual"),
        _marks(_("Sist målt"), [(row, one.now, one) for row, one in enumerate(rows) if not one.is_own], "circle",
               "--c-actual"),
        _marks(_("Sist målt, den valgte"), [(row, one.now, one) for row, one in enumerate(rows) if one.is_own],
               "diamond", "--ink"),
    ]  # fmt: skip
    if middle is not None:
        marks.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": _("Midterste av de som ligner"),
                "x": [middle, middle],
                "y": [0.5, len(rows) - 0.5],
                "hoverinfo": "skip",
                "line": {"dash": "dash", "width": 2, "color": "--ink"},
            }
        )
    layout = {
        "showlegend": True,
        "hovermode": "closest",
        "xaxis": {"title": {"text": written(unit)}, "showgrid": True},
        "yaxis": named_rows([one.name for one in rows]),
    }
    return {"data": [*ways, *(mark for mark in marks if mark["x"])], "layout": layout}


def _marks(name: str, places: Sequence[tuple[int, float | None, Step]], symbol: str, ink: str) -> dict[str, Any]:
    known = [(row, value, one) for row, value, one in places if value is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [value for _row, value, _one in known],
        "y": [row for row, _value, _one in known],
        "text": [written(one.text) for _row, _value, one in known],
        "customdata": [one.href for _row, _value, one in known],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 13, "symbol": symbol, "color": ink, "line": {"width": 2, "color": ink}},
    }


def line(**place: Any) -> dict[str, Any]:
    """A thin line to compare with."""
    return {"type": "line", "layer": "below", "line": {"color": "--line-strong", "width": 1.5}, **place}
