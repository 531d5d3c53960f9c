"""A project's grant record as it stands, read in a fixed number of queries for one project or for many."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from reporting.annual.models import Report
from reporting.grants import readiness
from reporting.grants.models import (
    ConditionCheck,
    GrantAccount,
    GrantCondition,
    GrantPayment,
    GrantPromise,
    OtherFunding,
)
from reporting.grants.readiness import Facts, Readiness


@dataclass
class GrantRecord:
    """The rows that stand, and what follows from them on a day."""

    today: date
    promises: list[GrantPromise] = field(default_factory=list)
    conditions: list[GrantCondition] = field(default_factory=list)
    payments: list[GrantPayment] = field(default_factory=list)
    funding: list[OtherFunding] = field(default_factory=list)
    accounts: list[GrantAccount] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    @cached_property
    def facts(self) -> Facts:
        """What the answer rests on."""
        promised_in = min((row.promised_on.year for row in self.promises), default=None)
        return Facts(
            promised=total(row.amount for row in self.promises),
            promised_in=promised_in,
            paid=total(row.amount for row in self.payments),
            conditions=tuple(
                readiness.Condition(row.pk, row.text, row.due_on, check.is_met if check else None)
                for row, check in self.judged
            ),
            reports=tuple(
                readiness.Report(str(row.round), row.round.due_on, row.state, row.is_back, row.round.closed_on)
                for row in self.reports
                if promised_in is not None and row.round.period_end.year >= promised_in
            ),
            accounts=tuple(readiness.Account(row.pk, row.year, row.approved_at is not None) for row in self.accounts),
        )

    @cached_property
    def readiness(self) -> Readiness:
        """Whether more can be paid out, and what is missing."""
        return readiness.readiness(self.facts, self.today)

    @property
    def judged(self) -> list[tuple[GrantCondition, ConditionCheck | None]]:
        """Each condition with what was said of it last."""
        return [(row, next(iter(row.checks.all()), None)) for row in self.conditions]

    @property
    def other(self) -> int | None:
        """The sum of money from elsewhere; None when none is registered."""
        return total(row.amount for row in self.funding)

    @property
    def spent(self) -> int | None:
        """The sum of the accounts; None when there are none."""
        return total(row.spent for row in self.accounts)


def total(amounts: Iterable[int]) -> int | None:
    """The sum; None of nothing."""
    found = list(amounts)
    return sum(found) if found else None


def grant_record(project_id: int, today: date) -> GrantRecord:
    """The record of one project."""
    return grant_records([project_id], today)[project_id]


def grant_records(projects: Iterable[int], today: date) -> dict[int, GrantRecord]:
    """The records of projects, by project."""
    wanted = list(projects)
    people = {"recorded_by"}
    checks = Prefetch("checks", queryset=ConditionCheck.objects.select_related("recorded_by").order_by("-pk"))
    return {
        project: GrantRecord(today, *parts)
        for project, parts in _by_project(
            wanted,
            _live(GrantPromise, wanted, *people),
            _live(GrantCondition, wanted, *people).prefetch_related(checks),
            _live(GrantPayment, wanted, *people),
            _live(OtherFunding, wanted, *people),
            _live(GrantAccount, wanted, "approved_by", *people),
            Report.objects.filter(project__in=wanted, round__is_test=False)
            .select_related("round")
            .order_by("round__period_end"),
        ).items()
    }


def _live(model: Any, projects: list[int], *people: str) -> Any:
    return model.objects.filter(superseded_at=None, project__in=projects).select_related(*people)


def _by_project(projects: list[int], *queries: Any) -> dict[int, list[list[Any]]]:
    """The rows of each query, by project."""
    found: list[dict[int, list[Any]]] = []
    for query in queries:
        by_project: dict[int, list[Any]] = defaultdict(list)
        for row in query:
            by_project[row.project_id].append(row)
        found.append(by_project)
    return {project: [rows.get(project, []) for rows in found] for project in projects}
