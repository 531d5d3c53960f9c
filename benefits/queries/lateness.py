"""How far behind the assessments are: for the operations page and the alarm."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Min, Q
from django.utils import timezone

from benefits import attempts
from benefits.assessment import due
from benefits.engine.assess import RULE_VERSION
from benefits.models import Assessment, AssessmentAttempt


@dataclass(frozen=True, slots=True)
class Lateness:
    """How many projects are due, and for how long the one that has waited longest; those left alone are not counted."""

    due: int
    oldest: timedelta


def lateness(today: date, now: datetime, real_now: datetime) -> Lateness:
    """What waits. A date's turn is counted by the edge clock (`now`), a change by the real one.

    What waits only because the engine is new has waited for no time that anybody has noted.
    """
    waiting = due(today).exclude(attempts.backed_off(real_now))
    found = waiting.aggregate(
        count=Count("pk"),
        by_fact=Min("revised_at", filter=Q(assessment=None) | Q(assessment__revision__lt=F("revision"))),
        by_rules=Min(
            "cohort__programme__revised_at",
            filter=Q(assessment__programme_revision__lt=F("cohort__programme__revision")),
        ),
        by_date=Min("assessment__as_of", filter=Q(assessment__as_of__lt=today)),
    )
    waits = [real_now - at for at in (found["by_fact"], found["by_rules"]) if at]
    if found["by_date"]:
        turn = datetime.combine(found["by_date"] + timedelta(days=1), time(), timezone.get_default_timezone())
        waits.append(now - turn)
    return Lateness(found["count"], max([timedelta(0), *waits]))


def in_trouble(today: date) -> list[AssessmentAttempt]:
    """The due projects that could not be assessed, those that have failed longest first."""
    failed = AssessmentAttempt.objects.filter(project__in=due(today)).exclude(attempts=1, error="")
    return list(failed.select_related("project").order_by("first_at", "pk"))


def by_other_rules() -> int:
    """How many stored verdicts come from another version of the engine."""
    return Assessment.objects.exclude(rule_version=RULE_VERSION).count()
