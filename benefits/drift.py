"""Does what is stored still say what the facts say? Recompute, compare, repair, and tell what differed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from benefits.assessment import due, judge
from benefits.engine.verdicts import ProjectVerdict, Severity
from benefits.models import Assessment, Concern, PitfallWarning, TargetStatus
from benefits.stored_values import digest_of, steady
from benefits.sweep import Day
from benefits.verdict_store import store_all
from projects.models import Project

SEEN = ("state", "result", "value", "measured_on", "attainment", "expected", "next_due_on")
Rows = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drift:
    """A project whose stored verdict differed although nothing said it should, and which parts differed."""

    project: int
    what: tuple[str, ...]


def settled(ids: Sequence[int], day: Day) -> list[Project]:
    """Those of the projects that claim to be assessed from today's facts, rules and date."""
    rows = Project.objects.filter(pk__in=ids, assessment__as_of=day.today).exclude(pk__in=due(day.today).values("pk"))
    return list(rows.select_related("cohort__programme").order_by("pk"))


def find_drift(projects: Sequence[Project], day: Day) -> list[Drift]:
    """Compare the stored verdicts of settled projects with new ones, and repair those that differ."""
    if not projects:
        return []
    verdicts = judge(projects, day.today)
    stored = _stored([project.pk for project in projects])
    suspected = [
        project for project, verdict in zip(projects, verdicts, strict=True) if stored[project.pk] != _said(verdict)
    ]
    return [drift for project in suspected if (drift := _repair(project, day))]


@transaction.atomic
def _repair(project: Project, day: Day) -> Drift | None:
    """Look again with the project locked: a save meanwhile explains the difference, and is no drift."""
    Project.objects.select_for_update().get(pk=project.pk)
    again = settled([project.pk], day)
    if not again:
        return None
    verdict = judge(again, day.today)[0]
    stored, said = _stored([project.pk])[project.pk], _said(verdict)
    what = tuple(part for part in said if stored[part] != said[part])
    if not what:
        return None
    store_all(again, [verdict], day.today, day.now, rewrite=True)
    return Drift(project.pk, what)


def _said(verdict: ProjectVerdict) -> Rows:
    """What the stored rows should say, by part."""
    found = [item for item in verdict.findings if item.severity is not None and item.severity > Severity.NONE]
    return {
        "digest": digest_of(verdict),
        "result": (str(verdict.result), str(verdict.state or ""), verdict.risk, verdict.pitfalls, verdict.counts),
        "targets": {item.target: _seen(asdict(item)) for item in verdict.targets},
        "warnings": {(item.rule, item.target): (int(item.severity or 0), item.cause) for item in found},
        "concerns": [(item.kind, item.target, item.cause, int(item.severity)) for item in verdict.concerns],
    }


def _stored(ids: Sequence[int]) -> dict[int, Rows]:
    rows: dict[int, Rows] = {
        pk: {"digest": "", "result": (), "targets": {}, "warnings": {}, "concerns": []} for pk in ids
    }
    for row in Assessment.objects.filter(project__in=ids):
        rows[row.project_id]["digest"] = row.verdict_digest
        rows[row.project_id]["result"] = (row.result, row.state, row.risk, row.pitfalls, row.counts)
    for status in TargetStatus.objects.filter(target__project__in=ids).values("target", "target__project", *SEEN):
        rows[status["target__project"]]["targets"][status["target"]] = _seen(status)
    for warning in PitfallWarning.objects.filter(project__in=ids, closed_on=None):
        rows[warning.project_id]["warnings"][warning.rule, warning.target_id] = (warning.severity, warning.cause)
    for concern in Concern.objects.filter(project__in=ids).order_by("project", "order"):
        told = (concern.kind, concern.target_id, concern.cause, concern.severity)
        rows[concern.project_id]["concerns"].append(told)
    return rows


def _seen(values: Rows) -> tuple[Any, ...]:
    seen = (values[name] for name in SEEN)
    return tuple(steady(value) if isinstance(value, float) else value for value in seen)
