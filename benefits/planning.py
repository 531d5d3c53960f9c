"""When a target is to be measured: from the latest period that is over until two years after the target date."""

from datetime import date

from benefits.models import PlannedPoint
from benefits.periods import latest_end, period_ends

FOLLOW_UP_YEARS = 2  # relapse is watched for at least 24 months (product.md, system 7)

Planned = tuple[tuple[date, str], ...]


def planned_points(
    frequency: str, *, baseline_on: date | None, target_on: date, today: date, baseline_due_on: date | None = None
) -> Planned:
    """The dates a target is planned to be measured on, in order, each with its kind. Nothing is planned in the past
    but the latest period that is over, which is when its figures are ready."""
    kind = PlannedPoint.Kind
    start = max(filter(None, [baseline_on, _before(latest_end(frequency, today)), baseline_due_on]))
    regular = [on for on in period_ends(frequency, start, target_on) if on < target_on]
    points = dict.fromkeys(regular, kind.REGULAR)
    if regular:
        points[regular[len(regular) // 2]] = kind.MIDWAY
    if target_on > start:
        points[target_on] = kind.END
    last = years_after(target_on, FOLLOW_UP_YEARS)
    points |= dict.fromkeys(period_ends(frequency, max(target_on, start), last), kind.FOLLOW_UP)
    if baseline_on is None and baseline_due_on is not None:
        points[baseline_due_on] = kind.BASELINE
    return tuple((on, str(points[on])) for on in sorted(points))


def years_after(day: date, years: int) -> date:
    """The same day years later; 29 February becomes 28."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
