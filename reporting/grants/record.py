"""A project's grant record as it stands, read in a fixed number of queries for one project or for many."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)

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
            reports=_owed(self.reports, promised_in),
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


def grant_facts(project_id: int) -> Facts:
    """What the answer of one project rests on, as `GrantRecord.facts`, in two questions: for a page that shows no more.

    The four kinds of rows come by one: kind, id, number, day, text, and whether it is met or approved.
    """
    none: Any = Value(None, BooleanField())
    said = ConditionCheck.objects.filter(condition=OuterRef("pk")).order_by("-pk")
    approved = ExpressionWrapper(Q(approved_at__isnull=False), BooleanField())
    blank = Value("", CharField())
    parts = [
        _own(
            GrantCondition,
            project_id,
            "condition",
            Value(0),
            F("due_on"),
            F("text"),
            Subquery(said.values("is_met")[:1]),
        ),
        _own(GrantPromise, project_id, "promise", F("amount"), F("promised_on"), blank, none),
        _own(GrantPayment, project_id, "payment", F("amount"), F("paid_on"), blank, none),
        _own(GrantAccount, project_id, "account", F("year"), Value(None, DateField()), blank, approved),
    ]
    found: dict[str, list[Any]] = defaultdict(list)
    for kind, *row in sorted(
        parts[0].union(*parts[1:], all=True), key=lambda row: (row[0], row[3] or date.min, row[1])
    ):
        found[kind].append(row)
    promised_in = min((day.year for _pk, _amount, day, *_ in found["promise"]), default=None)
    reports = _reports([project_id]) if promised_in is not None else []
    return Facts(
        promised=total(amount for _pk, amount, *_ in found["promise"]),
        promised_in=promised_in,
        paid=total(amount for _pk, amount, *_ in found["payment"]),
        conditions=tuple(
            readiness.Condition(pk, text, day, None if is_met is None else bool(is_met))
            for pk, _number, day, text, is_met in found["condition"]
        ),
        reports=_owed(reports, promised_in),
        accounts=tuple(
            readiness.Account(pk, year, bool(is_approved))
            for pk, year, _day, _text, is_approved in sorted(found["account"], key=lambda row: (row[1], row[0]))
        ),
    )


def _own(model: Any, project_id: int, kind: str, *columns: Any) -> Any:
    rows = model.objects.filter(superseded_at=None, project=project_id).order_by()
    return rows.values_list(Value(kind, CharField()), "pk", *columns)


def _reports(projects: list[int]) -> QuerySet[Report]:
    rows = Report.objects.filter(project__in=projects, round__is_test=False)
    return rows.select_related("round").order_by("round__period_end")


def _owed(reports: Iterable[Report], promised_in: int | None) -> tuple[readiness.Report, ...]:
    """Those of a year something was promised in, and later."""
    return tuple(
        readiness.Report(str(row.round), row.round.due_on, row.state, row.is_back, row.round.closed_on)
        for row in reports
        if promised_in is not None and row.round.period_end.year >= promised_in
    )


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
            _reports(wanted),
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
