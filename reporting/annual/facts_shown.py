"""What the system already knows, shown beside the questions and frozen in a submission.

`targets` is what people have measured and is part of what is signed; `observed` is what the engine and the roles say
today, frozen at submission but not signed: it moves by itself from one day to the next.
"""

from collections.abc import Mapping
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
    project = report.project_id
    versions = (
        TargetVersion.objects.live()
        .valid_on(today)
        .filter(target__project=project)
        .select_related("target")
        .prefetch_related("values")
        .order_by("target__number")
    )
    batch = measurements([project], today, None)
    ids: dict[int, list[int]] = {}
    counting = Measurement.objects.live().counting(today).filter(target__project=project).order_by("pk")
    for target, pk in counting.values_list("target", "pk"):
        ids.setdefault(target, []).append(pk)
    before = _reported_before(report)
    return [_target(row, _series(batch, row.target_id), before, report, ids) for row in versions]


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
    return (
        Submission.objects.filter(
            report__project=report.project_id,
            report__round__kind=report.round.kind,
            report__round__period_end__lt=report.round.period_end,
            test_round=None,
        )
        .order_by("-report__round__period_end", "-revision")
        .first()
    )


def _reported_before(report: Report) -> Mapping[int, dict[str, Any]]:
    previous = previous_submission(report)
    if previous is None:
        return {}
    return {row["id"]: row for row in previous.contents["content"]["targets"]}


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
