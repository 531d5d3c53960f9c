"""The one ranking, for concerns as they are stored: the engine's key, so that every page has the same order."""

from collections.abc import Iterable

from benefits.engine.concerns import ADVISER_SEVERITY, Order, can_act, order
from benefits.engine.verdicts import Concern as ConcernVerdict
from benefits.engine.verdicts import ConcernKind, Severity, Urgency
from benefits.models import Concern


def ranking_key(row: Concern, role: str = "") -> Order:
    """The engine's key of a stored concern, lowest first, as `role` ("" for nobody in particular) should meet it."""
    return order(_verdict(row), role)


def may_act(row: Concern, role: str) -> bool:
    """Whether a role can do a stored concern's action."""
    return can_act(_verdict(row), role)


def project_key(concerns: Iterable[Concern]) -> tuple[object, ...] | None:
    """Where a project stands among those an adviser is asked to help: by its first grave concern, then by how many.

    None when it has none. Ties are for the caller to settle.
    """
    grave = sorted(ranking_key(row) for row in concerns if row.severity >= ADVISER_SEVERITY)
    return (grave[0][:6], -len(grave)) if grave else None


def _verdict(row: Concern) -> ConcernVerdict:
    return ConcernVerdict(
        kind=ConcernKind(row.kind),
        target=row.target_id,
        severity=Severity(row.severity),
        cause=row.cause,
        action=row.action,
        responsible=row.responsible,
        urgency=Urgency(row.urgency),
        due_on=row.due_on,
        rules=tuple(row.rules),
        values=row.values,
        targets=() if row.target_id is None else (row.target_id,),
        since=row.since,
        answered_on=row.answered_on,
    )
