"""Writing the grant record: rows added, corrected and taken out; conditions judged, accounts approved.

Everything is done under the project's lock, so that two payments at once are never more than what is promised.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Min, Sum

from accounts.actor import Actor, NotAllowed
from journal.actions import record
from projects.models import Project
from projects.roles import Access
from reporting.grants.access import may_in_grant
from reporting.grants.kinds import Kind, kind_of
from reporting.grants.models import (
    ConditionCheck,
    Entry,
    GrantAccount,
    GrantCondition,
    GrantPayment,
    GrantPromise,
    OtherFunding,
)


class Overpaid(Exception):
    """More would be paid than is promised. Both in kroner; `promised` None: no promise is registered."""

    def __init__(self, promised: int | None, paid: int) -> None:
        super().__init__(f"{paid} of {promised}")
        self.promised, self.paid = promised, paid


class PaidTooEarly(Exception):
    """A payment is dated before the first promise. Both dates."""

    def __init__(self, promised_on: date, paid_on: date) -> None:
        super().__init__(f"{paid_on} before {promised_on}")
        self.promised_on, self.paid_on = promised_on, paid_on


class SpentMoreThanKnown(Exception):
    """More is accounted for than the project is known to have; the writer has not said that it is right. In kroner."""

    def __init__(self, known: int, spent: int) -> None:
        super().__init__(f"{spent} of {known}")
        self.known, self.spent = known, spent


class StaleEntry(Exception):
    """Someone else has corrected the row or taken it out. `current` is what replaced it; None: nothing."""

    def __init__(self, current: Entry | None) -> None:
        super().__init__("the row has changed")
        self.current = current


class StaleCheck(Exception):
    """Someone else has judged the condition since the page was opened. `newest` is what they said."""

    def __init__(self, newest: ConditionCheck) -> None:
        super().__init__("the condition has been judged")
        self.newest = newest


class YearTaken(Exception):
    """The project has accounts for this year."""


class YearAhead(Exception):
    """There are no accounts of a year that has not ended."""


class ReasonMissing(Exception):
    """Whoever takes a row out says why."""


class EvidenceMissing(Exception):
    """Whoever says that a condition is met says where it can be seen."""


class OwnAccount(Exception):
    """Whoever wrote the accounts cannot approve them."""


class AlreadyApproved(Exception):
    """The accounts are approved as they stand."""


def add(*, by: Actor, project: Project, kind: Kind, values: Mapping[str, Any]) -> Entry:
    """Add a row, as `add_once`."""
    return add_once(by=by, project=project, kind=kind, values=values)[0]


@transaction.atomic
def add_once(*, by: Actor, project: Project, kind: Kind, values: Mapping[str, Any]) -> tuple[Entry, bool]:
    """Add a row, and whether it is new: what one says already, as when a form is sent twice, is not said again.

    `is_sure` in the values of accounts: that more is spent than is known of is right.
    Raises NotAllowed, Overpaid, PaidTooEarly, YearTaken, YearAhead, SpentMoreThanKnown.
    """
    lock(by, project.pk, kind.access)
    said = _saying(project.pk, kind, values)
    if said is not None:
        return said, False
    row = _insert(by, project.pk, kind, values)
    _note(by, row, "added", **_said(kind, row))
    return row, True


@transaction.atomic
def correct(*, by: Actor, entry: Entry, values: Mapping[str, Any], reason: str = "") -> Entry:
    """Let a row say something else; the old one stays. What was judged or approved in it must be so anew.

    What it says already is not said again. Raises StaleEntry, and as `add_once`.
    """
    kind = kind_of(entry)
    lock(by, entry.project_id, kind.access)
    current = current_of(entry)
    if current is not None and all(getattr(current, name) == values[name] for name in kind.columns):
        return current
    _claim(by, entry, reason)
    row = _insert(by, entry.project_id, kind, values, replaces=entry)
    _note(by, row, "corrected", replaces=entry.pk, **_said(kind, row))
    return row


@transaction.atomic
def withdraw(*, by: Actor, entry: Entry, reason: str) -> None:
    """Take out a row that was a mistake; it stays in the history.

    Raises NotAllowed, ReasonMissing, StaleEntry, Overpaid, PaidTooEarly.
    """
    lock(by, entry.project_id, kind_of(entry).access)
    if not reason.strip():
        raise ReasonMissing
    _claim(by, entry, reason)
    _check_balance(entry.project_id, kind_of(entry))
    _note(by, entry, "withdrawn")


@transaction.atomic
def judge(
    *, by: Actor, condition: GrantCondition, is_met: bool, judged_on: date, evidence: str, seen: int
) -> ConditionCheck:
    """Say whether a condition is met; `seen` is the newest check the page showed (0: none).

    Raises NotAllowed, StaleEntry, StaleCheck, EvidenceMissing.
    """
    lock(by, condition.project_id, Access.PAY)
    if is_met and not evidence.strip():
        raise EvidenceMissing
    if not GrantCondition.objects.filter(superseded_at=None, pk=condition.pk).exists():
        raise StaleEntry(current_of(condition))
    newest = condition.checks.order_by("-pk").first()
    if newest and (newest.is_met, newest.judged_on, newest.evidence) == (is_met, judged_on, evidence):
        return newest
    if newest and newest.pk != seen:
        raise StaleCheck(newest)
    check = ConditionCheck.objects.create(
        condition=condition,
        is_met=is_met,
        judged_on=judged_on,
        evidence=evidence,
        recorded_at=by.now,
        recorded_by=by.user,
    )
    _note(by, condition, "judged", is_met=is_met)
    return check


@transaction.atomic
def approve(*, by: Actor, account: GrantAccount) -> None:
    """The owner approves accounts as they stand. Raises NotAllowed, OwnAccount, AlreadyApproved, StaleEntry."""
    lock(by, account.project_id, Access.SIGN)
    if by.user is not None and account.recorded_by_id == by.user_id:
        raise OwnAccount
    rows = GrantAccount.objects.filter(pk=account.pk, superseded_at=None)
    if not rows.filter(approved_at=None).update(approved_at=by.now, approved_by=by.user):
        if rows.exists():
            raise AlreadyApproved
        raise StaleEntry(current_of(account))
    _note(by, account, "approved", year=account.year)


def current_of(entry: Entry) -> Entry | None:
    """What stands in a row's place now; None when it was taken out."""
    model: Any = type(entry)
    by_replaced: dict[int, Entry] = {row.replaces_id: row for row in model.objects.filter(project=entry.project_id)}
    found: Entry = model.objects.get(pk=entry.pk)
    while found.pk in by_replaced:
        found = by_replaced[found.pk]
    return found if found.superseded_at is None else None


def lock(by: Actor, project_id: int, access: Access) -> Project:
    """The project, locked, so that its record is written by one at a time. Raises NotAllowed."""
    project = Project.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=project_id)
    if by.user is not None and not may_in_grant(by.user, project, access, by.today):
        raise NotAllowed
    return project


def _insert(by: Actor, project_id: int, kind: Kind, values: Mapping[str, Any], replaces: Entry | None = None) -> Entry:
    if kind.model is GrantAccount:
        _check_year(by, project_id, values["year"], replaces)
    model: Any = kind.model
    said = {name: values[name] for name in kind.columns}
    row: Entry = model.objects.create(
        project_id=project_id, recorded_at=by.now, recorded_by=by.user, replaces=replaces, **said
    )
    _check_balance(project_id, kind)
    if kind.model is GrantAccount and not values.get("is_sure"):
        _check_spent(project_id)
    return row


def _saying(project_id: int, kind: Kind, values: Mapping[str, Any]) -> Entry | None:
    """The row that says this already."""
    model: Any = kind.model
    said = {name: values[name] for name in kind.columns}
    row: Entry | None = model.objects.filter(project=project_id, superseded_at=None, **said).first()
    return row


def _claim(by: Actor, entry: Entry, reason: str) -> None:
    """Compare and set: the row must still stand."""
    model: Any = type(entry)
    rows = model.objects.filter(pk=entry.pk, superseded_at=None)
    if not rows.update(superseded_at=by.now, superseded_by=by.user, ended_because=reason):
        raise StaleEntry(current_of(entry))


def _check_balance(project_id: int, kind: Kind) -> None:
    """Never more paid than promised, and nothing before it is; looked at after the write, undone where it is not so.

    Asked of promises and payments alone: what was registered before the rule stands in the way of nothing else.
    """
    if kind.model not in (GrantPromise, GrantPayment):
        return
    promised, paid = (
        model.objects.filter(project=project_id, superseded_at=None).aggregate(sum=Sum("amount"))["sum"]
        for model in (GrantPromise, GrantPayment)
    )
    if paid is not None and paid > (promised or 0):
        raise Overpaid(promised, paid)
    first, earliest = (
        model.objects.filter(project=project_id, superseded_at=None).aggregate(day=Min(day))["day"]
        for model, day in ((GrantPromise, "promised_on"), (GrantPayment, "paid_on"))
    )
    if first is not None and earliest is not None and earliest < first:
        raise PaidTooEarly(first, earliest)


def _check_spent(project_id: int) -> None:
    """What is spent in all years, where it is known what there was: what is promised, and money from elsewhere."""
    promised, other, spent = (
        model.objects.filter(project=project_id, superseded_at=None).aggregate(sum=Sum(column))["sum"]
        for model, column in ((GrantPromise, "amount"), (OtherFunding, "amount"), (GrantAccount, "spent"))
    )
    if promised is not None and spent is not None and spent > promised + (other or 0):
        raise SpentMoreThanKnown(promised + (other or 0), spent)


def _check_year(by: Actor, project_id: int, year: int, replaces: Any = None) -> None:
    """A year that has ended, once; accounts that stand for another year may be corrected in that."""
    if year >= by.today.year and not (replaces and replaces.year == year):
        raise YearAhead
    if GrantAccount.objects.filter(project=project_id, year=year, superseded_at=None).exists():
        raise YearTaken


def _said(kind: Kind, row: Entry) -> dict[str, object]:
    """The figures and dates of a row; the journal holds no texts."""
    values = {name: getattr(row, name) for name in kind.columns}
    return {name: value for name, value in values.items() if not isinstance(value, str)}


def _note(by: Actor, row: Entry, what: str, **data: object) -> None:
    """Write an audit event in the project's stream. No verdict depends on a grant, so no revision is raised."""
    kind = kind_of(row)
    record(
        stream=f"project:{row.project_id}",
        action=f"grant_{what}",
        obj=(f"grant_{kind.key}", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
