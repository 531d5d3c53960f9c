"""Which notices a person wants by e-mail, and what has been sent to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.actor import Actor
from accounts.models import User
from journal.actions import record
from journal.models import OutboxMessage
from reporting.annual.models import Report
from reporting.notices.kinds import Kind
from reporting.notices.mail import link, report_ids
from reporting.notices.models import MutedNotice

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as its reader finds it again: what, when, how it went, and the pages it leads to by project."""

    kind: Kind
    on: date
    outcome: str
    links: list[tuple[Report, str]]


@transaction.atomic
def choose(*, by: Actor, wanted: Iterable[str]) -> None:
    """Keep the kinds a person wants by e-mail; what is unknown is left out."""
    assert by.user is not None
    muted = sorted(set(Kind.values) - set(wanted))
    MutedNotice.objects.filter(person=by.user).exclude(kind__in=muted).delete()
    rows = [MutedNotice(person=by.user, kind=kind) for kind in muted]
    MutedNotice.objects.bulk_create(rows, ignore_conflicts=True)
    record(
        stream=f"user:{by.user_id}",
        action="notices_chosen",
        obj=("user", by.user_id),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"muted": muted},
    )


def muted_kinds(person: User) -> set[str]:
    """The kinds a person does not want."""
    return set(MutedNotice.objects.filter(person=person).values_list("kind", flat=True))


def told(person: User) -> list[Told]:
    """The latest notices to a person, the newest first."""
    rows = OutboxMessage.objects.filter(to_id=person.pk, kind__in=Kind.values).order_by("-created_at", "-pk")
    messages = list(rows[:SHOWN])
    ids = {pk for message in messages for pk in report_ids(message)}
    reports = Report.objects.select_related("project", "round").in_bulk(ids)
    return [_told(message, [reports[pk] for pk in report_ids(message) if pk in reports]) for message in messages]


def _told(message: OutboxMessage, reports: list[Report]) -> Told:
    links = [(report, link(message, report)) for report in reports]
    return Told(Kind(message.kind), date.fromisoformat(message.payload["on"]), message.outcome, links)
