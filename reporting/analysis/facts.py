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

from django.db.models import Exists, Max, OuterRef, Q, Subquery

from benefits.engine.aggregate import EFFECT_LEVELS
from benefits.engine.thresholds import Thresholds
from benefits.models import Concern, CountedElsewhere, InitiativeVersion, PitfallWarning, TargetVersion
from benefits.programme_thresholds import thresholds_on
from benefits.queries.openness import is_held
from benefits.suppression import hidden_targets
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
