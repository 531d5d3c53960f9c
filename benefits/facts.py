"""What the engine needs to know of targets, the plan, and measurements."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from benefits.breaks import Break, breaks_of
from benefits.concepts import measured_by, needs_all
from benefits.engine.facts import (
    BaselineFact,
    BreakFact,
    MeasurementBatch,
    PlannedPoint,
    TargetFacts,
    TargetValueFact,
)
from benefits.indicators import indicator
from benefits.joint import participants, parts_of_whole
from benefits.map_facts import drivers_on
from benefits.models import MainTarget, Measurement, TargetVersion
from benefits.plan_facts import load as load_plans
from benefits.plan_facts import milestones_on
from benefits.stand_ins import confirmed
from projects.asked import Asked

_PARTS = ("value", "numerator", "denominator", "n", "definition_version", "pk", "municipality")


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


def target_facts(
    row: TargetVersion, breaks: Sequence[Break] = (), is_main: bool | None = None, is_confirmed: bool = False
) -> TargetFacts:
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
        indicator_theme=known.themes[0] if known else None,
        counters=known.counters if known else (),
        counter=row.counter,
        concept=row.concept,
        measured_by=measured_by(row.concept),
        needs_all=needs_all(row.concept),
        is_justified=bool(row.concept_reason),
        is_stand_in_confirmed=is_confirmed,
        keep_min=_float(row.keep_min),
        keep_max=_float(row.keep_max),
        breaks=tuple(BreakFact(one.on, one.kind) for one in breaks),
    )


def load(asked: Asked) -> dict[int, dict[str, Any]]:
    """Targets, the plan, milestones and drivers, per project."""
    targets = _targets(asked)
    drivers = drivers_on(asked)
    steps, phases = milestones_on(asked)
    counts = {pk: sum(one.withdrawn_on is None for one in own) for pk, own in targets.items()}
    plans = load_plans(asked, targets=counts, phases=phases)
    return {
        pk: {
            "targets": tuple(own),
            "map_drivers": drivers.get(pk, ()),
            "open_milestones": steps.get(pk, ()),
            "plan": plans[pk],
        }
        for pk, own in targets.items()
    }


def _targets(asked: Asked) -> dict[int, list[TargetFacts]]:
    """What each project's targets say, in their order."""
    found: dict[int, list[TargetFacts]] = {pk: [] for pk in asked.project_ids}
    versions = list(
        TargetVersion.objects.in_force(asked.as_of, asked.known_at)
        .filter(target__project__in=asked.project_ids)
        .select_related("target")
        .prefetch_related("values", "planned")
        .order_by("target__project_id", "target__number")
    )
    breaks = breaks_of(versions, asked.as_of, asked.known_at)
    agreed = confirmed(versions, asked.as_of, asked.known_at)
    mains = _main_targets(asked) if asked.has(MainTarget) else {}
    for row in versions:
        project = row.target.project_id
        is_main = mains[project] == row.target_id if project in mains else None
        found[project].append(target_facts(row, breaks.get(row.target_id, ()), is_main, row.target_id in agreed))
    return found


def _main_targets(asked: Asked) -> dict[int, int | None]:
    """The main target of each project; None before the first was chosen.

    A project whose choice was never recorded as a version has none here.
    """
    mains: dict[int, int | None] = {}
    rows = MainTarget.objects.filter(project__in=asked.project_ids).order_by("pk")
    for project, target, valid_from, recorded_at in rows.values_list("project", "target", "valid_from", "recorded_at"):
        mains.setdefault(project, None)
        if valid_from <= asked.as_of and (asked.known_at is None or recorded_at <= asked.known_at):
            mains[project] = target
    return mains


def measurements(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> MeasurementBatch:
    """All counting values of the projects' targets, one per target and day.

    Values from several municipalities of a joint project on the same day become one: the sum of numerators over the
    sum of denominators. A day on which a municipality, or one's parts, are missing is left out (benefits/joint.py).
    """
    rows = (
        Measurement.objects.known_at(known_at)
        .counting(as_of)
        .filter(target__project__in=project_ids)
        .order_by("target", "measured_on", "id")
        .values_list("target", "measured_on", *_PARTS)
    )
    days = [(key, [row[2:] for row in same]) for key, same in groupby(rows, itemgetter(0, 1))]
    wanted = participants(target for (target, _on), values in days if values[0][-1] is not None)
    points = [
        (target, on, *_one_value(parts))
        for (target, on), values in days
        if (parts := _whole(values, wanted.get(target, frozenset())))
    ]
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


def _whole(values: list[tuple[Any, ...]], wanted: frozenset[int]) -> Sequence[tuple[Any, ...]]:
    if len(values) == 1 and values[0][-1] is None:
        return values
    return parts_of_whole(values, [row[-1] for row in values], [row[2] for row in values], wanted)


def _one_value(values: Sequence[tuple[Any, ...]]) -> tuple[float, float, float, int, int]:
    """(value, n, denominator, definition, id) of one target and day; NaN where not given."""
    if len(values) == 1:
        value, _, denominator, n, definition, pk, _place = values[0]
        return float(value), _nan(n), _nan(denominator), definition, pk
    numerator = sum(row[1] for row in values)
    denominator = sum(row[2] for row in values)
    counts = [row[3] for row in values]
    n = sum(counts) if all(count is not None for count in counts) else None
    scale = _scale(values)
    return float(numerator / denominator) * scale, _nan(n), float(denominator), values[0][4], values[-1][5]


def _scale(values: Sequence[tuple[Any, ...]]) -> float:
    """100 when the values are percentages of their own numerators and denominators, else 1."""
    value, numerator, denominator = values[0][0], values[0][1], values[0][2]
    if not numerator:
        return 100.0
    return 100.0 if abs(float(value) - 100 * float(numerator / denominator)) < 1 else 1.0


def _nan(value: float | Decimal | None) -> float:
    return float("nan") if value is None else float(value)
