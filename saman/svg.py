"""What every drawing needs: escaped elements, scales, round axis values. Looks are classes of css/figures.css."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 1000  # the inner coordinate system of a plot, stretched to whatever width the page gives it


def element(name: str, attributes: dict[str, object], *children: str) -> SafeString:
    """One SVG element, its contents escaped unless they are elements already. Attributes that are None are left out."""
    given = ((key, value) for key, value in attributes.items() if value is not None)
    inner = format_html_join("", "{}", ((child,) for child in children))
    return format_html("<{}{}>{}</{}>", name, format_html_join("", ' {}="{}"', given), inner, name)


def group(parts: Iterable[str]) -> SafeString:
    """Elements one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


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


def axis_values(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round values (1, 2, 2.5 or 5 times a power of ten apart) from at or below `low` to at or above `high`."""
    if high == low:
        margin = abs(high) * 0.1 or 1.0
        low, high = low - margin, high + margin
    rough = (high - low) / wanted
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def axis_months(first: date, last: date, wanted: int = 7) -> list[date]:
    """The first days of evenly spaced months from `first` to `last`, at most about `wanted`, January among them."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= wanted), 120)
    start = first.year * 12 + first.month - 1
    indices: Sequence[int] = range(ceil(start / step) * step, last.year * 12 + last.month, step)
    days = [date(index // 12, index % 12 + 1, 1) for index in indices]
    return [day for day in days if first <= day <= last]
