"""The usual way, for comparison: objects fetched where they are needed, one project at a time, a save for each row.

It asks the product's own engine, so its answers must be the product's own to the last digit.
"""

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from benefits.assessment import project_facts
from benefits.engine.assess import RULE_VERSION, assess
from benefits.engine.facts import MeasurementBatch
from benefits.engine.verdicts import ProjectVerdict
from benefits.models import Assessment, Measurement, TargetStatus
from benefits.stored_values import digest_of
from projects.models import Project


def recompute(as_of: date, now: datetime) -> Iterator[ProjectVerdict]:
    """Judge every project in use, one after the other, and save its result and each target's."""
    for pk in Project.objects.filter(followed_since__lte=as_of).order_by("pk").values_list("pk", flat=True):
        verdict = judged(pk, as_of)
        _save(Project.objects.get(pk=pk), verdict, as_of, now)
        yield verdict


def judged(pk: int, as_of: date) -> ProjectVerdict:
    """One project's verdict, from its measurements."""
    project = Project.objects.get(pk=pk)
    return assess(project_facts([project], as_of, None), _series(project, as_of), as_of)[0]


def _series(project: Project, as_of: date) -> MeasurementBatch:
    """The project's measurements, target by target, as objects."""
    found: list[Measurement] = []
    offsets, ids = [0], []
    for target in project.targets.order_by("pk"):
        rows = Measurement.objects.filter(target=target, superseded_at=None, measured_on__lte=as_of)
        points = [row for row in rows.order_by("measured_on", "pk") if row.state != Measurement.State.DRAFT]
        if points:
            found += points
            ids.append(target.pk)
            offsets.append(len(found))
    return MeasurementBatch(
        target_ids=np.array(ids, np.int64),
        offsets=np.array(offsets, np.int64),
        days=np.array([row.measured_on.toordinal() for row in found], np.int64),
        values=np.array([float(row.value) for row in found], float),
        n=np.array([np.nan if row.n is None else row.n for row in found], float),
        denominators=np.array([np.nan if row.denominator is None else float(row.denominator) for row in found], float),
        definitions=np.array([row.definition_version for row in found], np.int64),
        ids=np.array([row.pk for row in found], np.int64),
    )


def _save(project: Project, verdict: ProjectVerdict, as_of: date, now: datetime) -> None:
    for target in verdict.targets:
        row, _ = TargetStatus.objects.get_or_create(target_id=target.target)
        row.state, row.result, row.value, row.points = target.state, target.result, target.value, target.points
        row.attainment, row.expected, row.expected_today = target.attainment, target.expected, target.expected_today
        row.save()
    stored = Assessment.objects.filter(project=project).first() or Assessment(project=project)
    stored.revision, stored.programme_revision = project.revision, project.cohort.programme.revision
    stored.as_of, stored.computed_at, stored.rule_version = as_of, now, RULE_VERSION
    stored.verdict_digest, stored.result = digest_of(verdict), verdict.result
    stored.save()
