"""Who has reported in a round, for everybody: project, municipality, the day it came, and whether that was late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from projects.models import Project
from reporting.annual.models import Report, Round, Submission
from reporting.public.queries import Listed


@dataclass(frozen=True, slots=True)
class Line:
    """A project that reports in the round; `received_on` None: nothing has come."""

    item: Listed
    received_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """Everyone who reports in a round, in the alphabet's order."""

    round: Round
    lines: list[Line]

    @property
    def received(self) -> int:
        """How many reports have come."""
        return sum(line.received_on is not None for line in self.lines)


def rounds_shown(programme: int, today: date) -> list[Round]:
    """The rounds of a programme that have opened, the newest first; a test round is nobody's business."""
    opened = Round.objects.filter(programme=programme, opens_on__lte=today, is_test=False)
    return list(opened.order_by("-period_end", "-opens_on"))


def round_to_open(rounds: Sequence[Round]) -> Round | None:
    """Of rounds, the newest first: the first in which somebody has reported, else the newest. One query at most."""
    if len(rounds) < 2:
        return rounds[0] if rounds else None
    rows = Submission.objects.filter(report__round__in=[row.pk for row in rounds], revision=1, test_round=None)
    rows = rows.exclude(report__project__participation=Project.Participation.WITHDRAWN)
    came = set(rows.values_list("report__round", flat=True).distinct())
    return next((row for row in rounds if row.pk in came), rounds[0])


def reported(round_: Round, listed: Iterable[Listed]) -> Reported:
    """Whose reports have come, by the first one sent in: one that is sent back has come. Two queries."""
    first = Submission.objects.filter(report__round=round_, revision=1, test_round=None)
    came = {project: (at, late) for project, at, late in first.values_list("report__project", "received_at", "is_late")}
    asked = set(
        Report.objects.filter(round=round_)
        .exclude(project__participation=Project.Participation.WITHDRAWN)
        .values_list("project", flat=True)
    )
    return Reported(round_, [_line(item, came.get(item.project.pk)) for item in listed if item.project.pk in asked])


def _line(item: Listed, came: tuple[datetime, bool] | None) -> Line:
    if came is None:
        return Line(item, None, is_late=False)
    at, is_late = came
    return Line(item, timezone.localtime(at).date(), is_late)
