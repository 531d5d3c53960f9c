"""People's answers to warnings. An answer silences or delays; only new facts close a finding (decision 18)."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from benefits.actions.governor import govern
from benefits.models import PitfallWarning, WarningEvent
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Programme, Project
from projects.revision import touch
from projects.roles import Access

LONGEST_ACCEPTANCE = timedelta(days=366)


class ReasonMissing(Exception):
    """Every answer says why."""


class DateNotAllowed(Exception):
    """An acceptance ends after today and within a year."""


class AlreadyClosed(Exception):
    """New facts have closed the warning in the meantime."""


@transaction.atomic
def acknowledge(*, by: Actor, warning: PitfallWarning) -> None:
    """Say that one has seen a warning; it silences nothing. Saying it twice is saying it once.

    Raises NotAllowed, AlreadyClosed.
    """
    warning = _lock_open(by, warning, Access.ANSWER)
    seen = warning.events.filter(kind__in=WarningEvent.SEEN, cause__in=("", warning.cause))
    if not seen.exists():
        _add(by, warning, WarningEvent.Kind.ACKNOWLEDGED, "", None)


@transaction.atomic
def register_action(*, by: Actor, warning: PitfallWarning, note: str, until: date | None = None) -> None:
    """Say what is being done, perhaps by when. Raises NotAllowed, ReasonMissing, AlreadyClosed."""
    _answer(by, warning, WarningEvent.Kind.ACTION, note, until, Access.ANSWER)


@transaction.atomic
def accept(*, by: Actor, warning: PitfallWarning, note: str, until: date) -> None:
    """The owner accepts the deviation until a date; it returns by itself.

    Raises NotAllowed, ReasonMissing, DateNotAllowed, AlreadyClosed.
    """
    if not by.today < until <= by.today + LONGEST_ACCEPTANCE:
        raise DateNotAllowed
    _answer(by, warning, WarningEvent.Kind.ACCEPTED, note, until, Access.SIGN)


@transaction.atomic
def report_false(*, by: Actor, warning: PitfallWarning, note: str) -> None:
    """Say that a warning is wrong, and why. Raises NotAllowed, ReasonMissing, AlreadyClosed."""
    _answer(by, warning, WarningEvent.Kind.FALSE_POSITIVE, note, None, Access.ANSWER)
    programme = Programme.objects.get(cohorts__projects=warning.project_id)
    govern(programme=programme, as_of=by.today, now=by.now)


@transaction.atomic
def answer_together(
    act: Callable[..., None], *, by: Actor, warnings: Iterable[PitfallWarning], **answer: object
) -> None:
    """Give one answer, by one of the actions above, to every finding behind a concern, or to none. Raises as `act`."""
    for warning in warnings:
        act(by=by, warning=warning, **answer)


def _answer(by: Actor, warning: PitfallWarning, kind: str, note: str, until: date | None, access: Access) -> None:
    if not note.strip():
        raise ReasonMissing
    warning = _lock_open(by, warning, access)
    live = warning.events.filter(kind__in=WarningEvent.ANSWERS, superseded_at=None)
    same = {"kind": kind, "note": note.strip(), "until": until, "by": by.user, "on": by.today, "cause": warning.cause}
    if live.filter(**same).exists():
        return  # the same answer sent twice
    live.update(superseded_at=by.now)
    _add(by, warning, kind, note.strip(), until)


def _lock_open(by: Actor, warning: PitfallWarning, access: Access) -> PitfallWarning:
    """The warning as it is now, its project locked, for someone who may answer it."""
    project = Project.objects.select_for_update().get(pk=warning.project_id)
    if by.user is None or not may(roles_in(by.user, project, by.today), access):
        raise NotAllowed
    current = PitfallWarning.objects.filter(pk=warning.pk, closed_on=None).first()
    if current is None:
        raise AlreadyClosed
    return current


def _add(by: Actor, warning: PitfallWarning, kind: str, note: str, until: date | None) -> None:
    """Store a person's step in a warning's life."""
    event = WarningEvent.objects.create(
        warning=warning,
        kind=kind,
        on=by.today,
        recorded_at=by.now,
        by=by.user,
        until=until,
        note=note,
        severity=warning.severity,
        cause=warning.cause,
    )
    record(
        stream=f"project:{warning.project_id}",
        action=f"warning_{kind}",
        obj=("warning", warning.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"rule": warning.rule, "event": event.pk, "until": until},
    )
    touch(warning.project_id)
