"""Everything the page of one effect target shows, read once and worked out before the template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np
from django.http import Http404

from benefits.breaks import Break, breaks_of
from benefits.engine import paths
from benefits.engine.aggregate import EFFECT_LEVELS
from benefits.engine.facts import TargetFacts
from benefits.engine.series import is_usable
from benefits.facts import target_facts
from benefits.joint import seen_together
from benefits.models import (
    Concern,
    EffectTarget,
    EvaluationPoint,
    Measurement,
    PitfallWarning,
    TargetStatus,
    TargetVersion,
)
from benefits.precision import decimals_of
from benefits.programme_thresholds import thresholds_on
from benefits.queries.openness import held_back, is_held
from benefits.stand_ins import confirmed, is_stand_in
from benefits.suppression import Figure, is_baseline_of_few
from municipalities.models import Municipality
from projects.access import is_inside, may
from projects.models import Project
from projects.roles import Access, Role

SHOWN = 8  # measurements before «Vis eldre»


@dataclass(frozen=True, slots=True)
class Row:
    """One live measurement as a reader may see it. `earlier`: what it said before it was corrected, newest first.

    `expected` is the planned path on its day and `deviation` the distance from it, both in the unit.
    """

    measurement: Measurement
    figure: Figure
    expected: float | None
    deviation: float | None
    is_bad: bool
    earlier: tuple["Earlier", ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A value that was corrected: what it was, and who changed it when and why."""

    measurement: Measurement
    figure: Figure
    replaced_by: Measurement


@dataclass(slots=True)
class TargetPage:
    """One target as one reader sees it on a date."""

    project: Project
    target: EffectTarget
    version: TargetVersion
    facts: TargetFacts
    status: TargetStatus | None
    warnings: list[PitfallWarning]
    rows: list[Row]
    withdrawn: list[tuple[Measurement, Figure]]
    breaks: list[Break]
    today: date
    may_measure: bool
    may_write: bool
    is_inside: bool
    measured_keys: frozenset[str] = field(default_factory=frozenset)
    may_answer: bool = False
    may_confirm: bool = False  # that the indicator will do for what the target is about
    evaluations: tuple[EvaluationPoint, ...] = ()  # live ones by day
    drafts: int = 0  # values that wait to be registered
    may_explore: bool = False  # the programme's analysis, which has effect targets in use
    hides_baseline: bool = False  # from this reader, who is not told it by `version` and `facts` either
    municipalities: tuple[Municipality, ...] = ()  # of a joint project, where each may have a series of its own

    @property
    def latest(self) -> Row | None:
        """The newest measurement, of the whole project where it has any."""
        return next(iter(self._whole), None)

    @property
    def previous(self) -> Row | None:
        """The one before the newest."""
        return self._whole[1] if len(self._whole) > 1 else None

    @property
    def _whole(self) -> list[Row]:
        return [row for row in self.rows if row.measurement.municipality_id is None] or self.rows

    @property
    def decimals(self) -> int:
        """How many decimals every value on the page is shown with."""
        values = [row.measurement.value for row in self.rows]
        limits = [limit for limit in self.kept or () if limit is not None]
        values += limits or [value.value for value in self.version.values.all()]
        if self.version.baseline_value is not None:
            values.append(self.version.baseline_value)
        return min(decimals_of(*values), 2) if values else 0

    @property
    def final(self) -> tuple[date, Decimal] | None:
        """The target date and value."""
        last = max(self.version.values.all(), key=lambda value: value.on, default=None)
        return (last.on, last.value) if last else None

    @property
    def kept(self) -> tuple[Decimal | None, Decimal | None] | None:
        """The limits the figure is to stay within; None for a value to reach."""
        version = self.version
        return None if version.keep_min is None is version.keep_max else (version.keep_min, version.keep_max)

    @property
    def coverage(self) -> float:
        """The share of what comes that the forecast's interval should cover, in the programme's threshold in force."""
        programme = self.project.cohort.programme_id
        return thresholds_on([programme], self.today)[programme].forecast_interval

    @property
    def hides_figures(self) -> bool:
        """Whether a figure is too small for this reader, and so everything worked out from the figures."""
        return self.hides_baseline or any(row.figure.is_suppressed for row in self.rows)


def target_of(project: Project, number: int) -> EffectTarget:
    """The project's target with a number; 404 when it has none."""
    target = EffectTarget.objects.filter(project=project, number=number).select_related("status").first()
    if target is None:
        raise Http404
    target.project = project
    return target


def live_version(target: EffectTarget) -> TargetVersion:
    """What a target says now, with its values and planned points."""
    versions = TargetVersion.objects.live().select_related("target", "theme", "measurement_responsible")
    return versions.prefetch_related("values", "planned").get(target=target)


def target_page(project: Project, number: int, roles: frozenset[Role], today: date) -> TargetPage:
    """Read one target for someone with these roles in its project. Raises Http404."""
    target = target_of(project, number)
    version = live_version(target)
    breaks = breaks_of([version], today).get(target.pk, [])
    agreed = confirmed([version], today, None)
    facts = target_facts(version, breaks, is_confirmed=target.pk in agreed)
    inside = is_inside(roles)
    stored = Measurement.objects.filter(target=target).select_related("recorded_by", "municipality")
    measured = list(stored.order_by("measured_on", "pk"))
    drafts = [row for row in measured if row.state == Measurement.State.DRAFT]
    registered = [row for row in measured if row.state != Measurement.State.DRAFT]
    figures = seen_together(registered, version.kind, is_inside=inside)
    # Mostly a baseline is about the same people as the figures after it, and is hidden with them.
    hides = not inside and (is_baseline_of_few(version) or any(one.is_suppressed for one in figures.values()))
    if hides:
        facts = replace(facts, baseline=None)
        version.baseline_value = version.baseline_low = version.baseline_high = None
    rows, withdrawn = _rows(registered, facts, figures)
    others = TargetVersion.objects.live().filter(target__project=project, withdrawn_on=None).exclude(target=target)
    in_use = project.followed_since is not None
    return TargetPage(
        project=project,
        target=target,
        version=version,
        facts=facts,
        status=getattr(target, "status", None),
        warnings=_warnings(target, inside, today),
        rows=rows,
        withdrawn=withdrawn,
        breaks=breaks,
        today=today,
        hides_baseline=hides,
        may_measure=in_use and version.withdrawn_on is None and may(roles, Access.MEASURE),
        may_write=in_use and may(roles, Access.WRITE),
        is_inside=inside,
        measured_keys=frozenset(others.values_list("indicator", flat=True)),
        may_answer=in_use and may(roles, Access.ANSWER),
        may_confirm=in_use and is_stand_in(version) and not agreed and may(roles, Access.REVIEW),
        may_explore=(
            in_use and version.withdrawn_on is None and version.level in EFFECT_LEVELS and Role.ADVISER in roles
        ),
        evaluations=tuple(EvaluationPoint.objects.known_at(None).filter(target=target)),
        drafts=sum(row.superseded_at is None for row in drafts),
        municipalities=joint_municipalities(project),
    )


def joint_municipalities(project: Project) -> tuple[Municipality, ...]:
    """The municipalities of a joint project, the host first; none where it has only one."""
    found = tuple(project.municipalities.order_by("participations__order"))
    return found if len(found) > 1 else ()


def _warnings(target: EffectTarget, inside: bool, today: date) -> list[PitfallWarning]:
    """The open findings about a target; those outside the project see them when their concern has opened."""
    rows = PitfallWarning.objects.filter(target=target, closed_on=None)
    held = [] if inside else held_back(Concern.objects.filter(project=target.project_id), today)
    return [row for row in rows if not is_held(row, held)]


def _rows(
    measurements: Sequence[Measurement], facts: TargetFacts, figures: dict[int, Figure]
) -> tuple[list[Row], list[tuple[Measurement, Figure]]]:
    """Live values newest first, each with what it said before; and the values that were withdrawn."""
    by_id = {row.pk: row for row in measurements}
    corrected = {row.corrects_id for row in measurements if row.corrects_id}
    live = [row for row in measurements if row.superseded_at is None]
    expected = path_at(facts, [row.measured_on for row in live])
    rows = [_row(row, by_id, value, facts, figures) for row, value in zip(live, expected, strict=True)]
    gone = [row for row in measurements if row.superseded_at is not None and row.pk not in corrected]
    return rows[::-1], [(row, figures[row.pk]) for row in gone]


def _row(
    row: Measurement,
    by_id: dict[int, Measurement],
    expected: float | None,
    facts: TargetFacts,
    figures: dict[int, Figure],
) -> Row:
    figure = figures[row.pk]
    deviation = None if expected is None or figure.value is None else float(figure.value) - expected
    tolerance = max(facts.tolerance or 0.0, facts.mmc or 0.0)
    is_bad = deviation is not None and deviation * (facts.direction or 1) < -tolerance - 1e-9
    if facts.is_kept and figure.value is not None:
        low, high = facts.keep_min, facts.keep_max
        below = low is not None and float(figure.value) < low - (facts.tolerance or 0.0)
        is_bad = below or (high is not None and float(figure.value) > high + (facts.tolerance or 0.0))
    return Row(row, figure, expected, deviation, is_bad, tuple(_earlier(row, by_id, figures)))


def _earlier(row: Measurement, by_id: dict[int, Measurement], figures: dict[int, Figure]) -> Iterable[Earlier]:
    while row.corrects_id:
        before = by_id[row.corrects_id]
        yield Earlier(before, figures[before.pk], row)
        row = before


def path_at(facts: TargetFacts, days: Sequence[date]) -> list[float | None]:
    """The planned path on days after the baseline, in the unit; None where there is no plan."""
    if not is_usable(facts) or not days or facts.baseline is None or facts.is_kept:
        return [None] * len(days)
    nodes = paths.nodes([facts])
    ordinals = np.array([[day.toordinal() for day in days]], np.int64)
    values = paths.expected_values(ordinals, *nodes)[0]
    return [float(value) if day > facts.baseline.on else None for day, value in zip(days, values, strict=True)]


def planned_path(facts: TargetFacts) -> list[tuple[date, float]]:
    """The planned path's corners from the baseline to the target, for a chart."""
    if not is_usable(facts) or facts.baseline is None or facts.is_kept:
        return []
    node_days, node_values, shapes = paths.nodes([facts])
    days = [facts.baseline.on.toordinal(), *(int(day) for day in node_days[0])]
    if facts.trajectory == "s_curve":
        days += [round(day) for a, b in pairwise(days) for day in np.linspace(a, b, 12)]
    if facts.trajectory == "stepwise":
        days += [day - 1 for day in days[1:]]
    every = np.array([sorted(set(days))], np.int64)
    values = paths.expected_values(every, node_days, node_values, shapes)[0]
    return [(date.fromordinal(int(day)), float(value)) for day, value in zip(every[0], values, strict=True)]
