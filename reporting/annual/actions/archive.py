"""Where copies of a project's reports go, and leaving them in the outbox: once for each submission and municipality."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet

from accounts.actor import Actor, NotAllowed
from journal import outbox
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.roles import Access
from reporting.annual.models import ArchiveAddress, Submission

KIND = "report_archive"


class StaleAddresses(Exception):
    """Someone else has changed an address since the page was opened."""


@transaction.atomic
def set_addresses(*, by: Actor, project: Project, version: int, emails: Mapping[int, str]) -> None:
    """Set the address of municipalities in a project (by id; "" for none). `version`: `version_of` when it was shown.

    The project's leader and an administrator may. Raises NotAllowed, StaleAddresses.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    _check_access(by, project)
    stored = {row.municipality_id: row for row in project.archive_addresses.all()}
    if version_of(stored.values()) != version:
        raise StaleAddresses
    taking_part = set(project.participations.values_list("municipality", flat=True))
    changed = []
    for pk, email in emails.items():
        row = stored.get(pk)
        if pk not in taking_part or email == (row.email if row else ""):
            continue
        row = row or ArchiveAddress(project=project, municipality_id=pk, version=0)
        row.email, row.version, row.changed_at, row.changed_by = email, row.version + 1, by.now, by.user
        row.save()
        changed.append(pk)
    if changed:
        record(
            stream=f"project:{project.pk}",
            action="archive_addresses_changed",
            obj=("project", project.pk),
            actor_id=by.user_id,
            at=by.now,
            request_id=by.request_id,
            data={"municipalities": sorted(changed)},
        )


def version_of(addresses: Iterable[ArchiveAddress]) -> int:
    """A number that grows with each change of a project's addresses."""
    return sum(row.version for row in addresses)


def leave_copies(submission: Submission) -> None:
    """Leave a copy for each municipality that takes part and has an address, in the transaction of the submission.

    None of a trial, and none for a municipality that has left.
    """
    if submission.test_round_id is not None:
        return
    addresses = addresses_of(submission)
    outbox.put(
        outbox.Letter(
            KIND,
            f"{submission.pk}:{pk}",
            None,
            {"submission": submission.pk, "municipality": pk},
        )
        for pk in addresses.values_list("municipality", flat=True)
    )


def addresses_of(submission: Submission) -> QuerySet[ArchiveAddress]:
    """Where copies of a submission go: the addresses of the municipalities that take part in the project now."""
    project = submission.report.project
    stored = project.archive_addresses.exclude(email="")
    return stored.filter(municipality__in=project.participations.values("municipality"))


def _check_access(by: Actor, project: Project) -> None:
    if by.user is None or (by.user.is_active and by.user.is_administrator):
        return
    if not may(roles_in(by.user, project, by.today), Access.WRITE):
        raise NotAllowed
