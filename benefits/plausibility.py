"""Figures that may be right but look like slips of the hand: asked about, never refused (reliability.md, Units)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

SLIP = Decimal(7)  # a decimal point in the wrong place is a factor of ten; half of that way already looks strange


class Doubt(StrEnum):
    """Why a figure is asked about."""

    MUCH_MORE = "much_more"
    MUCH_LESS = "much_less"
    OUTSIDE_RANGE = "outside_range"


@dataclass(frozen=True, slots=True)
class Reference:
    """The known figure a new one is compared with: the nearest in time, in the same unit."""

    on: date
    value: Decimal


def nearest(on: date, known: Iterable[Reference]) -> Reference | None:
    """The known figure closest in time, the earlier of two equally close; one of the same day only for want of others.

    So a correction is held against what it corrects where nothing else is known.
    """
    every = list(known)
    others = [one for one in every if one.on != on] or every
    return min(others, key=lambda one: (abs((one.on - on).days), one.on), default=None)


def doubts(
    value: Decimal, reference: Reference | None, low: Decimal | None = None, high: Decimal | None = None
) -> list[Doubt]:
    """What looks strange about a figure: a jump of a power of ten from the reference, or outside low to high."""
    found = []
    if reference and reference.value > 0 and value > 0:
        if value >= SLIP * reference.value:
            found.append(Doubt.MUCH_MORE)
        elif value * SLIP <= reference.value:
            found.append(Doubt.MUCH_LESS)
    if (low is not None and value < low) or (high is not None and value > high):
        found.append(Doubt.OUTSIDE_RANGE)
    return found
