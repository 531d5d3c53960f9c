"""The ledger's second side: what freed time is used for. Never more than was freed, whoever writes at the same time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.actor import Actor
from benefits.actions.freed_time import live, lock
from benefits.engine.freed_time import busiest_day, used_on
from benefits.models import Allocation, BenefitVersion, FreedTime, FreedTimeVersion
from benefits.models.freed_time import SLACK, in_fte
from journal.actions import record
from projects.revision import touch
from projects.roles import Access


class OverAllocated(Exception):
    """More would be used than was freed. In årsverk: what was freed, what else is used on the worst `day`, the rest."""

    def __init__(self, freed: Decimal, used: Decimal, day: date) -> None:
        super().__init__(f"{freed} freed, {used} in use on {day}")
        self.freed, self.used, self.day = freed, used, day
        self.left = max(freed - used, Decimal(0))


class OutsidePost(Exception):
    """The time is not free on all those days. `first` and `last` are the post's."""

    def __init__(self, first: date, last: date | None) -> None:
        super().__init__(f"free from {first} to {last}")
        self.first, self.last = first, last


class CutAndRedeployed(Exception):
    """The benefit is already taken out in the budget, so the same hours cannot be used for something else."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is a budget effect")
        self.code = code


class AllocationGone(Exception):
    """Someone else has corrected or withdrawn this use, or the post, in the meantime."""


@dataclass(frozen=True, slots=True)
class Use:
    """What time is used for; `amount` in the post's unit. See `Allocation`."""

    use: str
    amount: Decimal
    starts_on: date
    decided_by: str
    decided_on: date
    ends_on: date | None = None
    description: str = ""
    reference: str = ""


@transaction.atomic
def allocate(*, by: Actor, freed_time: FreedTime, use: Use) -> Allocation:
    """Put a part of the freed time to use.

    Raises NotAllowed, NotFollowed, AllocationGone, OutsidePost, OverAllocated, CutAndRedeployed.
    """
    lock(by, freed_time.project_id, Access.ALLOCATE)
    row = _insert(by, freed_time, use, None)
    _record(by, row, "freed_time_allocated")
    return row


@transaction.atomic
def correct(*, by: Actor, allocation: Allocation, use: Use) -> Allocation:
    """Let a use say something else: the old row is superseded by a new one. Raises as `allocate`."""
    lock(by, allocation.freed_time.project_id, Access.ALLOCATE)
    _supersede(by, allocation)
    row = _insert(by, allocation.freed_time, use, allocation)
    _record(by, row, "allocation_corrected", replaces=allocation.pk)
    return row


@transaction.atomic
def withdraw(*, by: Actor, allocation: Allocation) -> None:
    """Take a use out: the time is to be decided on again. Raises NotAllowed, NotFollowed, AllocationGone."""
    lock(by, allocation.freed_time.project_id, Access.ALLOCATE)
    _supersede(by, allocation)
    _record(by, allocation, "allocation_withdrawn")


def check_room(version: FreedTimeVersion, fte: Decimal, use: Use, others: Iterable[Allocation]) -> None:
    """Raise OverAllocated when the use and the others would be more than the post on some day."""
    known = list(others)
    day = busiest_day(known, use.starts_on, use.ends_on or version.ends_on)
    used = sum(used_on(known, day), Decimal(0))
    if used + fte > version.fte + SLACK:
        raise OverAllocated(version.fte, used, day)


def _insert(by: Actor, freed_time: FreedTime, use: Use, replaces: Allocation | None) -> Allocation:
    version = live(freed_time)
    if version.withdrawn_on is not None:
        raise AllocationGone
    last = version.ends_on
    if use.starts_on < version.starts_on or (last and max(use.starts_on, use.ends_on or use.starts_on) > last):
        raise OutsidePost(version.starts_on, last)
    if use.use != Allocation.Use.BUDGET_CUT and _is_taken_out_in_budget(version):
        raise CutAndRedeployed(str(version.benefit))
    fte = in_fte(use.amount, version.unit, version.hours_per_fte)
    check_room(version, fte, use, Allocation.objects.live().filter(freed_time=freed_time))
    return Allocation.objects.create(
        freed_time=freed_time,
        recorded_at=by.now,
        recorded_by=by.user,
        replaces=replaces,
        use=use.use,
        description=use.description,
        amount=use.amount,
        unit=version.unit,
        fte=fte,
        starts_on=use.starts_on,
        ends_on=use.ends_on,
        reference=use.reference,
        decided_by=use.decided_by,
        decided_on=use.decided_on,
    )


def _is_taken_out_in_budget(version: FreedTimeVersion) -> bool:
    """Whether the plan counts the benefit the time comes from as a budget effect."""
    benefits = BenefitVersion.objects.live().filter(benefit=version.benefit_id, form=BenefitVersion.Form.BUDGET)
    return version.benefit_id is not None and benefits.exists()


def _supersede(by: Actor, allocation: Allocation) -> None:
    """Compare and set: only the live row can be replaced."""
    rows = Allocation.objects.filter(pk=allocation.pk, superseded_at=None)
    if not rows.update(superseded_at=by.now, superseded_by=by.user):
        raise AllocationGone


def _record(by: Actor, row: Allocation, action: str, **data: object) -> None:
    project_id = row.freed_time.project_id
    record(
        stream=f"project:{project_id}",
        action=action,
        obj=("allocation", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={**data, "freed_time": row.freed_time_id},
    )
    touch(project_id)
