"""Two amounts that stand still between the days they change: what there is, and how much of it is used."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString

from saman.charts.lines import Frame, month_axis, today_line
from saman.charts.svg import AXIS_HEIGHT, WIDTH, Scale, axis_values, element, named, path, value_axis

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


def _corners(levels: Sequence[tuple[date, float]], until: date, frame: Frame) -> list[tuple[float, float]]:
    """The corners of a line that goes along, then up or down, then along."""
    corners = []
    for (on, amount), (then, _) in pairwise([*levels, (until, 0.0)]):
        corners += [(frame.x(on), frame.down(amount)), (frame.x(then), frame.down(amount))]
    return corners
