"""Keeps one project's trouble from becoming everybody's: what has failed is taken alone, last, and ever more seldom."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from benefits.engine.assess import RULE_VERSION
from benefits.models import AssessmentAttempt
from projects.models import Project

# A worker killed by chance twice in the same project must not make it wait; a project that kills it must.
FREE_ATTEMPTS = 2
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)


def backed_off(at: datetime) -> Q:
    """Of projects: those that failed as they are now, and are left alone for a while."""
    unchanged = Q(
        attempt__revision=F("revision"),
        attempt__programme_revision=F("cohort__programme__revision"),
        attempt__rule_version=RULE_VERSION,
    )
    return Q(attempt__next_at__gt=at) & unchanged


def begin_together(projects: Iterable[Project], *, at: datetime) -> None:
    """Note that projects without trouble are about to be assessed. `cohort__programme` is loaded with them."""
    rows = [_attempt(project, at) for project in projects]
    AssessmentAttempt.objects.bulk_create(rows, ignore_conflicts=True)


def begin_alone(project: Project, *, at: datetime) -> int:
    """Note that one project in trouble is about to be assessed again; which attempt this is, counted from 1."""
    begun = _attempt(project, at)
    before = AssessmentAttempt.objects.filter(project=project).first()
    if before and _same(before, begun):
        begun.attempts, begun.first_at = before.attempts + 1, before.first_at
    begun.next_at = at + _wait(begun.attempts - FREE_ATTEMPTS)
    fields = ("revision", "programme_revision", "rule_version", "attempts", "first_at", "started_at", "next_at")
    values = {name: getattr(begun, name) for name in fields}
    AssessmentAttempt.objects.update_or_create(project=project, defaults={**values, "error": ""})
    return begun.attempts


def failed(project: Project, error: Exception, *, at: datetime) -> None:
    """Note why a project taken alone could not be assessed, and leave it for a while."""
    for row in AssessmentAttempt.objects.filter(project=project):
        row.error = f"{type(error).__name__}: {error}"[:300]
        row.next_at = at + _wait(max(1, row.attempts - 1))
        row.save(update_fields=["error", "next_at"])


def excused(project: Project, *, at: datetime) -> None:
    """Note that the trouble was not the project's own: it may be taken again at once."""
    AssessmentAttempt.objects.filter(project=project).update(attempts=1, next_at=at)


def succeeded(projects: Iterable[Project]) -> None:
    """Forget the attempts of projects that have been assessed."""
    AssessmentAttempt.objects.filter(project__in=[project.pk for project in projects]).delete()


def forget_settled(due: QuerySet[Project]) -> None:
    """Forget the attempts of projects that are no longer due: a save has assessed them."""
    AssessmentAttempt.objects.exclude(project__in=due).delete()


def _attempt(project: Project, at: datetime) -> AssessmentAttempt:
    return AssessmentAttempt(
        project=project,
        revision=project.revision,
        programme_revision=project.cohort.programme.revision,
        rule_version=RULE_VERSION,
        first_at=at,
        started_at=at,
        next_at=at,
    )


def _same(one: AssessmentAttempt, other: AssessmentAttempt) -> bool:
    key = ("revision", "programme_revision", "rule_version")
    return all(getattr(one, name) == getattr(other, name) for name in key)


def _wait(times: int) -> timedelta:
    """How long to wait after the n-th time: 1, 2, 4 … minutes, at most six hours; nothing for n < 1."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(times - 1, 10)) if times > 0 else timedelta(0)
