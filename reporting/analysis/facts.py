"""What the analysis asks the database: one question for each kind of row, however many projects there are.

Rows are of projects in use that the filters let through, as their adviser may see them: what could tell a figure about
few people is None here, so that no figure can hold it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib import import_module
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery

from benefits.engine.aggregate import EFFECT_LEVELS
from benefits.engine.noise import scale_of
from benefits.engine.thresholds import Thresholds
from benefits.indicators import OWN
from benefits.models import (
    Concern,
    CountedElsewhere,
    InitiativeVersion,
    Measurement,
    PitfallWarning,
    TargetValue,
    TargetVersion,
)
from benefits.programme_thresholds import thresholds_on
from benefits.queries.openness import is_held
from benefits.suppression import hidden_targets, must_hide
from municipalities.models import MunicipalityFact
from projects.models import Cohort, Programme, Theme
from reporting.annual.models import Published, PublishedTarget
from reporting.portfolio.filters import PITFALLS
from reporting.portfolio.queries import THEME, theme_of
from reporting.portfolio.rows import ProjectRow

UNKNOWN = "missing"  # the result that says we do not know yet


@dataclass(frozen=True, slots=True)
class Target:
    """An effect target in force that is counted. `result` is UNKNOWN too where nothing has judged it yet.

    Shares of the way from baseline to target at the latest measurement: `attainment`, `expected`; None where not known,
    where it is a figure to keep within limits (`is_kept`), and where they are about too few people (`is_hidden`). The
    forecast of these is withheld too, as it rests on them.
    """

    pk: int
    project: int
    number: int
    title: str
    is_main: bool
    theme: Theme | None
    due_on: date | None
    result: str
    attainment: float | None
    expected: float | None
    chance: str
    no_forecast: str
    is_hidden: bool
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning about a pitfall, from the day it opened to the day it closed (None: open yet)."""

    project: int
    rule: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Tried:
    """An initiative in force: what it is to bring about, and how far it has come in per cent (None: not said)."""

    project: int
    kind: str
    done_share: int | None
    is_stopped: bool
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Approved:
    """What the newest approved report says of a target. `change`: the share of the way; None: not known."""

    target: int
    project: int
    number: int
    title: str
    change: float | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Level:
    """Where a target started and stands, in its `unit`; each figure None where not known, all where `is_hidden`.

    `measure` is the same for figures that may be compared, None for an indicator of the project's own. `n`: answers or
    employees behind the latest value, of all its municipalities together.
    """

    measure: tuple[str, str, float] | None
    kind: str
    unit: str
    direction: int | None
    frequency: str
    baseline: float | None
    value: float | None
    goal: float | None
    measured_on: date | None
    n: int | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A published figure about one of a project's municipalities; see `MunicipalityFact`."""

    project: int
    municipality: int
    kind: str
    unit: str
    year: int
    value: float
    source: str


class Facts:
    """What is known of some projects of a programme on a day; each kind of row is asked for once, when needed."""

    def __init__(self, programme: Programme, rows: Sequence[ProjectRow], today: date) -> None:
        self.programme = programme
        self.today = today
        self.projects = {row.pk: row for row in rows}

    @cached_property
    def targets(self) -> list[Target]:
        """The effect targets, by project and number; one that is counted elsewhere is counted there."""
        elsewhere = CountedElsewhere.objects.in_force(self.today, None).filter(target=OuterRef("target"))
        rows = list(
            TargetVersion.objects.live()
            .valid_on(self.today)
            .filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=self.today), level__in=EFFECT_LEVELS)
            .filter(~Exists(elsewhere), target__project__cohort__programme=self.programme)
            .annotate(due_on=Max("values__on"))
            .order_by("target__project", "target__number")
            .values_list(
                "target",
                "target__project",
                "target__number",
                "title",
                "target__is_main",
                "due_on",
                "keep_min",
                "keep_max",
                *(f"target__status__{name}" for name in ("result", "attainment", "expected", "chance", "no_forecast")),
                *(f"theme__{name}" for name in THEME),
            )
        )
        rows = [row for row in rows if row[1] in self.projects]
        hidden = hidden_targets(row[0] for row in rows)
        return [_target(row, row[0] in hidden) for row in rows]

    @cached_property
    def levels(self) -> dict[int, Level]:
        """Where each of the targets started and stands, by target."""
        hidden = {target.pk: target.is_hidden for target in self.targets}
        goal = TargetValue.objects.filter(version=OuterRef("pk")).order_by("-on").values("value")[:1]
        rows = (
            TargetVersion.objects.live()
            .filter(target__project__cohort__programme=self.programme, target__in=hidden)
            .annotate(
                goal=Subquery(goal), latest=F("target__status__value"), latest_on=F("target__status__measured_on")
            )
        )
        behind = self._numbers_behind()
        return {row.target_id: _level(row, behind.get(row.target_id), hidden[row.target_id]) for row in rows}

    def _numbers_behind(self) -> dict[int, int]:
        """How many answers or employees are behind each target's latest value, where every part of it says so."""
        parts: dict[int, list[Measurement]] = defaultdict(list)
        for row in (
            Measurement.objects.live()
            .counting(self.today)
            .filter(target__project__cohort__programme=self.programme, measured_on=F("target__status__measured_on"))
            .only("target", "municipality", "n")
        ):
            parts[row.target_id].append(row)
        found = {}
        for pk, rows in parts.items():
            of_whole = [row.n for row in rows if row.municipality_id is None] or [row.n for row in rows]
            if known := [n for n in of_whole if n]:
                found.update({pk: sum(known)} if len(known) == len(of_whole) else {})
        return found

    @cached_property
    def places(self) -> list[PlaceFact]:
        """What is published about the projects' municipalities until this year, the oldest first."""
        rows = (
            MunicipalityFact.objects.filter(
                municipality__projects__cohort__programme=self.programme, year__lte=self.today.year
            )
            .order_by("year", "pk")
            .values_list("municipality__projects", "municipality", "kind", "unit", "year", "value", "source")
        )
        return [PlaceFact(*row[:5], float(row[5]), row[6]) for row in rows if row[0] in self.projects]

    @cached_property
    def warnings(self) -> list[Warned]:
        """Every warning about a pitfall that is open to people outside its project, oldest first."""
        held: dict[int, list[Concern]] = defaultdict(list)
        ours = {"project__cohort__programme": self.programme}
        for concern in Concern.objects.filter(visible_on__gt=self.today, **ours):
            held[concern.project_id].append(concern)
        rows = PitfallWarning.objects.filter(rule__in=PITFALLS, opened_on__lte=self.today, **ours)
        return [
            Warned(row.project_id, row.rule, row.opened_on, row.closed_on)
            for row in rows.only("project", "rule", "cause", "target", "opened_on", "closed_on").order_by("opened_on")
            if row.project_id in self.projects and not is_held(row, held[row.project_id])
        ]

    @cached_property
    def tried(self) -> list[Tried]:
        """The initiatives, by project and number."""
        rows = (
            InitiativeVersion.objects.live()
            .filter(initiative__project__cohort__programme=self.programme, valid_from__lte=self.today)
            .order_by("initiative__project", "initiative__number", "targets")
            .values_list("initiative", "initiative__project", "kind", "done_share", "stopped_on", "targets")
        )
        return [
            Tried(
                project=project,
                kind=kind,
                done_share=share,
                is_stopped=stopped is not None and stopped <= self.today,
                targets=tuple(row[-1] for row in same if row[-1]),
            )
            for (_pk, project, kind, share, stopped), same in groupby(rows, key=lambda row: row[:-1])
            if project in self.projects
        ]

    @cached_property
    def approved(self) -> dict[int, Approved]:
        """The targets of each project's newest approved report, by target; one counted elsewhere is left out."""
        newest = Published.objects.filter(project=OuterRef("published__project"), as_of__lte=self.today)
        rows = PublishedTarget.objects.filter(
            published=Subquery(newest.order_by("-as_of", "-pk").values("pk")[:1]),
            published__project__cohort__programme=self.programme,
            published__submission__test_round=None,
            is_counted=True,
        ).values_list(
            "target", "published__project", "number", "title", "baseline_value", "value", "target_value",
            "is_suppressed",
        )  # fmt: skip
        return {
            pk: Approved(pk, project, number, title, None if hidden else _change(*values), hidden)
            for pk, project, number, title, *values, hidden in rows
            if project in self.projects
        }

    @cached_property
    def thresholds(self) -> Thresholds:
        """The engine's thresholds as the programme has them."""
        return thresholds_on([self.programme.pk], self.today)[self.programme.pk]

    @cached_property
    def ends_on(self) -> date | None:
        """The last day of the last of the programme's cohorts, else of its projects; None where nobody has said."""
        said = Cohort.objects.filter(programme=self.programme).aggregate(a=Max("ends_on"), b=Max("projects__ends_on"))
        return said["a"] or said["b"]


def _target(row: tuple[Any, ...], is_hidden: bool) -> Target:
    pk, project, number, title, is_main, due_on, low, high, result, attainment, expected, chance, why, *theme = row
    is_kept = low is not None or high is not None
    is_way_known = not is_hidden and not is_kept
    return Target(
        pk=pk,
        project=project,
        number=number,
        title=title,
        is_main=is_main,
        theme=theme_of(theme),
        due_on=due_on,
        result=result or UNKNOWN,
        attainment=attainment if is_way_known else None,
        expected=expected if is_way_known else None,
        chance="" if is_hidden else chance or "",
        no_forecast="" if is_hidden else why or "",
        is_hidden=is_hidden,
        is_kept=is_kept,
    )


def _level(row: TargetVersion, n: int | None, is_hidden: bool) -> Level:
    """What a version with its `goal`, `latest` and `latest_on` says; a baseline about few hides the rest too."""
    first = None if row.baseline_value is None else Measurement(value=row.baseline_value, n=row.baseline_n)
    hides = is_hidden or (first is not None and must_hide(first, row.kind))
    latest, latest_on, goal = (getattr(row, name) for name in ("latest", "latest_on", "goal"))
    is_shared = row.indicator not in ("", OWN)
    return Level(
        measure=(row.indicator, row.kind, scale_of(row.unit)) if is_shared else None,
        kind=row.kind,
        unit=row.unit,
        direction=row.direction,
        frequency=row.frequency,
        baseline=None if hides or row.baseline_value is None else float(row.baseline_value),
        value=None if hides else latest,
        goal=None if hides or goal is None else float(goal),
        measured_on=None if hides else latest_on,
        n=None if hides else n,
        is_hidden=hides,
    )


def _change(baseline: Decimal | None, value: Decimal | None, goal: Decimal | None) -> float | None:
    """The share of the way from baseline to goal that is gone; None where a part is missing or there is no way."""
    if baseline is None or value is None or goal is None or goal == baseline:
        return None
    return float((value - baseline) / (goal - baseline))


def _pandas() -> Any:
    """A second to load: when the first figure is made, never at the web's start."""
    return import_module("pandas")


def frame(rows: Sequence[Any], kind: type) -> Any:
    """The rows as a table of pandas, one column for each field of `kind`, also where there are no rows."""
    names = [field.name for field in fields(kind)]
    return _pandas().DataFrame([[getattr(row, name) for name in names] for row in rows], columns=names, dtype=object)
