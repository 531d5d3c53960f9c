"""What the system already knows, shown beside the questions and frozen in a submission.

`targets` is what people have measured and is part of what is signed; `observed` is what the engine and the roles say
today, frozen at submission but not signed: it moves by itself from one day to the next.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from benefits.discretion import MUNICIPAL
from benefits.engine.facts import MeasurementBatch
from benefits.facts import measurements
from benefits.models import Measurement, PitfallWarning, TargetStatus, TargetVersion
from projects.models import RoleAssignment
from projects.roles import Role
from reporting.annual.models.reports import Report
from reporting.annual.models.submissions import Submission
from saman.canonical import decimal_text

_PLACES = Decimal("0.0001")


def targets(report: Report, today: date) -> list[dict[str, Any]]:
    """Each target in force with its baseline, last year's value, the newest one and the one promised, by number."""
    return targets_of([report], today, previous_submissions([report]))[report.pk]


def targets_of(
    reports: Sequence[Report], today: date, before: Mapping[int, Submission]
) -> dict[int, list[dict[str, Any]]]:
    """The targets of each report as in `targets`, by report; `before` is what each project submitted last."""
    projects = sorted({report.project_id for report in reports})
    versions: dict[int, list[TargetVersion]] = {project: [] for project in projects}
    rows = TargetVersion.objects.live().valid_on(today).filter(target__project__in=projects)
    for row in rows.select_related("target").prefetch_related("values").order_by("target__number"):
        versions[row.target.project_id].append(row)
    batch = measurements(projects, today, None)
    ids: dict[int, list[int]] = {}
    counting = Measurement.objects.live().counting(today).filter(target__project__in=projects).order_by("pk")
    for target, pk in counting.values_list("target", "pk"):
        ids.setdefault(target, []).append(pk)
    return {
        report.pk: [
            _target(row, _series(batch, row.target_id), _reported(before.get(report.pk)), report, ids)
            for row in versions[report.project_id]
        ]
        for report in reports
    }


def observed(report: Report, today: date) -> dict[str, Any]:
    """The engine's result per target, the open warnings, and who has which role, on a day."""
    statuses = TargetStatus.objects.filter(target__project=report.project_id).order_by("target__number")
    warnings = PitfallWarning.objects.filter(project=report.project_id, closed_on=None, severity__gt=0)
    roles = RoleAssignment.objects.active_on(today).filter(project=report.project_id)
    return {
        "as_of": today.isoformat(),
        "results": [{"target": row.target_id, "result": row.result, "state": row.state} for row in statuses],
        "pitfalls": [
            {
                "rule": row.rule,
                "target": row.target_id,
                "cause": "" if row.rule in MUNICIPAL else row.cause,
                "severity": row.severity,
                "opened_on": row.opened_on.isoformat(),
            }
            for row in warnings
        ],
        "roles": [
            {"role": row.role, "person": row.person_id, "municipality": row.municipality_id}
            for row in roles.exclude(role=Role.UNION_REPRESENTATIVE).order_by("role", "pk")
        ],
    }


def previous_submission(report: Report) -> Submission | None:
    """What the project submitted last for an earlier period in a round of the same kind; None when there is none."""
    return previous_submissions([report]).get(report.pk)


def previous_submissions(reports: Iterable[Report]) -> dict[int, Submission]:
    """What each report's project submitted last, as in `previous_submission`, by report; at most two queries."""
    reports = list(reports)
    rows = Submission.objects.filter(
        report__project__in={report.project_id for report in reports},
        report__round__kind__in={report.round.kind for report in reports},
        test_round=None,
    ).order_by("report__round__period_end", "revision")
    columns = ("pk", "report__project", "report__round__kind", "report__round__period_end")
    told = list(rows.values_list(*columns))
    newest = {}
    for report in reports:
        place, end = (report.project_id, report.round.kind), report.round.period_end
        earlier = [pk for pk, project, kind, ended in told if (project, kind) == place and ended < end]
        if earlier:
            newest[report.pk] = earlier[-1]
    found = Submission.objects.in_bulk(newest.values()) if newest else {}
    return {report: found[pk] for report, pk in newest.items()}


def _reported(previous: Submission | None) -> Mapping[int, dict[str, Any]]:
    return {} if previous is None else {row["id"]: row for row in previous.contents["content"]["targets"]}


def _series(batch: MeasurementBatch, target: int) -> list[tuple[date, str]]:
    found = np.flatnonzero(batch.target_ids == target)
    if not len(found):
        return []
    points = slice(int(batch.offsets[found[0]]), int(batch.offsets[found[0] + 1]))
    return [
        (date.fromordinal(int(day)), decimal_text(Decimal(repr(float(value))).quantize(_PLACES)))
        for day, value in zip(batch.days[points], batch.values[points], strict=True)
    ]


def _target(
    row: TargetVersion,
    series: list[tuple[date, str]],
    before: Mapping[int, dict[str, Any]],
    report: Report,
    ids: Mapping[int, list[int]],
) -> dict[str, Any]:
    values = list(row.values.all())
    goal = values[-1] if values else None
    latest = series[-1] if series else None
    return {
        "id": row.target_id,
        "number": row.target.number,
        "is_main": row.target.is_main,
        "version": row.pk,
        "title": row.title,
        "unit": row.unit,
        "direction": row.direction,
        "baseline": _point(row.baseline_on, row.baseline_value),
        "previous": _last_years(series, before.get(row.target_id), report),
        "latest": {"on": latest[0].isoformat(), "value": latest[1]} if latest else None,
        "keep": [decimal_text(limit) if limit is not None else None for limit in (row.keep_min, row.keep_max)],
        "goal": _point(goal.on, goal.value) if goal else None,
        "withdrawn_on": row.withdrawn_on.isoformat() if row.withdrawn_on else None,
        "measurements": ids.get(row.target_id, []),
    }


def _last_years(
    series: list[tuple[date, str]], reported: dict[str, Any] | None, report: Report
) -> dict[str, str] | None:
    """What was reported last year, else the newest value from before this period."""
    if reported is not None:
        return reported["latest"]
    earlier = [point for point in series if point[0] < report.round.period_start]
    return {"on": earlier[-1][0].isoformat(), "value": earlier[-1][1]} if earlier else None


def _point(on: date | None, value: Decimal | None) -> dict[str, str] | None:
    if on is None or value is None:
        return None
    return {"on": on.isoformat(), "value": decimal_text(value)}
