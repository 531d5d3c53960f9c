"""Bars and columns: the way from baseline to target, and how many of each result."""

from collections.abc import Mapping, Sequence
from math import ceil

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saman import formatting, words
from saman.charts.svg import (
    AXIS_HEIGHT,
    Scale,
    TickLabels,
    axis_values,
    coordinate,
    element,
    group,
    ink,
    named,
    share,
    value_axis,
)

MOST_NAMES = 7  # below the columns


def bar(
    value: float | None = None,
    expected: float | None = None,
    best: float | None = None,
    status: str | None = None,
    label: str = "",
) -> SafeString:
    """The way from baseline to target: shares of it (1.0 is there), `expected` a tick, `best` an earlier, better place.

    `status` is a result, and gives the colour. Without `label` the bar is decoration beside numbers in words.
    """
    parts = [element("rect", {"class": "bar-track", "y": 4, "width": "100%", "height": 12, "rx": 3})]
    if best is not None and best > (value or 0):
        line = {"x1": share(value or 0), "x2": share(best), "y1": 10, "y2": 10}
        parts.append(element("line", {"class": "bar-best", **line}))
    if value is not None:
        parts.append(element("rect", {"class": "bar-value", "y": 4, "width": share(value), "height": 12, "rx": 3}))
    if expected is not None:
        tick = {"x1": share(expected), "x2": share(expected), "y1": 0, "y2": 20}
        parts += [element("line", {"class": name, **tick}) for name in ("bar-halo", "bar-expected")]
    return element("svg", {"class": "bar", **ink(status), **named(label)}, *parts)


def stackbar(counts: Mapping[str, int], label: str = "") -> SafeString:
    """How many of each result, side by side, best first. `counts`: result -> number; those that are 0 are left out."""
    present = [(result, counts[result]) for result in words.RESULTS if counts.get(result)]
    total = sum(count for _result, count in present)
    parts, start = [], 0.0
    for result, count in present:
        width = count / total
        place = {"x": share(start), "width": share(width), "height": "100%"}
        parts.append(element("rect", {**ink(result), **place}))
        start += width
    return element("svg", {"class": "stackbar", **named(label)}, *parts)


def stacked_columns(columns: Sequence[tuple[str, Mapping[str, int]]], label: str, height: int = 240) -> SafeString:
    """How many of each result at each time: `columns` are (name of the time, result -> number), best at the bottom."""
    totals = [sum(counts.get(result, 0) for result in words.RESULTS) for _name, counts in columns]
    ticks = [value for value in axis_values(0, max(totals, default=0) or 1, 4) if value == int(value)]
    down = Scale(0, ticks[-1], height - AXIS_HEIGHT, 11)
    slot = 1 / max(len(columns), 1)
    labels = TickLabels(height - 6)
    every = ceil(len(columns) / MOST_NAMES)
    parts = [value_axis(ticks, down)]
    for index, (name, counts) in enumerate(columns):
        parts.append(_column((index + 0.06) * slot, slot * 0.88, down, name, counts))
        if (len(columns) - 1 - index) % every == 0:  # counted from the last: that is the one people look for
            labels.add(name, (index + 0.5) * slot)
    return element("svg", {"class": "fig", "height": height, **named(label)}, *parts, labels.drawn())


def _column(left: float, width: float, down: Scale, name: str, counts: Mapping[str, int]) -> SafeString:
    """One stacked column, from the bottom and up; each part tells its number when pointed at."""
    parts, below = [], 0
    for result, sign in words.RESULTS.items():
        if not (count := counts.get(result, 0)):
            continue
        top, bottom = down(below + count), down(below)
        place = {"x": share(left), "y": coordinate(top), "width": share(width), "height": coordinate(bottom - top)}
        values = {"time": name, "result": sign.word, "count": formatting.number(count)}
        title = element("title", {}, _("%(time)s: %(result)s %(count)s") % values)
        parts.append(element("rect", {"class": "fig-part", **ink(result), **place}, title))
        below += count
    return group(parts)
