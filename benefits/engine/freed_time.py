"""Freed time by double entry: how much of a post's time is used on a day, and at most over its life.

Amounts are årsverk, floats in the rules and Decimals where they are written; the arithmetic is the same.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

SCATTERED = 0.1  # årsverk per position below which nobody can be given the time (domain 2a, F6)
SLACK = 0.0005  # årsverk: amounts closer than this are equal; rounding, not time

Amount = TypeVar("Amount", float, Decimal, covariant=True)


class Span(Protocol[Amount]):
    """An amount of time from a day on, to a day (None: until further notice)."""

    @property
    def fte(self) -> Amount:
        """Årsverk."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date | None:
        """The last day."""


def lasts_on(span: Span[Amount], day: date) -> bool:
    """Whether a span holds on a day."""
    return span.starts_on <= day and (span.ends_on is None or span.ends_on >= day)


def used_on(spans: Iterable[Span[Amount]], day: date) -> list[Amount]:
    """The amounts that hold on a day, to be summed."""
    return [span.fte for span in spans if lasts_on(span, day)]


def busiest_day(spans: Sequence[Span[Amount]], first: date, last: date | None) -> date:
    """The first day, from `first` to `last`, on which most is used. Use only grows on days a span begins."""
    days = {first} | {span.starts_on for span in spans if span.starts_on > first}
    within = sorted(day for day in days if last is None or day <= last)
    return max(within, key=lambda day: (sum(used_on(spans, day)), -day.toordinal()))
