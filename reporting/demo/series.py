"""Believable series: a path from baseline to target, with noise, and the season where the indicator has one."""

import random
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
# How far sick leave lies above its yearly mean in each quarter, in percentage points (municipalities, 2019-2021).
SEASON = (0.95, 0.05, -1.2, 0.2)


def _fallen(t: float) -> float:
    """A real gain in the first year and a half, lost again within half a year."""
    return min(0.85, 2.3 * t) if t < 0.45 else max(-0.03, 0.85 - (t - 0.45) * 9)


def _sliding(t: float) -> float:
    return min(0.95, t * 1.9) if t < 0.6 else max(0.12, 0.95 - (t - 0.6) * 2.6)


def _recounted(t: float) -> float:
    """A gain, until the figure is counted in another way from the spring of 2014; from there it goes on rising."""
    return min(0.95, 3.2 * t) if t < 0.45 else 0.22 + (t - 0.45) * 1.1


# Share of the way to the target after share t of the time, for each way a story can go.
SHAPES: dict[str, Callable[[float], float]] = {
    "steady": lambda t: t,
    "ahead": lambda t: min(1.02, 1.35 * t),
    "reached": lambda t: min(1.12, 1.9 * t),
    "slow": lambda t: 0.77 * t,
    "lagging": lambda t: 0.35 * t,
    "flat": lambda t: 0.05 * t,
    "worse": lambda t: -0.55 * t,
    "noisy": lambda t: 0.8 * t,
    "missed": lambda t: 0.45 * t,
    "fallen": _fallen,
    "sliding": _sliding,
    "recounted": _recounted,
}


def month_ends(first: date, last: date) -> list[date]:
    """Every month's last day in the span, both ends included."""
    months = [(year, month) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    days = [date(year, month, monthrange(year, month)[1]) for year, month in months]
    return [day for day in days if first <= day <= last]


def quarter_ends(first: date, last: date) -> list[date]:
    """Every quarter's last day in the span, both ends included."""
    days = [date(year, *end) for year in range(first.year, last.year + 1) for end in QUARTER_ENDS]
    return [day for day in days if first <= day <= last]


def year_ends(first: date, last: date) -> list[date]:
    """Every 31 December in the span, both ends included."""
    return [day for day in quarter_ends(first, last) if day.month == 12]


def value_on(
    day: date,
    *,
    shape: str,
    start: date,
    end: date,
    baseline: float,
    target: float,
    sd: float,
    is_seasonal: bool,
    decimals: int,
    draw: random.Random,
) -> Decimal:
    """The invented value on a day, in the indicator's unit, rounded to `decimals`; never below zero."""
    t = (day - start) / (end - start)
    share = SHAPES[shape](t) if t > 0 else 0.0
    noise = draw.gauss(0, sd * (2.2 if shape == "noisy" else 1))
    season = SEASON[(day.month - 1) // 3] * baseline / 10 if is_seasonal else 0.0
    value = baseline + share * (target - baseline) + noise + season
    return round(Decimal(max(0.0, value)), decimals)


def recorded_after(day: date, draw: random.Random) -> date:
    """When someone got round to registering it: one to five weeks later."""
    return day + timedelta(days=draw.randint(8, 33))
