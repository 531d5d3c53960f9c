"""What the engine needs to know from this app: targets, people's answers to warnings, and measurements."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from benefits.breaks import Break, breaks_of
from benefits.engine.facts import (
    BaselineFact,
    BreakFact,
    MeasurementBatch,
    PlannedPoint,
    TargetFacts,
    TargetValueFact,
    WarningAnswer,
)
from benefits.indicators import indicator
from benefits.models import MainTarget, Measurement, Milestone, TargetVersion, WarningEvent
from benefits.open_warnings import changed_on, open_warnings


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _baseline(row: TargetVersion) -> BaselineFact | None:
    if row.baseline_value is None or row.baseline_on is None:
        return None
    return BaselineFact(
        value=float(row.baseline_value),
        on=row.baseline_on,
        n=row.baseline_n,
        points=row.baseline_points,
        is_retrospective=row.baseline_is_retrospective,
    )


def target_facts(row: TargetVersion, breaks: Sequence[Break] = (), is_main: bool | None = None) -> TargetFacts:
    """One version of a target, with its prefetched values and planned points and its breaks, as the engine takes it.

    `is_main`: whether it was the main target on the date looked at; None: what it is now.
    """
    known = indicator(row.indicator)
    return TargetFacts(
        id=row.target_id,
        number=row.target.number,
        is_main=row.target.is_main if is_main is None else is_main,
        level=row.level,
        definition_version=row.definition_version,
        title=row.title,
        kind=row.kind or None,
        unit=row.unit,
        direction=row.direction,
        frequency=row.frequency or None,
        mmc=_float(row.mmc),
        tolerance=_float(row.tolerance),
        plausible_min=_float(row.plausible_min),
        plausible_max=_float(row.plausible_max),
        declared_sd=_float(row.declared_sd),
        population=row.population,
        baseline=_baseline(row),
        baseline_due_on=row.baseline_due_on,
        values=tuple(TargetValueFact(v.on, float(v.value)) for v in row.values.all()),
        trajectory=row.trajectory,
        planned=tuple(PlannedPoint(p.on, p.kind) for p in row.planned.all()),
        effect_starts_on=row.effect_starts_on,
        is_measurable=row.is_measurable,
        withdrawn_on=row.withdrawn_on,
        measurement_responsible=row.measurement_responsible_id,
        statement=row.statement,
        definition=row.definition,
        scope=row.scope,
        indicator=row.indicator,
        is_catalogued=known is not None,
        indicator_level=known.level if known else None,
        counters=known.counters if known else (),
        keep_min=_float(row.keep_min),
        keep_max=_float(row.keep_max),
        breaks=tuple(BreakFact(one.on, one.kind) for one in breaks),
    )


def load(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, dict[str, Any]]:
    """Targets and answers per project, valid on `as_of` as known at `known_at` (None: now)."""
    facts: dict[int, dict[str, Any]] = {pk: {"targets": [], "answers": []} for pk in project_ids}
    versions = list(
        TargetVersion.objects.in_force(as_of, known_at)
        .filter(target__project__in=project_ids)
        .select_related("target")
        .prefetch_related("values", "planned")
        .order_by("target__project", "target__number")
    )
    breaks = breaks_of(versions, as_of, known_at)
    mains = _main_targets(project_ids, as_of, known_at)
    for row in versions:
        project = row.target.project_id
        is_main = mains[project] == row.target_id if project in mains else None
        facts[project]["targets"].append(target_facts(row, breaks.get(row.target_id, ()), is_main))
    answers = (
        WarningEvent.objects.answers_known_at(known_at)
        .filter(warning__project__in=project_ids, on__lte=as_of)
        .select_related("warning")
    )
    for event in answers.order_by("recorded_at", "id"):
        facts[event.warning.project_id]["answers"].append(
            WarningAnswer(
                rule=event.warning.rule,
                target=event.warning.target_id,
                kind=event.kind,
                on=event.on,
                until=event.until,
                cause=event.cause,
            )
        )
    steps = _open_milestones(project_ids, as_of, known_at)
    warned = open_warnings(project_ids, as_of, known_at)
    changed = changed_on(list(warned), as_of, known_at) if warned else {}
    return {
        pk: {
            **{name: tuple(values) for name, values in kinds.items()},
            "open_milestones": steps.get(pk, ()),
            "open_warnings": warned.get(pk, ()),
            "changed_on": changed.get(pk),
        }
        for pk, kinds in facts.items()
    }


def _main_targets(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, int | None]:
    """The main target of each project on a date as known at a moment; None before the first was chosen.

    A project whose choice was never recorded as a version has none here.
    """
    mains: dict[int, int | None] = {}
    rows = MainTarget.objects.filter(project__in=project_ids).order_by("project", "pk")
    for row in rows:
        mains.setdefault(row.project_id, None)
        if row.valid_from <= as_of and (known_at is None or row.recorded_at <= known_at):
            mains[row.project_id] = row.target_id
    return mains


def _open_milestones(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, tuple[date, ...]]:
    """When the milestones that had been made by a date, and were not signed off or withdrawn then, are due."""
    rows = Milestone.objects.filter(project__in=project_ids).exclude(state=Milestone.State.WITHDRAWN)
    rows = rows.exclude(state=Milestone.State.SIGNED, decided_on__lte=as_of)
    if known_at is not None:
        rows = rows.filter(created_at__lte=known_at)
    due: dict[int, list[date]] = defaultdict(list)
    for project, on in rows.order_by("project", "due_on").values_list("project", "due_on"):
        due[project].append(on)
    return {pk: tuple(days) for pk, days in due.items()}


def measurements(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> MeasurementBatch:
    """All counting values of the projects' targets, one per target and day.

    Values from several municipalities of a joint project on the same day become one: the sum of numerators over the
    sum of denominators. A day on which one of several values lacks them is left out, since it cannot be summed.
    """
    rows = (
        Measurement.objects.known_at(known_at)
        .counting(as_of)
        .filter(target__project__in=project_ids)
        .order_by("target", "measured_on", "id")
        .values_list("target", "measured_on", "value", "numerator", "denominator", "n", "definition_version", "pk")
    )
    days: dict[tuple[int, date], list[tuple[Any, ...]]] = defaultdict(list)
    for target, on, *rest in rows:
        days[target, on].append(tuple(rest))
    points = [(target, on, *_one_value(values)) for (target, on), values in days.items() if _summable(values)]
    targets = np.array([p[0] for p in points], np.int64)
    ids, starts = np.unique(targets, return_index=True)
    return MeasurementBatch(
        target_ids=ids,
        offsets=np.append(starts, len(points)).astype(np.int64),
        days=np.array([p[1].toordinal() for p in points], np.int64),
        values=np.array([p[2] for p in points], np.float64),
        n=np.array([p[3] for p in points], np.float64),
        denominators=np.array([p[4] for p in points], np.float64),
        definitions=np.array([p[5] for p in points], np.int64),
        ids=np.array([p[6] for p in points], np.int64),
    )


def _summable(values: list[tuple[Any, ...]]) -> bool:
    return len(values) == 1 or all(row[2] is not None for row in values)


def _one_value(values: list[tuple[Any, ...]]) -> tuple[float, float, float, int, int]:
    """(value, n, denominator, definition, id) of one target and day; NaN where not given."""
    if len(values) == 1:
        value, _, denominator, n, definition, pk = values[0]
        return float(value), _nan(n), _nan(denominator), definition, pk
    numerator = sum(row[1] for row in values)
    denominator = sum(row[2] for row in values)
    counts = [row[3] for row in values]
    n = sum(counts) if all(count is not None for count in counts) else None
    scale = _scale(values)
    return float(numerator / denominator) * scale, _nan(n), float(denominator), values[0][4], values[-1][5]


def _scale(values: list[tuple[Any, ...]]) -> float:
    """100 when the values are percentages of their own numerators and denominators, else 1."""
    value, numerator, denominator = values[0][0], values[0][1], values[0][2]
    if not numerator:
        return 100.0
    return 100.0 if abs(float(value) - 100 * float(numerator / denominator)) < 1 else 1.0


def _nan(value: float | Decimal | None) -> float:
    return float("nan") if value is None else float(value)
