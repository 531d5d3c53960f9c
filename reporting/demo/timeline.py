"""What happens when: steps in the order of time, with an assessment at each month end on the facts known then."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benefits.assessment import assess_projects
from projects.models import Project

OSLO = ZoneInfo("Europe/Oslo")
Step = Callable[[], object]


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment on a day in Oslo."""
    return datetime.combine(day, time(hour, minute), OSLO)


class Timeline:
    """Steps waiting to happen, none of them after `today`."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.steps: list[tuple[datetime, int, Step]] = []

    def add(self, moment: datetime, step: Step) -> None:
        """Let a step happen at a moment; later than today it is left out."""
        if moment.date() <= self.today:
            self.steps.append((moment, len(self.steps), step))

    def run(self, first: date, now: datetime) -> None:
        """Let everything happen, with an assessment at each month end from `first` on, and one today."""
        waiting = sorted(self.steps, key=lambda step: step[:2], reverse=True)
        for day in [*_month_ends(first, self.today), self.today]:
            while waiting and waiting[-1][0].date() <= day:
                waiting.pop()[2]()
            assess(day, now if day == self.today else at(day, 23, 30))


def assess(day: date, now: datetime) -> None:
    """Assess every project in use on a day."""
    followed = Project.objects.filter(followed_since__lte=day).order_by("pk")
    assess_projects(followed.values_list("pk", flat=True), as_of=day, now=now)


def _month_ends(first: date, last: date) -> list[date]:
    ends, day = [], first.replace(day=1)
    while day <= last:
        day = (day + timedelta(days=32)).replace(day=1)
        ends.append(day - timedelta(days=1))
    return [end for end in ends if end < last]
