"""Holding a rule that cries too often, and letting it go when an administrator has looked (decision 18c)."""

from datetime import date, datetime

from django.db import transaction

from accounts.actor import Actor, check_administrator, system
from benefits.engine.governor import Ground, Release, Tally, ground_to_hold
from benefits.governor import records
from benefits.models import GovernorHold
from journal.actions import record
from projects.models import Programme
from projects.revision import touch_programme


class ReasonMissing(Exception):
    """A release says why."""


class NotHeld(Exception):
    """Somebody else has let the rule go in the meantime."""


@transaction.atomic
def govern(*, programme: Programme, as_of: date, now: datetime) -> list[str]:
    """Hold every rule whose figures ask for it; those that were not held before. Safe to run twice and in parallel."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    rows = list(GovernorHold.objects.filter(programme=programme).order_by("pk"))
    held = {row.rule for row in rows if row.released_on is None}
    made = []
    for found in records(programme, as_of):
        ground = ground_to_hold(found.tally, _releases(rows, found.rule), as_of)
        if ground and found.rule not in held:
            _hold(programme, found.tally, ground, as_of, now)
            made.append(found.rule)
    if made:
        touch_programme(programme.pk)
    return made


@transaction.atomic
def release(*, by: Actor, programme: Programme, rule: str, reason: str) -> None:
    """Let a rule speak as it would again: an administrator has looked. Raises NotAllowed, ReasonMissing, NotHeld.

    It lasts for 90 days, or until the share that held it has grown.
    """
    check_administrator(by)
    if not reason.strip():
        raise ReasonMissing
    Programme.objects.select_for_update().get(pk=programme.pk)
    row = GovernorHold.objects.filter(programme=programme, rule=rule, released_on=None).first()
    if row is None:
        raise NotHeld
    row.released_on, row.released_at, row.released_by = by.today, by.now, by.user
    row.reason, row.released_share = reason.strip(), _share_now(row, by.today)
    row.save()
    _note(by, row, "rule_released")
    touch_programme(programme.pk)


def _share_now(row: GovernorHold, as_of: date) -> float:
    """The share an administrator has looked at; a held rule is nowhere CRITICAL, so there it is what held it."""
    then = row.part / row.whole
    if row.ground == Ground.CRITICAL:
        return then
    tally = next((found.tally for found in records(row.programme, as_of) if found.rule == row.rule), Tally(row.rule))
    return max(then, tally.share(Ground.FALSE) or 0.0)


def _releases(rows: list[GovernorHold], rule: str) -> dict[Ground, Release]:
    """The newest release of a rule for each ground."""
    return {
        Ground(row.ground): Release(Ground(row.ground), row.released_share or 0.0, row.released_on)
        for row in rows
        if row.rule == rule and row.released_on is not None
    }


def _hold(programme: Programme, tally: Tally, ground: Ground, as_of: date, now: datetime) -> None:
    is_critical = ground is Ground.CRITICAL
    row = GovernorHold.objects.create(
        programme=programme,
        rule=tally.rule,
        ground=ground,
        part=tally.critical if is_critical else tally.false,
        whole=tally.projects if is_critical else tally.openings,
        held_on=as_of,
        recorded_at=now,
    )
    _note(system(now), row, "rule_held")


def _note(by: Actor, row: GovernorHold, action: str) -> None:
    record(
        stream=f"programme:{row.programme_id}",
        action=action,
        obj=("governor_hold", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"rule": row.rule, "ground": row.ground, "part": row.part, "whole": row.whole},
    )
