"""Figures about so few people that someone could be recognised: hidden from everyone outside the project.

Source: statistics.md, «Privacy of figures». It happens where figures are read, so that no page can forget it.
"""

from dataclasses import dataclass
from decimal import Decimal

from benefits.models import Measurement, TargetVersion

FEWEST = 5  # people behind a figure
FEWEST_FOR_ALL_OR_NONE = 10  # «none of us» and «all of us» say something about each
_ABOUT_PEOPLE = frozenset(set(TargetVersion.Kind.values) - {TargetVersion.Kind.COUNT})
_SHARES = frozenset({TargetVersion.Kind.REGISTER_SHARE, TargetVersion.Kind.SURVEY_SHARE})


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value as one reader may see it; `value` and `n` are None when suppressed."""

    value: Decimal | None
    n: int | None
    is_suppressed: bool = False


def seen(measurement: Measurement, kind: str, *, is_inside: bool) -> Figure:
    """What a reader sees of a measurement; people of the project (`is_inside`) see what they registered."""
    if is_inside or not must_hide(measurement, kind):
        return Figure(measurement.value, measurement.n)
    return Figure(None, None, is_suppressed=True)


def must_hide(measurement: Measurement, kind: str) -> bool:
    """Whether a figure is about one to four people, or is 0 % or 100 % of fewer than ten."""
    if kind not in _ABOUT_PEOPLE:
        return False
    people = [number for number in (measurement.n, measurement.denominator) if number is not None]
    if any(0 < number < FEWEST for number in (*people, measurement.numerator or 0)):
        return True
    are_few = any(number < FEWEST_FOR_ALL_OR_NONE for number in people)
    return kind in _SHARES and are_few and measurement.value in (0, 100)
