"""What the worker does: the sweeper each minute, the roll-forward each night. Idempotent; arguments are never facts."""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from benefits.assessment import assess_projects, due
from benefits.verdict_store import Change
from journal.actions import beat
from projects.models import Project
from saman import clock

log = logging.getLogger(__name__)


@shared_task(name="benefits.tasks.assess_due")  # type: ignore[untyped-decorator]
def assess_due(**_: object) -> int:
    """Assess what is due; the number of projects taken."""
    today = clock.today()
    ids = list(due(today).order_by("pk").values_list("pk", flat=True))
    _assess(ids, today, clock.now())
    beat(name="sweeper", at=clock.real_now())
    return len(ids)


@shared_task(name="benefits.tasks.roll_forward")  # type: ignore[untyped-decorator]
def roll_forward(**_: object) -> int:
    """Assess every project in use anew; the number whose verdict differed from what was stored."""
    today = clock.today()
    ids = list(Project.objects.filter(followed_since__lte=today).order_by("pk").values_list("pk", flat=True))
    changed = _assess(ids, today, clock.now())
    beat(name="reconciliation", at=clock.real_now())
    return len(changed)


def _assess(ids: Sequence[int], today: date, now: datetime) -> list[Change]:
    """Assess all at once; where that fails, one by one, so that one project's failure leaves only that one due."""
    try:
        return assess_projects(ids, as_of=today, now=now)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("%s projects could not be assessed together; taking them one by one", len(ids))
    return [change for pk in ids for change in _assess_alone(pk, today, now)]


def _assess_alone(pk: int, today: date, now: datetime) -> list[Change]:
    try:
        return assess_projects([pk], as_of=today, now=now)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("project %s could not be assessed; it stays due", pk)
        return []
