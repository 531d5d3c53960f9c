"""What is done inside an installation whose worker is tried: facts that come and are left due, and what is stored."""

import json
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db.models import Count

from accounts.actor import Actor
from benefits.actions.measurements import Value, register
from benefits.assessment import assess_projects, due, judge
from benefits.drift import find_drift, settled
from benefits.models import Assessment, AssessmentAttempt, PitfallWarning, WarningEvent
from benefits.stored_values import digest_of
from benefits.sweep import Day
from benefits.tasks import assess_chunk
from journal.actions import mark_installation
from journal.models import Heartbeat, ScheduledSlot
from journal.schedule import RECONCILE, SWEEP
from projects.models import Project
from projects.revision import left_due, touch_programme
from projects.roles import Role
from saman import clock
from tests import factories

WEEKS = [date(2013, 1, 6) + timedelta(weeks=n) for n in range(100)]


def serve() -> None:
    """Answer one call after another: a line of JSON in, a line of JSON out."""
    for line in sys.stdin:
        name, words = json.loads(line)
        print(json.dumps(globals()[name](**words), default=str), flush=True)


def furnish(projects: int) -> dict[str, Any]:
    """Projects with a target and figures, assessed the day before the last: since then, beat has been away."""
    mark_installation(mode="demo", now=clock.now())
    cohort = factories.cohort(programme=factories.programme(slug="programmet"))
    people = []
    for number in range(projects):
        project = factories.project(cohort=cohort, slug=f"p{number}")
        target = factories.target(project, is_main=True)
        factories.series(target, {date(2013, 3, 31): 10 + number % 3, date(2014, 3, 31): 9 + number % 4})
        leader = factories.user(f"Leder {number}", email=f"leder{number}@demo.example")
        factories.role(leader, Role.LEADER, project)
        people.append(leader.pk)
    yesterday = clock.today() - timedelta(days=1)
    assess_projects(_ids(), as_of=yesterday, now=clock.now() - timedelta(days=1))
    return {"leaders": people, "due": due(clock.today()).count()}


def change(seed: int) -> int:
    """An import: a new figure in each project, and now and then a new rule; what has become due."""
    chance = Random(seed)
    with left_due():
        for project in Project.objects.order_by("pk"):
            target, leader = project.targets.get(), project.roles.get(role=Role.LEADER).person
            taken = set(target.measurements.values_list("measured_on", flat=True))
            on = chance.choice([day for day in WEEKS if day not in taken])
            value = Value(measured_on=on, value=Decimal(chance.randint(60, 140)) / 10)
            register(by=Actor(leader, clock.now()), target=target, value=value)
        if chance.random() < 0.3:
            touch_programme(project.cohort.programme_id)
    return due(clock.today()).count()


def send_chunks() -> int:
    """Put what is due in the queue, as messages and nothing else; how many messages."""
    ids = list(due(clock.today()).values_list("pk", flat=True))
    for pk in ids:
        assess_chunk.apply_async(kwargs={"ids": [pk]})
    return len(ids)


def under_way() -> bool:
    """Whether a worker is in the middle of something."""
    return AssessmentAttempt.objects.exists()


def now() -> str:
    """The moment, as the database's rows have it."""
    return clock.real_now().isoformat()


def pulse(since: str) -> bool:
    """Whether a heartbeat has come through the queue since a moment."""
    return Heartbeat.objects.filter(name="worker", at__gt=datetime.fromisoformat(since)).exists()


def sweeps(since: str) -> int:
    """How many sweeps have begun and ended since a moment."""
    begun = ScheduledSlot.objects.filter(job=SWEEP.name, started_at__gt=datetime.fromisoformat(since))
    return begun.exclude(finished_at=None).count()


def stored() -> dict[str, Any]:
    """What differs from a recompute from the facts, what is still due, and what was done twice."""
    today = clock.today()
    projects = list(Project.objects.select_related("cohort__programme").order_by("pk"))
    digests = dict(Assessment.objects.values_list("project", "verdict_digest"))
    verdicts = judge(projects, today)
    wrong = [p.slug for p, v in zip(projects, verdicts, strict=True) if digests.get(p.pk) != digest_of(v)]
    drift = find_drift(settled(_ids(), Day(today, clock.now())), Day(today, clock.now()))
    opened = WarningEvent.objects.filter(kind="opened").values("warning").annotate(times=Count("pk"))
    still = PitfallWarning.objects.filter(closed_on=None).values_list("project", "rule", "target")
    return {
        "wrong": wrong,
        "drift": [found.what for found in drift],
        "due": due(today).count(),
        "late": Assessment.objects.exclude(as_of=today).count(),
        "attempts": AssessmentAttempt.objects.count(),
        "twice": sum(times > 1 for times in Counter(still).values()) + opened.filter(times__gt=1).count(),
    }


def nights() -> list[dict[str, Any]]:
    """What came of each reconciliation."""
    return list(ScheduledSlot.objects.filter(job=RECONCILE.name).exclude(finished_at=None).values("slot", "outcome"))


def slots() -> dict[str, int]:
    """How many slots each job has had."""
    return dict(ScheduledSlot.objects.values_list("job").annotate(Count("pk")))


def _ids() -> list[int]:
    return list(Project.objects.order_by("pk").values_list("pk", flat=True))
