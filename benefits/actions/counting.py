"""Deciding what is counted elsewhere, so that no total counts it twice; and taking such a decision back."""

from typing import Any

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from benefits.actions.targets import NotFollowed
from benefits.counting import doubles_of
from benefits.models import CountedElsewhere
from benefits.models.counting import CLAIMS
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access


class NotDouble(Exception):
    """The two are not, or no longer, counted twice: somebody has decided it, or one of them says something else."""


class CountsForOthers(Exception):
    """Something else has been decided to be counted here, and would then be counted nowhere."""


class AlreadyTakenBack(Exception):
    """The decision is no longer in force."""


@transaction.atomic
def count_elsewhere(*, by: Actor, project: Project, claim: str, counted_in: str, reason: str) -> CountedElsewhere:
    """Decide that a claim of the project («target:7») gives way to what counts the same, its own or another project's.

    Raises NotAllowed, NotFollowed, NotDouble, CountsForOthers.
    """
    project = _lock(by, project, counted_in)
    pairs = [{one.claim.source, one.other.source} for one in doubles_of(project, by.today)]
    if {claim, counted_in} not in pairs or _project_of(claim) != project.pk:
        raise NotDouble
    (name, pk), (other, other_pk) = _column(claim), _column(counted_in)
    if CountedElsewhere.objects.live().filter(**{f"in_{name}": pk}).exists():
        raise CountsForOthers
    stale = CountedElsewhere.objects.live().filter(**{name: pk})  # it gave way to what no longer counts
    stale.update(superseded_at=by.now, superseded_by=by.user)
    row = CountedElsewhere.objects.create(
        project=project,
        reason=reason.strip(),
        decided_on=by.today,
        recorded_at=by.now,
        recorded_by=by.user,
        **{f"{name}_id": pk, f"in_{other}_id": other_pk},
    )
    _record(by, row, "counted_elsewhere", counted_in=counted_in)
    return row


@transaction.atomic
def count_here_again(*, by: Actor, decision: CountedElsewhere) -> None:
    """Take a decision back: it is counted here as before. Raises NotAllowed, NotFollowed, AlreadyTakenBack."""
    _lock(by, decision.project, decision.counted_in)
    rows = CountedElsewhere.objects.live().filter(pk=decision.pk)
    if not rows.update(superseded_at=by.now, superseded_by=by.user):
        raise AlreadyTakenBack
    _record(by, decision, "counted_here_again")


def _lock(by: Actor, project: Project, counted_in: str) -> Project:
    """Both projects, locked in order, so that two claims cannot give way to each other at the same time."""
    ids = {project.pk, _project_of(counted_in) or project.pk}
    rows = {row.pk: row for row in Project.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    own = rows[project.pk]
    if by.user is not None and not may(roles_in(by.user, own, by.today), Access.ANSWER):
        raise NotAllowed
    if own.followed_since is None:
        raise NotFollowed
    return own


def _project_of(source: str) -> int | None:
    """The project a claim belongs to; None where there is no such claim."""
    name, pk = _column(source)
    model: Any = CountedElsewhere._meta.get_field(name).related_model
    return model.objects.filter(pk=pk).values_list("project", flat=True).first()


def _column(source: str) -> tuple[str, int]:
    """The column a source is stored in, and its id. Raises NotDouble for what is no claim."""
    name, _colon, pk = source.partition(":")
    if name not in CLAIMS or not pk.isdecimal() or len(pk) > 15:
        raise NotDouble
    return name, int(pk)


def _record(by: Actor, row: CountedElsewhere, action: str, **data: object) -> None:
    """Both projects are judged again: what the one gives up, the other is alone to count."""
    record(
        stream=f"project:{row.project_id}",
        action=action,
        obj=("counted_elsewhere", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={**data, "claim": row.source},
    )
    for project in sorted({row.project_id, _project_of(row.counted_in) or row.project_id}):
        touch(project)
