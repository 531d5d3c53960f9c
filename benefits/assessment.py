"""The door to the engine: load facts, judge, store.

The database is the queue: a project is due when its facts, its programme's rules, the rule version or the date are
newer than its assessment. A stored assessment is only replaced by one of a newer or equal revision (compare-and-set).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import import_string

from benefits.engine.assess import RULE_VERSION, assess
from benefits.engine.facts import ProjectFacts, RoleSpan
from benefits.engine.verdicts import ProjectVerdict
from benefits.facts import measurements
from benefits.governor import held_rules
from benefits.programme_thresholds import thresholds_on
from benefits.verdict_store import Change, store_all
from projects.asked import Asked
from projects.models import Project
from saman import clock

CHUNK = 200


def due(as_of: date) -> QuerySet[Project]:
    """Projects in use whose verdict is older than their facts, their programme's rules, the engine or the date."""
    return Project.objects.filter(followed_since__lte=as_of).filter(
        Q(assessment=None)
        | Q(assessment__revision__lt=F("revision"))
        | Q(assessment__programme_revision__lt=F("cohort__programme__revision"))
        | Q(assessment__as_of__lt=as_of)
        | ~Q(assessment__rule_version=RULE_VERSION)
    )


def refresh(project_id: int) -> None:
    """Assess one changed project now: called right after the commit that changed it."""
    assess_projects([project_id], as_of=clock.today(), now=clock.now())


def assess_projects(project_ids: Iterable[int], *, as_of: date, now: datetime) -> list[Change]:
    """Judge projects in use on a date and store what differs. Idempotent, and safe to run twice and in parallel."""
    ids = list(project_ids)
    changes: list[Change] = []
    for start in range(0, len(ids), CHUNK):
        changes += _assess_chunk(ids[start : start + CHUNK], as_of, now)
    return [change for change in changes if change]


def judge(projects: Sequence[Project], as_of: date, known_at: datetime | None = None) -> list[ProjectVerdict]:
    """What the engine says about projects on a date, from the facts known at a moment (None: now). Stores nothing."""
    ids = [project.pk for project in projects]
    facts = project_facts(projects, as_of, known_at)
    programmes = {project.cohort.programme_id for project in projects}
    thresholds = thresholds_on(programmes, as_of, known_at)
    for programme, rules in held_rules(programmes, as_of, known_at).items():
        thresholds[programme] = replace(thresholds[programme], held_rules=rules)
    return assess(facts, measurements(ids, as_of, known_at), as_of, thresholds)


def project_facts(projects: Sequence[Project], as_of: date, known_at: datetime | None) -> list[ProjectFacts]:
    """Gather every app's facts about projects."""
    asked = Asked([project.pk for project in projects], as_of, known_at)
    gathered: dict[int, dict[str, Any]] = {pk: {} for pk in asked.project_ids}
    for path in settings.FACT_LOADERS:
        for pk, facts in import_string(path)(asked).items():
            gathered[pk].update(facts)
    return [_one_project(project, gathered[project.pk]) for project in projects]


def _one_project(project: Project, gathered: dict[str, Any]) -> ProjectFacts:
    roles = tuple(RoleSpan(**role) for role in gathered.pop("roles", ()))
    dates = {name: gathered.pop(name, None) or getattr(project, name) for name in ("starts_on", "followed_since")}
    return ProjectFacts(
        id=project.pk,
        programme=project.cohort.programme_id,
        ends_on=gathered.pop("ends_on", project.ends_on),
        roles=roles,
        **dates,
        **gathered,
    )


def _assess_chunk(ids: Sequence[int], as_of: date, now: datetime) -> list[Change]:
    projects = list(
        Project.objects.filter(pk__in=ids, followed_since__lte=as_of).select_related("cohort__programme").order_by("pk")
    )
    verdicts = judge(projects, as_of) if projects else []
    return store_all(projects, verdicts, as_of, now)
