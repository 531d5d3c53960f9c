"""When the next measurement of a target is due, and whether it is too late (source: statistics.md «Stale»)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from benefits.engine.facts import ProjectFacts, TargetFacts
from benefits.engine.noise import PERIODS
from benefits.engine.paths import final_value, path_start
from benefits.engine.thresholds import DEFAULT, Thresholds


@dataclass(frozen=True, slots=True)
class Due:
    """The next date a measurement is due (`on`; None: no more are expected) and the last day it is not yet stale."""

    on: date | None
    latest: date | None

    def is_stale(self, as_of: date) -> bool:
        """Whether the due measurement is so late that the last one says nothing any more."""
        return self.latest is not None and as_of > self.latest


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day; a month's last day stays a last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))


def period_of(target: TargetFacts) -> int:
    """Points a year: 12, 4 or 1. A target without a frequency is held to one a year."""
    return PERIODS.get(target.frequency or "", 1)


def next_due(
    target: TargetFacts, project: ProjectFacts, measured_on: date | None, thresholds: Thresholds = DEFAULT
) -> Due:
    """The first planned date no measurement covers; without planned dates one period after the last measurement."""
    period = period_of(target)
    on = _next_planned(target, measured_on, thresholds.early_days(period)) or _next_regular(
        target, project, measured_on, thresholds
    )
    return Due(on, on + timedelta(days=thresholds.stale_days(period)) if on else None)


def _next_planned(target: TargetFacts, measured_on: date | None, early_days: int) -> date | None:
    """The first planned date after the baseline that `measured_on` does not cover."""
    zero = target.baseline.on if target.baseline else date.min
    covered = measured_on + timedelta(days=early_days) if measured_on else zero
    dates = [point.on for point in target.planned if point.kind != "baseline" and point.on > zero]
    return min((on for on in dates if on > covered), default=None)


def _next_regular(
    target: TargetFacts, project: ProjectFacts, measured_on: date | None, thresholds: Thresholds
) -> date | None:
    """One period after the last measurement or the path's start, until the follow-up time has passed."""
    start, final = path_start(target), final_value(target)
    if target.is_kept and start is None:
        start = target.effect_starts_on or project.starts_on
    if start is None or final is None:
        return None
    on = add_months(max(measured_on or start, start), 12 // period_of(target))
    end = max(final[0], project.ends_on or final[0])
    return on if on <= end + timedelta(days=thresholds.follow_up_days) else None
