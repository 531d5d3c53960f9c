"""Beginning a report, sending it to the owner, and the owner's signature."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.actor import Actor, NotAllowed
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access
from reporting.annual import content
from reporting.annual.actions.drafts import NotWritable, lock_for_writing
from reporting.annual.models import FormVersion, OwnerSignature, Report, ReportSection, Round
from reporting.notices import telling
from saman.canonical import digest


class RoundNotOpen(Exception):
    """The round has not opened, or has been closed."""


class NotFollowed(Exception):
    """The project is not in use yet, so it has nothing to report."""


class NotAsked(Exception):
    """Only chosen projects report in the round, and this is not one of them."""


class ShortFormNotOffered(Exception):
    """The round has no short form."""


class Incomplete(Exception):
    """Required answers are missing or wrong. `errors`: section key -> question key -> code (`answers.problem`)."""

    def __init__(self, errors: dict[str, dict[str, str]]) -> None:
        super().__init__("required answers are missing")
        self.errors = errors


class ChangedSinceSeen(Exception):
    """The content is not what was on the screen. `changes` is what differs, `now` the content as it stands."""

    def __init__(self, changes: list[content.Difference], now: dict[str, Any]) -> None:
        super().__init__("the content has changed")
        self.changes, self.now = changes, now


@transaction.atomic
def start(*, by: Actor, project: Project, round_: Round, short: bool = False) -> Report:
    """Begin a report on the full or the short form, or change the form of one begun; its answers stay.

    Raises NotAllowed, NotFollowed, NotAsked, RoundNotOpen, ShortFormNotOffered, NotWritable.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    _check_access(by, project, Access.WRITE)
    round_ = Round.objects.select_for_update(of=("self",)).select_related("form", "short_form").get(pk=round_.pk)
    form = _form(by, project, round_, short)
    if round_.is_chosen and not round_.reports.filter(project=project).exists():
        raise NotAsked
    report, _ = Report.objects.get_or_create(
        round=round_, project=project, defaults={"form": form, "language": project.language}
    )
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.started_at is not None and report.form_id == form.pk:
        return report
    if not report.is_writable or report.revision > 1:
        raise NotWritable
    report.form, report.state, report.language = form, Report.State.DRAFT, project.language
    report.started_at = report.started_at or by.now
    report.version += 1
    report.save()
    _add_sections(report)
    note(by, report, "report_started", form=form.pk)
    return report


@transaction.atomic
def send_to_owner(*, by: Actor, report: Report) -> None:
    """Ask the owner to sign; one that waits already, waits. Raises NotAllowed, NotWritable, Incomplete."""
    report = lock_for_writing(by, report.pk)
    check_complete(report)
    if report.state == Report.State.AWAITING_SIGNATURE:
        return
    _give_to_owner(by, report)
    note(by, report, "report_sent_to_owner", sections=versions(report))
    telling.to_sign(by, report)


@transaction.atomic
def sign(*, by: Actor, report: Report, seen: dict[str, Any]) -> OwnerSignature:
    """Sign the content that was on the screen (`content.unseal`). Signing the same again answers the same row.

    A draft that is signed is with the owner, sent or not, so that a change in it says what it does. A submitted report
    is signed as it was submitted. Raises NotAllowed, NotWritable, Incomplete, ChangedSinceSeen.
    """
    report = lock(report.pk)
    _check_access(by, report.project, Access.SIGN)
    now = _to_sign(by, report)
    check_seen(seen, now)
    signature, is_new = OwnerSignature.objects.get_or_create(
        report=report,
        revision=report.revision,
        digest=digest(now),
        defaults={
            "signed_by": by.user,
            "signed_at": by.now,
            "test_round": report.round if report.round.is_test else None,
        },
    )
    if is_new:
        note(by, report, "report_signed", digest=signature.digest, sections=versions(report))
        touch(report.project_id)
    if report.is_writable and report.state != Report.State.AWAITING_SIGNATURE:
        _give_to_owner(by, report)
    return signature


def lock(report_id: int) -> Report:
    """The report with its project, both locked, the project first as everywhere. Raises Http404 once it is wiped."""
    found = get_object_or_404(Report, pk=report_id)
    Project.objects.select_for_update().get(pk=found.project_id)
    related = ("round", "project__cohort", "form")
    return get_object_or_404(Report.objects.select_for_update(of=("self",)).select_related(*related), pk=report_id)


def check_complete(report: Report) -> None:
    """Raise Incomplete when answers are missing or wrong."""
    errors = content.errors(content.draft(report))
    if errors:
        raise Incomplete(errors)


def check_seen(seen: dict[str, Any], now: dict[str, Any]) -> None:
    """Raise ChangedSinceSeen when the two contents differ."""
    changes = content.differences(seen, now)
    if changes:
        raise ChangedSinceSeen(changes, now)


def versions(report: Report) -> dict[str, int]:
    """The version of each section: what an audit event says instead of one event per save."""
    return dict(report.sections.values_list("key", "version"))


def note(by: Actor, report: Report, action: str, **data: object) -> None:
    """Write an audit event about a report in its project's stream; a test round has another, being no news of it."""
    project = f"project:{report.project_id}"
    record(
        stream=f"test:{project}" if report.round.is_test else project,
        action=action,
        obj=("report", report.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"round": report.round_id, "revision": report.revision, **data},
    )


def _give_to_owner(by: Actor, report: Report) -> None:
    report.state, report.version, report.called_back = Report.State.AWAITING_SIGNATURE, report.version + 1, ""
    report.sent_to_owner_at, report.sent_to_owner_by = by.now, by.user
    report.save(update_fields=["state", "version", "called_back", "sent_to_owner_at", "sent_to_owner_by"])


def _check_access(by: Actor, project: Project, access: Access) -> None:
    if by.user is not None and not may(roles_in(by.user, project, by.today), access):
        raise NotAllowed


def _form(by: Actor, project: Project, round_: Round, short: bool) -> FormVersion:
    if project.followed_since is None:
        raise NotFollowed
    if not round_.is_open(by.today):
        raise RoundNotOpen
    if not short:
        return round_.form
    if round_.short_form is None:
        raise ShortFormNotOffered
    return round_.short_form


def _add_sections(report: Report) -> None:
    have = set(report.sections.values_list("key", flat=True))
    for section in report.form.sections.all():
        if section.key in have:
            report.sections.filter(key=section.key).update(order=section.order)
        else:
            ReportSection.objects.create(report=report, key=section.key, order=section.order)


def _to_sign(by: Actor, report: Report) -> dict[str, Any]:
    """The submitted content, or the draft's when it is complete."""
    if report.state in Report.RECEIVED:
        return report.submissions.get(revision=report.revision).contents["content"]
    if report.started_at is None:
        raise NotWritable
    check_complete(report)
    return content.content(report, by.today)
