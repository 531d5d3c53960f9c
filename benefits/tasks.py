"""What the worker does: the sweeper each minute, the roll-forward each night. Idempotent; arguments are never facts."""

from celery import shared_task

from benefits.assessment import assess_projects, due
from journal.actions import beat
from projects.models import Project
from saman import clock


@shared_task(name="benefits.tasks.assess_due")  # type: ignore[untyped-decorator]
def assess_due(**_: object) -> int:
    """Assess what is due; the number of projects taken."""
    today = clock.today()
    ids = list(due(today).order_by("pk").values_list("pk", flat=True))
    assess_projects(ids, as_of=today, now=clock.now())
    beat(name="sweeper", at=clock.real_now())
    return len(ids)


@shared_task(name="benefits.tasks.roll_forward")  # type: ignore[untyped-decorator]
def roll_forward(**_: object) -> int:
    """Assess every project in use anew; the number whose verdict differed from what was stored."""
    today = clock.today()
    ids = list(Project.objects.filter(followed_since__lte=today).order_by("pk").values_list("pk", flat=True))
    changed = assess_projects(ids, as_of=today, now=clock.now())
    beat(name="reconciliation", at=clock.real_now())
    return len(changed)
