"""Amounts that stand still between the days they change: what there is and what is used of it; what has come so far."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saman.charts.lines import Frame, month_axis, today_line
from saman.charts.svg import (
    AXIS_HEIGHT,
    WIDTH,
    Scale,
    axis_values,
    coordinate,
    element,
    group,
    named,
    path,
    share,
    value_axis,
)

TOP = 24
Step = tuple[date, float, float]


def step_chart(
    steps: Sequence[Step], *, until: date, today: date, unit: str, label: str, height: int = 260
) -> SafeString:
    """`steps`: (day, what there is, what is used) from that day on. The field between the two lines is what is left."""
    ticks = axis_values(0.0, max(there for _on, there, _used in steps) or 1.0, 4)
    first = min(steps[0][0], today)
    frame = Frame(
        across=Scale(first.toordinal(), max(until, today).toordinal(), 0, WIDTH),
        down=Scale(ticks[0], ticks[-1], height - AXIS_HEIGHT, TOP),
        height=height,
        unit=unit,
        decimals=1,
    )
    there = _corners([(on, amount) for on, amount, _used in steps], until, frame)
    used = _corners([(on, amount) for on, _there, amount in steps], until, frame)
    view = {"viewBox": f"0 0 {WIDTH} {height}", "preserveAspectRatio": "none"}
    plot = element(
        "svg",
        {"class": "fig-plot", "width": "100%", "height": height, **view},
        element("path", {"class": "fig-band", "d": path([*there, *reversed(used)]) + "Z"}),
        element("path", {"class": "fig-actual", "d": path(there)}),
        element("path", {"class": "fig-plan", "d": path(used)}),
    )
    parts = [value_axis(ticks, frame.down), month_axis(first, max(until, today), frame), plot, today_line(today, frame)]
    return element("svg", {"class": "fig", "height": height, **named(label)}, *parts)


def count_chart(
    now: Sequence[tuple[date, int]],
    before: Sequence[tuple[date, int]],
    *,
    first: date,
    last: date,
    until: date,
    due_on: date,
    most: int,
    label: str,
    height: int = 200,
) -> SafeString:
    """How many had come by each day from `first` to `last`: so far (to `until`), and the time before, dashed.

    Both are (day, how many by then). `most`: how many there may be; `due_on`: the day they are due.
    """
    ticks = [value for value in axis_values(0, most, 2) if value == int(value)]
    frame = Frame(
        across=Scale(first.toordinal(), last.toordinal(), 0, WIDTH),
        down=Scale(ticks[0], ticks[-1], height - AXIS_HEIGHT, TOP),
        height=height,
        unit="",
        decimals=0,
    )
    end = min(max(until, first), last)
    lines = [(steps, stop) for steps, stop in ((before, last), (now, end))]
    earlier, so_far = (_corners(_from_nothing(steps, first, stop), stop, frame) for steps, stop in lines)
    view = {"viewBox": f"0 0 {WIDTH} {height}", "preserveAspectRatio": "none"}
    drawn = [element("path", {"class": "fig-plan", "d": path(earlier)})] if before else []
    drawn.append(element("path", {"class": "fig-actual", "d": path(so_far)}))
    plot = element("svg", {"class": "fig-plot", "width": "100%", "height": height, **view}, *drawn)
    x, y = so_far[-1]
    dot = element("circle", {"class": "fig-dot", "cx": share(x / WIDTH), "cy": coordinate(y), "r": 5})
    parts = [value_axis(ticks, frame.down), month_axis(first, last, frame), _due_line(due_on, frame), plot, dot]
    return element("svg", {"class": "fig", "height": height, **named(label)}, *parts)


def _from_nothing(steps: Sequence[tuple[date, int]], first: date, last: date) -> list[tuple[date, float]]:
    """The levels from the first day of the figure to its last; what came before it is there from the start."""
    early = max((count for on, count in steps if on < first), default=0)
    return [(first, early), *((on, count) for on, count in steps if first <= on <= last)]


def _due_line(due_on: date, frame: Frame) -> SafeString:
    """A line down through the day they are due, named at the top on the side that has room."""
    x = share(frame.x(due_on) / WIDTH)
    line = element("line", {"class": "fig-level", "x1": x, "x2": x, "y1": 6, "y2": frame.height - AXIS_HEIGHT})
    side = {"dx": -6, "text-anchor": "end"} if frame.x(due_on) > WIDTH / 2 else {"dx": 6, "text-anchor": "start"}
    return group([line, element("text", {"class": "fig-halo fig-strong", "x": x, "y": 15, **side}, _("Frist"))])


def _corners(levels: Sequence[tuple[date, float]], until: date, frame: Frame) -> list[tuple[float, float]]:
    """The corners of a line that goes along, then up or down, then along."""
    corners = []
    for (on, amount), (then, _next) in pairwise([*levels, (until, 0.0)]):
        corners += [(frame.x(on), frame.down(amount)), (frame.x(then), frame.down(amount))]
    return corners
