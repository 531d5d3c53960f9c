"""What every drawing needs: escaped elements, scales, round axis values. Looks are classes of css/figures.css."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil, floor, log10

from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from saman import formatting, words

WIDTH = 1000  # the inner coordinate system of a plot, stretched to whatever width the page gives it
AXIS_HEIGHT = 26  # pixels below a plot, for the names of months
WIDE_LABEL, NARROW_LABEL = 0.11, 0.30  # what a month's name takes of the width of a chart on a desk and on a phone


def element(name: str, attributes: dict[str, object], *children: str | Promise) -> SafeString:
    """One SVG element, its contents escaped unless they are elements already. Attributes that are None are left out."""
    given = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items() if value is not None)
    return SafeString(f"<{name}{given}>{group(children)}</{name}>")


def group(parts: Iterable[str | Promise]) -> SafeString:
    """Elements one after the other; what is no element is escaped."""
    return SafeString("".join(conditional_escape(part) for part in parts))  # type: ignore[arg-type]


def coordinate(value: float) -> str:
    """A coordinate with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def share(value: float) -> str:
    """A position from 0 to 1 as a percentage of the width, kept inside the drawing."""
    return f"{coordinate(min(max(value, 0.0), 1.0) * 100)}%"


def path(points: Iterable[tuple[float, float] | None]) -> str:
    """The `d` of a line through the points; None is a gap: the line stops and begins again."""
    commands, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        commands.append(f"{pen}{coordinate(point[0])} {coordinate(point[1])}")
        pen = "L"
    return "".join(commands)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from `low`..`high` to positions from `start` to `end`; values that do not vary land in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The position of a value."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass
class TickLabels:
    """Names below an axis, at shares of the width. Those that would run into the one before are left out, and those
    that only do so on a phone are marked `only-wide`.
    """

    y: float
    _texts: list[SafeString] = field(default_factory=list)
    _wide_end: float = -1.0
    _narrow_end: float = -1.0

    def add(self, text: str, x: float, narrow: bool = True) -> None:
        """One more name, to the right of those before; `narrow`: whether it makes sense on a phone."""
        anchor, before = ("start", 0.0) if x < 0.01 else ("end", 1.0) if x > 0.99 else ("middle", 0.5)
        if x - WIDE_LABEL * before < self._wide_end:
            return
        self._wide_end = x + WIDE_LABEL * (1 - before)
        css = None if narrow and x - NARROW_LABEL * before >= self._narrow_end else "only-wide"
        if css is None:
            self._narrow_end = x + NARROW_LABEL * (1 - before)
        place = {"x": share(x), "y": coordinate(self.y), "text-anchor": anchor}
        self._texts.append(element("text", {"class": css, **place}, text))

    def drawn(self) -> SafeString:
        """The names that have room."""
        return group(self._texts)


def value_axis(ticks: Sequence[float], down: Scale, unit: str = "") -> SafeString:
    """Thin lines across with their values to the left, the unit on the uppermost."""
    parts = []
    for index, value in enumerate(ticks):
        y = down(value)
        line = {"x1": 0, "x2": "100%", "y1": coordinate(y), "y2": coordinate(y)}
        parts.append(element("line", {"class": "fig-grid" if index else "fig-axis", **line}))
        text = formatting.with_unit(value, unit if index == len(ticks) - 1 else "")
        parts.append(element("text", {"x": -8, "y": coordinate(y + 4), "text-anchor": "end"}, text))
    return group(parts)


def ink(result: str | None) -> dict[str, object]:
    """The attribute that gives an element the ink of a result."""
    return {} if result is None else {"data-status": words.result_sign(result).key}


def named(label: str) -> dict[str, object]:
    """An image with a name, or decoration that screen readers pass over."""
    return {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}


def axis_values(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round values (1, 2, 2.5 or 5 times a power of ten apart) from at or below `low` to at or above `high`."""
    if high - low <= 1e-9 * max(1.0, abs(low), abs(high)):
        margin = abs(high) * 0.1 or 1.0
        low, high = low - margin, high + margin
    rough = (high - low) / wanted
    magnitude = floor(log10(rough))
    power = 10.0**magnitude
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(index * step, max(0, 2 - magnitude)) for index in range(first, last + 1)]


def axis_months(first: date, last: date, wanted: int = 7) -> list[date]:
    """The first days of evenly spaced months from `first` to `last`, at most about `wanted`, January among them."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= wanted), 120)
    start = first.year * 12 + first.month - 1
    indices: Sequence[int] = range(ceil(start / step) * step, last.year * 12 + last.month, step)
    days = [date(index // 12, index % 12 + 1, 1) for index in indices]
    return [day for day in days if first <= day <= last]
