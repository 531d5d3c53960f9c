"""What the analysis asks the database: one question for each kind of row, however many projects there are.

Rows are of projects in use that the filters let through, as their adviser may see them: what could tell a figure about
few people is None here, so that no figure can hold it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from benefits.engine.aggregate import EFFECT_LEVELS
from benefits.models import CountedElsewhere, TargetVersion
from benefits.suppression import hidden_targets
from projects.models import Programme
from reporting.portfolio.rows import ProjectRow

UNKNOWN = "missing"  # the result that says we do not know yet


@dataclass(frozen=True, slots=True)
class Target:
    """An effect target in force that is counted. `result` is UNKNOWN too where nothing has judged it yet.

    Shares of the way from baseline to target at the latest measurement: `attainment`, `expected`; None where not known,
    where it is a figure to keep within limits, and where they are about too few people (`is_hidden`).
    """

    pk: int
    project: int
    number: int
    title: str
    is_main: bool
    theme: int | None
    due_on: date | None
    result: str
    attainment: float | None
    expected: float | None
    chance: str
    no_forecast: str
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
                "theme",
                "due_on",
                "keep_min",
                "keep_max",
                *(f"target__status__{name}" for name in ("result", "attainment", "expected", "chance", "no_forecast")),
            )
        )
        rows = [row for row in rows if row[1] in self.projects]
        hidden = hidden_targets(row[0] for row in rows)
        return [_target(row, row[0] in hidden) for row in rows]


def _target(row: tuple[Any, ...], is_hidden: bool) -> Target:
    pk, project, number, title, is_main, theme, due_on, low, high, result, attainment, expected, chance, why = row
    is_way_known = not is_hidden and low is None and high is None
    return Target(
        pk=pk,
        project=project,
        number=number,
        title=title,
        is_main=is_main,
        theme=theme,
        due_on=due_on,
        result=result or UNKNOWN,
        attainment=attainment if is_way_known else None,
        expected=expected if is_way_known else None,
        chance=chance or "",
        no_forecast=why or "",
        is_hidden=is_hidden,
    )


def _pandas() -> Any:
    """A second to load: when the first figure is made, never at the web's start."""
    return import_module("pandas")


def frame(rows: Sequence[Any], kind: type) -> Any:
    """The rows as a table of pandas, one column for each field of `kind`, also where there are no rows."""
    names = [field.name for field in fields(kind)]
    return _pandas().DataFrame([[getattr(row, name) for name in names] for row in rows], columns=names, dtype=object)
