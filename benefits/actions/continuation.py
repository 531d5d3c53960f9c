"""The owner records what was decided about going on after the project."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from benefits.models import ContinuationDecision
from benefits.models.continuation import LEAST_MONTHS
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project, RoleAssignment
from projects.revision import touch
from projects.roles import Access


class DecisionInFuture(Exception):
    """A decision is dated after today."""


class FollowedTooShort(Exception):
    """The benefits would be followed for less than 24 months."""


class OwnerOutside(Exception):
    """The one who is to own it has no role in the project."""


class StaleDecision(Exception):
    """Someone else has recorded a decision since the form was opened. `current` is it."""

    def __init__(self, current: ContinuationDecision | None) -> None:
        super().__init__("another decision has been recorded")
        self.current = current


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided. See `ContinuationDecision`."""

    outcome: str
    forum: str
    decided_on: date
    owner_unit: str
    owner_id: int | None = None
    reference: str = ""
    means: str = ""
    budget: Decimal | None = None
    workload: Decimal | None = None
    follow_up_months: int = LEAST_MONTHS


@transaction.atomic
def decide(*, by: Actor, project: Project, replaces: int | None, decided: Decided) -> ContinuationDecision:
    """Record a decision, or what it should have said. `replaces`: the decision the form was opened on.

    Raises NotAllowed, DecisionInFuture, FollowedTooShort, OwnerOutside, StaleDecision.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    if by.user is not None and not may(roles_in(by.user, project, by.today), Access.SIGN):
        raise NotAllowed
    if decided.decided_on > by.today:
        raise DecisionInFuture
    if decided.follow_up_months < LEAST_MONTHS:
        raise FollowedTooShort
    people = RoleAssignment.objects.known_at(None).filter(project=project)
    if decided.owner_id and not people.filter(person=decided.owner_id).exists():
        raise OwnerOutside
    current = ContinuationDecision.objects.known_at(None).filter(project=project).first()
    if (current.pk if current else None) != replaces:
        raise StaleDecision(current)
    if current is not None:
        ContinuationDecision.objects.filter(pk=current.pk).update(superseded_at=by.now)
    row = ContinuationDecision.objects.create(
        project=project, recorded_at=by.now, recorded_by=by.user, **asdict(decided)
    )
    record(
        stream=f"project:{project.pk}",
        action="continuation_decided",
        obj=("continuation", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"replaces": replaces, "outcome": row.outcome, "on": row.decided_on},
    )
    touch(project.pk)
    return row
