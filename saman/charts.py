"""Charts drawn by the server as SVG: no style attributes, texts escaped, a sentence for those who cannot see them.

A chart is as wide as its place: across, positions are percentages or an inner plot that is stretched; down, they are
pixels. So texts, dots and lines keep their size on a phone. The numbers themselves belong in a table beside the chart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saman import formatting, words
from saman.svg import (
    WIDTH,
    Scale,
    axis_months,
    axis_values,
    coordinate,
    element,
    group,
    path,
    share,
)

DIAMOND = "M0-6.5L6.5 0 0 6.5-6.5 0z"
TOP, BOTTOM = 22, 26  # pixels above the plot for «I dag», and below it for the months
NARROW_TICKS = 4  # how many months a phone has room for


@dataclass(frozen=True, slots=True)
class Point:
    """One measured value; `value` None is a planned point that was not measured, and leaves a gap in the line."""

    on: date
    value: float | None
    is_relapse: bool = False
    is_preliminary: bool = False


def bar(
    value: float | None = None,
    expected: float | None = None,
    best: float | None = None,
    status: str | None = None,
    label: str = "",
) -> SafeString:
    """The way from baseline to target: shares of it (1.0 is there), `expected` a tick, `best` an earlier, better place.

    `status` is a result. Without `label` the bar is decoration: the numbers stand in words beside it.
    """
    parts = [
        element(
            "rect",
            {"class": "bar-track", "y": 4, "width": "100%", "height": 12, "rx": 3},
        )
    ]
    if best is not None and best > (value or 0):
        parts.append(
            element(
                "line",
                {"class": "bar-best", "x1": share(value or 0), "x2": share(best), "y1": 10, "y2": 10},
            )
        )
    if value is not None:
        parts.append(
            element(
                "rect",
                {
                    "class": "bar-value",
                    "y": 4,
                    "width": share(value),
                    "height": 12,
                    "rx": 3,
                },
            )
        )
    if expected is not None:
        tick = {"x1": share(expected), "x2": share(expected), "y1": 0, "y2": 20}
        parts += [element("line", {"class": name, **tick}) for name in ("bar-halo", "bar-expected")]
    return element("svg", {"class": "bar", **_status(status), **_named(label)}, *parts)


def stackbar(counts: Mapping[str, int], label: str = "") -> SafeString:
    """How many of each result, side by side, best first. `counts`: result -> number; those that are 0 are left out."""
    present = [(result, counts[result]) for result in words.RESULTS if counts.get(result)]
    total = sum(count for _result, count in present)
    parts, start = [], 0.0
    for result, count in present:
        width = count / total
        parts.append(
            element(
                "rect",
                {
                    **_status(result),
                    "x": share(start),
                    "width": share(width),
                    "height": "100%",
                },
            )
        )
        start += width
    return element("svg", {"class": "stackbar", **_named(label)}, *parts)


def sparkline(
    points: Sequence[float | None],
    plan: Sequence[float | None] = (),
    baseline: float | None = None,
    status: str | None = None,
    label: str = "",
) -> SafeString:
    """A small line without axes: evenly spaced values (None leaves a gap), the plan dashed, a dot at the last value."""
    width, height = 132, 34
    known = [value for value in (*points, *plan, baseline) if value is not None]
    if not known:
        return SafeString("")
    margin = (max(known) - min(known)) * 0.12
    across = Scale(0, max(len(points), len(plan), 2) - 1, 2, width - 5)
    down = Scale(min(known) - margin, max(known) + margin, height, 0)
    parts = []
    if baseline is not None:
        parts.append(
            element(
                "path",
                {
                    "class": "spark-base",
                    "d": f"M0 {coordinate(down(baseline))}H{width}",
                },
            )
        )
    for css, values in (("spark-plan", plan), ("spark-actual", points)):
        line = path(None if value is None else (across(i), down(value)) for i, value in enumerate(values))
        if line:
            parts.append(element("path", {"class": css, "d": line}))
    measured = [(i, value) for i, value in enumerate(points) if value is not None]
    if measured:
        last, value = measured[-1]
        place = {"cx": coordinate(across(last)), "cy": coordinate(down(value)), "r": 4}
        parts.append(element("circle", {"class": "spark-dot", **_status(status), **place}))
    size = {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"}
    return element("svg", {"class": "spark", **size, **_named(label)}, *parts)


def stacked_columns(columns: Sequence[tuple[str, Mapping[str, int]]], label: str, height: int = 240) -> SafeString:
    """How many of each result at each time: `columns` are (name of the time, result -> number), best at the bottom."""
    totals = [sum(counts.get(result, 0) for result in words.RESULTS) for _name, counts in columns]
    ticks = [value for value in axis_values(0, max(totals, default=0) or 1, 4) if value == int(value)]
    down = Scale(0, ticks[-1], height - BOTTOM, TOP / 2)
    slot = 1 / max(len(columns), 1)
    parts = [_value_axis(ticks, down, "")]
    every = max(1, -(-len(columns) // 7))
    for index, (name, counts) in enumerate(columns):
        middle = (index + 0.5) * slot
        parts.append(_column(middle - slot * 0.44, slot * 0.88, down, name, counts))
        from_last = len(columns) - 1 - index
        if from_last % every == 0:
            css = "only-wide" if len(columns) > NARROW_TICKS and (from_last // every) % 2 else None
            parts.append(_text(name, share(middle), height - 6, "middle", css))
    return element("svg", {"class": "fig", "height": height, **_named(label)}, *parts)


def _column(left: float, width: float, down: Scale, name: str, counts: Mapping[str, int]) -> SafeString:
    """One stacked column, from the bottom and up."""
    parts, below = [], 0
    for result, sign in words.RESULTS.items():
        if count := counts.get(result):
            top, bottom = down(below + count), down(below)
            place = {
                "x": share(left),
                "y": coordinate(top),
                "width": share(width),
                "height": coordinate(bottom - top),
            }
            title = _("%(time)s: %(result)s %(count)s") % {
                "time": name,
                "result": sign.word,
                "count": formatting.number(count),
            }
            parts.append(
                element(
                    "rect",
                    {"class": "fig-part", **_status(result), **place},
                    element("title", {}, title),
                )
            )
            below += count
    return group(parts)


def target_chart(
    points: Sequence[Point],
    *,
    plan: Sequence[tuple[date, float]] = (),
    tolerance: float | None = None,
    baseline: float | None = None,
    target: float | None = None,
    today: date,
    unit: str,
    label: str,
    height: int = 400,
) -> SafeString:
    """What was measured against what was planned: line with dots, dashed plan with its tolerance, baseline and target.

    `plan` is the planned path as (day, value) corners, `tolerance` the accepted distance from it, all in `unit`. The
    axis always grows upwards. `label` is the sentence that tells the point.
    """
    days = [today, *(point.on for point in points), *(on for on, _value in plan)]
    across = Scale(min(days).toordinal(), max(days).toordinal(), 0, WIDTH)
    ticks = axis_values(*_value_range(points, plan, tolerance, baseline, target))
    down = Scale(ticks[0], ticks[-1], height - BOTTOM, TOP)
    levels = [
        (_("Nullpunkt %(value)s"), baseline, "100%", "end"),
        (_("Mål %(value)s"), target, "0%", "start"),
    ]
    parts = [
        _value_axis(ticks, down, unit),
        _month_axis(min(days), max(days), across, height),
        _plot(points, plan, tolerance, across, down, height),
        group(_level(text, value, unit, down, place) for text, value, *place in levels if value is not None),
        _today(today, across, height),
        group(_dot(point, unit, across, down) for point in points if point.value is not None),
    ]
    if target is not None and plan:
        parts.append(_marker("fig-goal", across(plan[-1][0].toordinal()), down(target)))
    return element("svg", {"class": "fig fig-target", "height": height, **_named(label)}, *parts)


def _value_range(
    points: Sequence[Point],
    plan: Sequence[tuple[date, float]],
    tolerance: float | None,
    baseline: float | None,
    target: float | None,
) -> tuple[float, float]:
    """The lowest and highest value the axis must hold; 0 to 1 when nothing is known yet."""
    reach = tolerance or 0.0
    values = [point.value for point in points if point.value is not None]
    values += [edge for _on, value in plan for edge in (value - reach, value + reach)]
    values += [level for level in (baseline, target) if level is not None]
    return (min(values), max(values)) if values else (0.0, 1.0)


def _value_axis(ticks: Sequence[float], down: Scale, unit: str) -> SafeString:
    """Thin lines across with their values to the left, the unit on the uppermost."""
    parts = []
    for index, value in enumerate(ticks):
        y = coordinate(down(value))
        css = "fig-axis" if index == 0 else "fig-grid"
        parts.append(element("line", {"class": css, "x1": 0, "x2": "100%", "y1": y, "y2": y}))
        text = formatting.number(value)
        if unit == "%" and index == len(ticks) - 1:
            text = formatting.with_unit(text, unit)
        parts.append(_text(text, "-8", float(y) + 4, "end"))
    return group(parts)


def _month_axis(first: date, last: date, across: Scale, height: int) -> SafeString:
    """The months below the plot; the first one and every January with their year."""
    parts = []
    months = axis_months(first, last)
    for index, on in enumerate(months):
        name = formatting.month_short(on)
        text = f"{name} {on.year}" if on.month == 1 or index == 0 else name
        x = across(on.toordinal()) / WIDTH
        anchor = "start" if x < 0.04 else "end" if x > 0.96 else "middle"
        css = "only-wide" if len(months) > NARROW_TICKS and index % 2 else None
        parts.append(_text(text, share(x), height - 6, anchor, css))
    return group(parts)


def _plot(
    points: Sequence[Point],
    plan: Sequence[tuple[date, float]],
    tolerance: float | None,
    across: Scale,
    down: Scale,
    height: int,
) -> SafeString:
    """The part that is stretched to the width: tolerance, plan and measured line."""
    parts = []
    planned = [(across(on.toordinal()), value) for on, value in plan]
    if tolerance and len(planned) > 1:
        upper = [(x, down(value + tolerance)) for x, value in planned]
        lower = [(x, down(value - tolerance)) for x, value in reversed(planned)]
        parts.append(element("path", {"class": "fig-band", "d": path([*upper, *lower]) + "Z"}))
    if len(planned) > 1:
        parts.append(
            element(
                "path",
                {
                    "class": "fig-plan",
                    "d": path((x, down(value)) for x, value in planned),
                },
            )
        )
    measured = [
        None if point.value is None else (across(point.on.toordinal()), down(point.value))
        for point in sorted(points, key=lambda point: point.on)
    ]
    if any(one and other for one, other in pairwise(measured)):
        parts.append(element("path", {"class": "fig-actual", "d": path(measured)}))
    size = {
        "width": "100%",
        "height": height,
        "viewBox": f"0 0 {WIDTH} {height}",
        "preserveAspectRatio": "none",
    }
    return element("svg", {"class": "fig-plot", **size}, *parts)


def _level(text: str, value: float, unit: str, down: Scale, place: Sequence[str]) -> SafeString:
    """A dotted line at the baseline or the target, and its name above it at one end."""
    x, anchor = place
    y = down(value)
    line = {"x1": 0, "x2": "100%", "y1": coordinate(y), "y2": coordinate(y)}
    named = text % {"value": formatting.with_unit(value, unit)}
    return group(
        [
            element("line", {"class": "fig-level", **line}),
            _text(named, x, y - 6, anchor, "fig-strong fig-halo"),
        ]
    )


def _today(today: date, across: Scale, height: int) -> SafeString:
    """A thin line down through today, named at the top on the side that has room."""
    x = across(today.toordinal()) / WIDTH
    place = {"x1": share(x), "x2": share(x), "y1": 6, "y2": height - BOTTOM}
    name = element(
        "text",
        {
            "x": share(x),
            "dx": -6 if x > 0.5 else 6,
            "y": 15,
            "text-anchor": "end" if x > 0.5 else "start",
        },
        _("I dag"),
    )
    return group([element("line", {"class": "fig-today", **place}), name])


def _dot(point: Point, unit: str, across: Scale, down: Scale) -> SafeString:
    """A measured value: a dot, or a diamond where it went the wrong way; pointing at it tells date and value."""
    assert point.value is not None
    x, y = across(point.on.toordinal()), down(point.value)
    values = {
        "day": formatting.day(point.on),
        "value": formatting.with_unit(point.value, unit),
    }
    title = (_("%(day)s: %(value)s, foreløpig") if point.is_preliminary else _("%(day)s: %(value)s")) % values
    hit = element(
        "circle",
        {"class": "fig-hit", "cx": share(x / WIDTH), "cy": coordinate(y), "r": 12},
    )
    if point.is_relapse:
        sign = _marker("fig-relapse", x, y)
    else:
        css = "fig-dot preliminary" if point.is_preliminary else "fig-dot"
        sign = element(
            "circle",
            {"class": css, "cx": share(x / WIDTH), "cy": coordinate(y), "r": 5},
        )
    return element("g", {"class": "fig-point"}, element("title", {}, title), hit, sign)


def _marker(css: str, x: float, y: float) -> SafeString:
    """A diamond at a place in the plot."""
    shape = element("path", {"class": css, "d": DIAMOND})
    return element("svg", {"x": share(x / WIDTH), "y": coordinate(y), "overflow": "visible"}, shape)


def _text(text: str, x: str, y: float, anchor: str, css: str | None = None) -> SafeString:
    return element("text", {"class": css, "x": x, "y": coordinate(y), "text-anchor": anchor}, text)


def _status(result: str | None) -> dict[str, object]:
    return {} if result is None else {"data-status": words.result_sign(result).key}


def _named(label: str) -> dict[str, object]:
    """An image with a name, or decoration that screen readers pass over."""
    return {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
