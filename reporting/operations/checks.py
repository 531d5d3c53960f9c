"""What is well, what to keep an eye on and what must be mended: a level, the numbers behind it, words when shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any

from benefits.queries.lateness import by_other_rules, in_trouble, lateness
from journal import watch

MINUTE = timedelta(minutes=1)
# An age up to the first is well, up to the second is to be watched, beyond it something must be done.
DUE_LIMITS = (3 * MINUTE, 15 * MINUTE)
HEART_LIMITS = (3 * MINUTE, 5 * MINUTE)
NIGHT_LIMITS = (timedelta(hours=26), timedelta(hours=50))
OUTBOX_LIMITS = (10 * MINUTE, timedelta(hours=1))
MISSED_MINUTES = 5
RECENT_NIGHTS = 7


class Level(IntEnum):
    """How well something is. NEVER: it has not happened yet, as in a new installation."""

    WELL = 0
    NEVER = 1
    WATCH = 2
    BAD = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `name` is its code, `numbers` what was found."""

    name: str
    level: Level
    numbers: dict[str, Any] = field(default_factory=dict)


def checks(today: date, now: datetime, real_now: datetime) -> list[Check]:
    """Everything the database can tell. The message queue is not asked: its heartbeat tells."""
    hearts = watch.heartbeats()
    return [
        _due(today, now, real_now),
        _heart("sweeper", hearts.get("sweeper"), real_now),
        _heart("worker", hearts.get("worker"), real_now),
        _heart("beat", hearts.get("beat"), real_now),
        _night(hearts.get("reconciliation"), real_now),
        _drift(),
        _missed(real_now),
        _trouble(today),
        _outbox(real_now),
        _rules(),
    ]


def worst(found: Iterable[Check]) -> Level:
    """The level of the whole."""
    return max((check.level for check in found), default=Level.WELL)


def _by_age(age: timedelta, limits: tuple[timedelta, timedelta]) -> Level:
    return Level.WELL if age <= limits[0] else Level.WATCH if age <= limits[1] else Level.BAD


def _due(today: date, now: datetime, real_now: datetime) -> Check:
    found = lateness(today, now, real_now)
    level = _by_age(found.oldest, DUE_LIMITS) if found.due else Level.WELL
    return Check("due", level, {"count": found.due, "age": found.oldest})


def _heart(name: str, at: datetime | None, real_now: datetime) -> Check:
    if at is None:
        return Check(name, Level.NEVER)
    return Check(name, _by_age(real_now - at, HEART_LIMITS), {"age": real_now - at, "at": at})


def _night(at: datetime | None, real_now: datetime) -> Check:
    nights = watch.latest_nights(1)
    if at is None or not nights:
        return Check("night", Level.NEVER)
    outcome = nights[0].outcome
    level = max(_by_age(real_now - at, NIGHT_LIMITS), Level.WATCH if outcome.get("failed") else Level.WELL)
    numbers = {"age": real_now - at, "at": at, "count": outcome.get("projects", 0), "failed": outcome.get("failed", 0)}
    return Check("night", level, numbers)


def _drift() -> Check:
    """Drift of the last nights is shown until it is a week old: it is mended at once, but somebody must ask why."""
    nights = watch.latest_nights(RECENT_NIGHTS)
    count = sum(night.outcome.get("drift", 0) for night in nights)
    level = Level.BAD if count else Level.WELL if nights else Level.NEVER
    return Check("drift", level, {"count": count, "nights": len(nights)})


def _missed(real_now: datetime) -> Check:
    nights = watch.missed_nights(real_now)
    recent = [night for night in nights if night > real_now.date() - timedelta(days=RECENT_NIGHTS)]
    minutes = watch.missed_minutes(real_now)
    level = Level.WATCH if recent or minutes > MISSED_MINUTES else Level.WELL
    return Check("missed", level, {"count": minutes, "nights": len(nights)})


def _trouble(today: date) -> Check:
    count = len(in_trouble(today))
    return Check("trouble", Level.WATCH if count else Level.WELL, {"count": count})


def _outbox(real_now: datetime) -> Check:
    found = watch.outbox(real_now)
    age = real_now - found.oldest_at if found.oldest_at else timedelta(0)
    level = max(_by_age(age, OUTBOX_LIMITS), Level.WATCH if found.failing or found.given_up else Level.WELL)
    numbers = {"count": found.open, "age": age, "failing": found.failing, "given_up": found.given_up}
    return Check("outbox", level, numbers)


def _rules() -> Check:
    """A new engine makes every verdict due; how long they have waited is told by `due`."""
    count = by_other_rules()
    return Check("rules", Level.WATCH if count else Level.WELL, {"count": count})
