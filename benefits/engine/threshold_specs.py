"""What is known of a threshold besides its value: its subject, unit, bounds, meaning and source.

A field of `Thresholds` is declared by one of the functions below. The page where programmes choose their own values,
docs/rules.md and the checks of what is typed all read the same declaration.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SPEC = "spec"  # the key of a field's metadata


class Subject(StrEnum):
    """What a threshold is about: the headings thresholds are grouped under, in this order."""

    NOISE = "noise"
    PROGRESS = "progress"
    FRESHNESS = "freshness"
    TREND = "trend"
    RELAPSE = "relapse"
    MEASURABILITY = "measurability"
    PLAN = "plan"
    LEADERSHIP = "leadership"
    INVOLVEMENT = "involvement"
    LEARNING = "learning"
    SEVERITY = "severity"


class Unit(StrEnum):
    """What a threshold is counted in. A share is in parts of one, z in standard deviations."""

    SHARE = "share"
    DAYS = "days"
    POINTS = "points"
    Z = "z"
    TIMES = "times"
    COUNT = "count"
    RATIO = "ratio"  # a plain number between two bounds, such as a correlation or a spread


WHOLE = frozenset({Unit.DAYS, Unit.POINTS, Unit.COUNT})


@dataclass(frozen=True, slots=True)
class Spec:
    """`low` and `high` are the least and the greatest value a programme may choose, both allowed."""

    subject: Subject
    unit: Unit
    about: str
    source: str
    low: float
    high: float

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.unit in WHOLE


def _declared(default: Any, spec: Spec) -> Any:
    return field(default=default, metadata={SPEC: spec})


def share(default: float, subject: Subject, about: str, source: str, *, low: float = 0.0, high: float = 1.0) -> float:
    """A share, in parts of one."""
    return _declared(default, Spec(subject, Unit.SHARE, about, source, low, high))


def days(default: int, subject: Subject, about: str, source: str, *, low: int = 0, high: int = 1095) -> int:
    """A number of days."""
    return _declared(default, Spec(subject, Unit.DAYS, about, source, low, high))


def points(default: int, subject: Subject, about: str, source: str, *, low: int = 1, high: int = 24) -> int:
    """A number of measurements."""
    return _declared(default, Spec(subject, Unit.POINTS, about, source, low, high))


def count(default: int, subject: Subject, about: str, source: str, *, low: int = 0, high: int = 100) -> int:
    """A number of anything else."""
    return _declared(default, Spec(subject, Unit.COUNT, about, source, low, high))


def z(default: float, subject: Subject, about: str, source: str, *, low: float = 0.5, high: float = 4.0) -> float:
    """A number of standard deviations."""
    return _declared(default, Spec(subject, Unit.Z, about, source, low, high))


def times(default: float, subject: Subject, about: str, source: str, *, low: float = 1.0, high: float = 10.0) -> float:
    """How many times one number is another."""
    return _declared(default, Spec(subject, Unit.TIMES, about, source, low, high))


def ratio(default: float, subject: Subject, about: str, source: str, *, low: float = 0.0, high: float = 1.0) -> float:
    """A plain number."""
    return _declared(default, Spec(subject, Unit.RATIO, about, source, low, high))
