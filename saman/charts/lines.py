"""Lines over time: the small one in a table, and a target's measurements against its plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saman import formatting, words
from saman.charts.svg import (
    AXIS_HEIGHT,
    WIDTH,
    Scale,
    TickLabels,
    axis_months,
    axis_values,
    coordinate,
    element,
    group,
    ink,
    named,
    path,
    share,
    value_axis,
)

DIAMOND = "M0-6.5L6.5 0 0 6.5-6.5 0z"
TOP = 22  # pixels above the plot, for «I dag»
NAME_HEIGHT = 16  # pixels from a line down to a name below it; nearer than this, two names cannot be read


@dataclass(frozen=True, slots=True)
class Point:
    """One measured value; `value` None is a planned point that was not measured, and leaves a gap in the line."""

    on: date
    value: float | None
    is_relapse: bool = False
    is_preliminary: bool = False


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Where a line is heading by a day: the value foreseen, and the interval it should lie in."""

    on: date
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What a series usually varies between by itself, worked out from its points from `since` to `until`."""

    since: date
    until: date
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned path as (day, value) corners, and the accepted distance from it."""

    corners: Sequence[tuple[date, float]]
    tolerance: float | None

    def edges(self) -> list[float]:
        """Every value the path and its tolerance reach."""
        reach = self.tolerance or 0.0
        return [edge for _on, value in self.corners for edge in (value - reach, value + reach)]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things are in a chart: scales across and down, its height, and how values are written."""

    across: Scale
    down: Scale
    height: int
    unit: str
    decimals: int

    def x(self, on: date) -> float:
        """The place of a day, in the plot's inner coordinates."""
        return self.across(on.toordinal())

    def written(self, value: float) -> str:
        """A value with its unit, every value with the same number of decimals."""
        return formatting.with_unit(value, self.unit, self.decimals)


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
        parts.append(element("path", {"class": "spark-base", "d": f"M0 {coordinate(down(baseline))}H{width}"}))
    for css, values in (("spark-plan", plan), ("spark-actual", points)):
        line = path(None if value is None else (across(i), down(value)) for i, value in enumerate(values))
        if line:
            parts.append(element("path", {"class": css, "d": line}))
    measured = [(i, value) for i, value in enumerate(points) if value is not None]
    if measured:
        last, value = measured[-1]
        place = {"cx": coordinate(across(last)), "cy": coordinate(down(value)), "r": 4}
        parts.append(element("circle", {"class": "spark-dot", **ink(status), **place}))
    size = {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"}
    return element("svg", {"class": "spark", **size, **named(label)}, *parts)


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
    decimals: int | None = None,
    height: int = 400,
    forecast: Sequence[Foreseen] = (),
    breaks: Sequence[date] = (),
    limits: tuple[float | None, float | None] = (None, None),
    usual: Usual | None = None,
) -> SafeString:
    """What was measured against what was planned: line with dots, dashed plan with its tolerance, baseline and target.

    `plan` is the planned path as (day, value) corners, `tolerance` the accepted distance from it, all in `unit`. The
    axis always grows upwards. `decimals`: how many every value is shown with; None: as many as the finest has, two at
    most. `label` is the sentence that tells the point. `forecast`: a fan from the last measured value on.
    `breaks`: days the series is broken; the line does not go across them. `limits`: what it is to stay within.
    `usual`: what it varies between by itself.
    """
    planned = Plan(plan, tolerance)
    days = [today, *(point.on for point in points), *(on for on, _value in plan), *(step.on for step in forecast)]
    values = [point.value for point in points if point.value is not None]
    levels = [level for level in (baseline, target, *limits) if level is not None]
    fan = [edge for step in forecast for edge in (step.low, step.high)]
    known = [*values, *levels, *planned.edges(), *fan, *((usual.low, usual.high) if usual else ())] or [0.0, 1.0]
    ticks = axis_values(min(known), max(known))
    frame = Frame(
        across=Scale(min(days).toordinal(), max(days).toordinal(), 0, WIDTH),
        down=Scale(ticks[0], ticks[-1], height - AXIS_HEIGHT, TOP),
        height=height,
        unit=unit,
        decimals=_finest([*values, *levels]) if decimals is None else decimals,
    )
    parts = [
        value_axis(ticks, frame.down, unit if unit == "%" else ""),
        month_axis(min(days), max(days), frame),
        _plot(sorted(points, key=lambda point: point.on), planned, forecast, breaks, frame),
        _levels(baseline, target, planned, frame, _relapse(points)),
        _limits(limits, frame),
        *([_usual(usual, frame)] if usual else []),
        group(_break(on, frame) for on in breaks if min(days) <= on <= max(days)),
        today_line(today, frame),
        group(_dot(point, point.value, frame) for point in points if point.value is not None),
        _relapse_name(points, frame),
        _forecast_name(forecast, frame),
    ]
    return element("svg", {"class": "fig", "height": height, **named(label)}, *parts)


def _finest(values: Sequence[float]) -> int:
    """The number of decimals of the finest value, two at most."""
    return next((decimals for decimals in (0, 1) if all(round(v, decimals) == round(v, 2) for v in values)), 2)


def month_axis(first: date, last: date, frame: Frame) -> SafeString:
    """The months below the plot; the first one and every January with their year."""
    labels = TickLabels(frame.height - 6)
    one_year = first.year == last.year
    for index, on in enumerate(axis_months(first, last)):
        name = formatting.month_short(on)
        with_year = on.month == 1 or index == 0
        labels.add(f"{name} {on.year}" if with_year else name, frame.x(on) / WIDTH, narrow=with_year or one_year)
    return labels.drawn()


def _fan(points: Sequence[Point], forecast: Sequence[Foreseen], frame: Frame) -> list[SafeString]:
    """The interval as a field that opens from the last measured value, with the foreseen line dotted in it."""
    known = [(point.on, point.value) for point in points if point.value is not None]
    if not forecast or not known:
        return []
    start = (frame.x(known[-1][0]), frame.down(known[-1][1]))
    upper = [(frame.x(step.on), frame.down(step.high)) for step in forecast]
    lower = [(frame.x(step.on), frame.down(step.low)) for step in reversed(forecast)]
    middle = [(frame.x(step.on), frame.down(step.value)) for step in forecast]
    field = element("path", {"class": "fig-fan", "d": path([start, *upper, *lower]) + "Z"})
    return [field, element("path", {"class": "fig-forecast", "d": path([start, *middle])})]


def _forecast_name(forecast: Sequence[Foreseen], frame: Frame) -> SafeString:
    """The value the forecast ends at, beside its end on the side that has room."""
    if not forecast:
        return SafeString("")
    last = forecast[-1]
    x = frame.x(last.on) / WIDTH
    side = {"dx": 6, "text-anchor": "start"} if x < 0.75 else {"dx": -6, "text-anchor": "end"}
    place = {"x": share(x), "y": coordinate(frame.down(last.value) - 8), **side}
    name = _("Prognose %(value)s") % {"value": frame.written(last.value)}
    return element("text", {"class": "fig-halo", **place}, name)


def _break(on: date, frame: Frame) -> SafeString:
    """A dotted line down through the day a series is broken, named at the foot of the plot."""
    x, foot = frame.x(on) / WIDTH, frame.height - AXIS_HEIGHT
    line = {"x1": share(x), "x2": share(x), "y1": TOP, "y2": foot}
    side = {"dx": -6, "text-anchor": "end"} if x > 0.5 else {"dx": 6, "text-anchor": "start"}
    name = element("text", {"class": "fig-halo", "x": share(x), "y": foot - 8, **side}, _("Brudd"))
    return group([element("line", {"class": "fig-level", **line}), name])


def _pieces(points: Sequence[Point], breaks: Sequence[date], frame: Frame) -> list[tuple[float, float] | None]:
    """The measured line's corners, with a gap where nothing was measured or the series is broken."""
    corners: list[tuple[float, float] | None] = []
    for before, point in pairwise([None, *points]):
        if before is not None and point is not None and any(before.on < on <= point.on for on in breaks):
            corners.append(None)
        if point is not None:
            corners.append(None if point.value is None else (frame.x(point.on), frame.down(point.value)))
    return corners


def _plot(
    points: Sequence[Point], plan: Plan, forecast: Sequence[Foreseen], breaks: Sequence[date], frame: Frame
) -> SafeString:
    """The part that is stretched to the width: tolerance, plan, forecast and measured line."""
    parts = _fan(points, forecast, frame)
    planned = [(frame.x(on), value) for on, value in plan.corners]
    if plan.tolerance and len(planned) > 1:
        upper = [(x, frame.down(value + plan.tolerance)) for x, value in planned]
        lower = [(x, frame.down(value - plan.tolerance)) for x, value in reversed(planned)]
        parts.append(element("path", {"class": "fig-band", "d": path([*upper, *lower]) + "Z"}))
    if len(planned) > 1:
        parts.append(element("path", {"class": "fig-plan", "d": path((x, frame.down(v)) for x, v in planned)}))
    measured = _pieces(points, breaks, frame)
    if any(one and other for one, other in pairwise(measured)):
        parts.append(element("path", {"class": "fig-actual", "d": path(measured)}))
    view = {"viewBox": f"0 0 {WIDTH} {frame.height}", "preserveAspectRatio": "none"}
    return element("svg", {"class": "fig-plot", "width": "100%", "height": frame.height, **view}, *parts)


def _levels(
    baseline: float | None, target: float | None, plan: Plan, frame: Frame, relapse: tuple[date, float] | None
) -> SafeString:
    """Dotted lines at baseline and target with their names, and a diamond where the plan ends.

    The baseline's name goes below its line where the word for a relapse stands above it.
    """
    parts = []
    if baseline is not None:
        name = _("Nullpunkt %(value)s") % {"value": frame.written(baseline)}
        y = frame.down(baseline)
        is_taken = relapse is not None and abs(frame.down(relapse[1]) - y) < NAME_HEIGHT
        place = {"x": "100%", "text-anchor": "end"}
        parts.append(_level(name, y, place, "fig-halo", off=NAME_HEIGHT if is_taken else -6))
    if target is not None:
        name = _("Mål %(value)s") % {"value": frame.written(target)}
        parts.append(_level(name, frame.down(target), {"x": "0%", "text-anchor": "start"}, "fig-halo fig-strong"))
    if target is not None and plan.corners:
        parts.append(_diamond("fig-goal", frame.x(plan.corners[-1][0]), frame.down(target)))
    return group(parts)


def _limits(limits: tuple[float | None, float | None], frame: Frame) -> SafeString:
    """Dotted lines at the limits the figure is to stay within, with their names."""
    place: dict[str, object] = {"x": "0%", "text-anchor": "start"}
    css, parts = "fig-halo fig-strong", []
    for limit, name in zip(limits, (_("Minst %(value)s"), _("Høyst %(value)s")), strict=True):
        if limit is not None:
            parts.append(_level(name % {"value": frame.written(limit)}, frame.down(limit), place, css))
    return group(parts)


def _usual(usual: Usual, frame: Frame) -> SafeString:
    """Lines at what the figure usually varies between, along the points behind them, named at the middle."""
    first, last = frame.x(usual.since) / WIDTH, frame.x(usual.until) / WIDTH
    parts = []
    for value, name, off in (
        (usual.high, _("Vanlig opp til %(value)s"), -6),
        (usual.low, _("Vanlig ned til %(value)s"), 16),
    ):
        y = frame.down(value)
        line = {"x1": share(first), "x2": share(last), "y1": coordinate(y), "y2": coordinate(y)}
        place = {"x": share((first + last) / 2), "y": coordinate(y + off), "text-anchor": "middle"}
        parts.append(element("line", {"class": "fig-usual", **line}))
        parts.append(element("text", {"class": "fig-halo", **place}, name % {"value": frame.written(value)}))
    return group(parts)


def _level(name: str, y: float, place: Mapping[str, object], css: str, off: int = -6) -> SafeString:
    line = {"x1": 0, "x2": "100%", "y1": coordinate(y), "y2": coordinate(y)}
    text = element("text", {"class": css, "y": coordinate(y + off), **place}, name)
    return group([element("line", {"class": "fig-level", **line}), text])


def today_line(today: date, frame: Frame) -> SafeString:
    """A thin line down through today, named at the top on the side that has room."""
    x = frame.x(today) / WIDTH
    line = {"x1": share(x), "x2": share(x), "y1": 6, "y2": frame.height - AXIS_HEIGHT}
    side = {"dx": -6, "text-anchor": "end"} if x > 0.5 else {"dx": 6, "text-anchor": "start"}
    name = element("text", {"class": "fig-halo", "x": share(x), "y": 15, **side}, _("I dag"))
    return group([element("line", {"class": "fig-today", **line}), name])


def _dot(point: Point, value: float, frame: Frame) -> SafeString:
    """A measured value: a dot, or a diamond where it went the wrong way; pointing at it tells date and value."""
    x, y = frame.x(point.on), frame.down(value)
    told = {"day": formatting.day(point.on), "value": frame.written(value)}
    title = (_("%(day)s: %(value)s, foreløpig") if point.is_preliminary else _("%(day)s: %(value)s")) % told
    place = {"cx": share(x / WIDTH), "cy": coordinate(y)}
    css = "fig-dot preliminary" if point.is_preliminary else "fig-dot"
    sign = _diamond("fig-relapse", x, y) if point.is_relapse else element("circle", {"class": css, **place, "r": 5})
    hit = element("circle", {"class": "fig-hit", **place, "r": 12})
    return element("g", {"class": "fig-point"}, element("title", {}, title), hit, sign)


def _relapse(points: Sequence[Point]) -> tuple[date, float] | None:
    """The last point that went the wrong way, if any."""
    found = [(point.on, point.value) for point in points if point.is_relapse and point.value is not None]
    return max(found, default=None)


def _relapse_name(points: Sequence[Point], frame: Frame) -> SafeString:
    """The word for a relapse beside its last diamond, on the side that has room."""
    last = _relapse(points)
    if last is None:
        return SafeString("")
    on, value = last
    x = frame.x(on) / WIDTH
    side = {"dx": 12, "text-anchor": "start"} if x < 0.6 else {"dx": -12, "text-anchor": "end"}
    place = {"x": share(x), "y": coordinate(frame.down(value) - 8), **side}
    return element("text", {"class": "fig-st fig-halo", **ink("relapse"), **place}, words.RESULTS["relapse"].word)


def _diamond(css: str, x: float, y: float) -> SafeString:
    """A diamond at a place in the plot."""
    shape = element("path", {"class": css, "d": DIAMOND})
    return element("svg", {"x": share(x / WIDTH), "y": coordinate(y), "overflow": "visible"}, shape)
