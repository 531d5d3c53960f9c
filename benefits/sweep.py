"""Takes what is due, in chunks: a chunk's trouble leaves only its own projects due, a project's only itself."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError

from benefits import attempts
from benefits.assessment import CHUNK, assess_projects, due
from projects.models import Project
from saman import clock

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Day:
    """What a round of assessments counts as today and now; both stand still in a demonstration."""

    today: date
    now: datetime


@dataclass(slots=True)
class Taken:
    """How many projects were assessed, how many verdicts changed, and how many failed."""

    assessed: int = 0
    changed: int = 0
    failed: int = 0


def waiting(day: Day) -> list[int]:
    """Ids of the due projects that have no trouble, in order."""
    return list(due(day.today).filter(attempt=None).order_by("pk").values_list("pk", flat=True))


def troubled(day: Day) -> list[int]:
    """Ids of the due projects that failed or were interrupted and may be tried again, those tried least first."""
    again = due(day.today).exclude(attempt=None).exclude(attempts.backed_off(clock.real_now()))
    return list(again.order_by("attempt__attempts", "pk").values_list("pk", flat=True))


def take(ids: Sequence[int], day: Day, *, enough: Callable[[], bool] = lambda: False) -> Taken:
    """Assess projects in chunks until `enough` says stop; then, one by one, those that cannot be taken together."""
    taken = Taken()
    for chunk in chunks(ids):
        if enough():
            break
        _together(_load(chunk), day, taken)
    return taken


def take_troubled(ids: Sequence[int], day: Day, *, enough: Callable[[], bool] = lambda: False) -> Taken:
    """Assess projects one by one until `enough` says stop."""
    taken = Taken()
    for pk in ids:
        if enough():
            break
        for project in _load([pk]):
            _alone(project, day, taken)
    return taken


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids, at most CHUNK at a time."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _load(ids: Sequence[int]) -> list[Project]:
    return list(Project.objects.filter(pk__in=ids).select_related("cohort__programme").order_by("pk"))


def _together(projects: Sequence[Project], day: Day, taken: Taken) -> None:
    attempts.begin_together(projects, at=clock.real_now())
    try:
        changes = assess_projects([project.pk for project in projects], as_of=day.today, now=day.now)
    except (SoftTimeLimitExceeded, OperationalError, InterfaceError):
        raise  # the attempts stand: next time each is taken alone
    except Exception:
        log.exception("%s projects could not be assessed together; taking them one by one", len(projects))
        for project in projects:
            _alone(project, day, taken)
        return
    attempts.succeeded(projects)
    taken.assessed += len(projects)
    taken.changed += len(changes)


def _alone(project: Project, day: Day, taken: Taken) -> None:
    attempts.begin_alone(project, at=clock.real_now())
    try:
        changes = assess_projects([project.pk], as_of=day.today, now=day.now)
    except SoftTimeLimitExceeded:
        raise
    except (OperationalError, InterfaceError):
        attempts.excused(project, at=clock.real_now())
        log.warning("project %s was locked, or the database away; it stays due", project.pk)
        return
    except Exception as error:
        attempts.failed(project, error, at=clock.real_now())
        log.exception("project %s could not be assessed; it stays due", project.pk)
        taken.failed += 1
        return
    attempts.succeeded([project])
    taken.assessed += 1
    taken.changed += len(changes)
