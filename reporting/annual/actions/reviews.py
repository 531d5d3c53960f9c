"""An adviser reads a submission, comments, answers the official questions, and returns or approves the report."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from accounts.actor import Actor, NotAllowed
from benefits.actions.measurements import confirm
from benefits.models import EffectTarget
from projects.access import may, roles_in
from projects.revision import touch
from projects.roles import Access
from reporting.annual.actions.reports import lock
from reporting.annual.actions.reports import note as write_note
from reporting.annual.models import (
    Published,
    PublishedTarget,
    Report,
    Review,
    ReviewComment,
    Round,
    SectionRead,
    Submission,
    TargetAnswer,
)
from reporting.annual.public_version import contents_of
from reporting.annual.publishing import rows
from reporting.notices import telling
from reporting.notices.kinds import Kind
from saman.canonical import sha256

LONGEST_TEXT = 4000
LONGEST_LINE = 300
LONGEST_RETURN = timedelta(days=183)


class AlreadyDecided(Exception):
    """The review has been decided, or the submission is no longer the one that counts."""


class NothingSaid(Exception):
    """A report is not returned without a comment, and a comment is not empty."""


class TooLong(Exception):
    """The text is longer than `limit` characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class UnknownSection(Exception):
    """The submission has no such section, target or question."""


class DeadlinePassed(Exception):
    """The new deadline must lie ahead."""


class DeadlineTooLate(Exception):
    """The new deadline is after `latest`, when the round must be over."""

    def __init__(self, latest: date) -> None:
        super().__init__(latest.isoformat())
        self.latest = latest


class NotRead(Exception):
    """Every section must be read before approval. `sections` are the keys of those that are not."""

    def __init__(self, sections: list[str]) -> None:
        super().__init__(", ".join(sections))
        self.sections = sections


@transaction.atomic
def open_review(*, by: Actor, submission: Submission) -> Review:
    """The review of a submission, begun now if nobody has. Raises NotAllowed, AlreadyDecided (a newer revision)."""
    report = lock_for_review(by, submission)
    if report.revision != submission.revision:
        raise AlreadyDecided
    review, is_new = Review.objects.get_or_create(
        submission=submission, defaults={"opened_by": by.user, "opened_at": by.now}
    )
    if is_new:
        write_note(by, report, "review_opened", submission=submission.pk)
    return review


@transaction.atomic
def mark_read(*, by: Actor, review: Review, section: str) -> None:
    """Say that a section is read. Idempotent. Raises NotAllowed, AlreadyDecided, UnknownSection."""
    review = _undecided(by, review)
    _check_section(review, section)
    SectionRead.objects.get_or_create(review=review, section=section, defaults={"by": by.user, "at": by.now})


@transaction.atomic
def comment(*, by: Actor, review: Review, section: str, text: str) -> ReviewComment:
    """Comment on a section. Raises NotAllowed, AlreadyDecided, UnknownSection, NothingSaid, TooLong."""
    review = _undecided(by, review)
    _check_section(review, section)
    return ReviewComment.objects.create(review=review, section=section, text=_said(text), by=by.user, at=by.now)


@transaction.atomic
def withdraw_comment(*, by: Actor, comment: ReviewComment) -> None:
    """Take a comment back before the decision. Raises NotAllowed, AlreadyDecided."""
    _undecided(by, comment.review)
    ReviewComment.objects.filter(pk=comment.pk, withdrawn_at=None).update(withdrawn_at=by.now)


@transaction.atomic
def answer(*, by: Actor, review: Review, target: EffectTarget, question: str, answer: str, line: str) -> TargetAnswer:
    """Answer an official question about a target; a new answer replaces the last.

    Raises NotAllowed (also for one who has read independently), AlreadyDecided, TooLong,
    UnknownSection (no such question, answer or target).
    """
    review = _undecided(by, review)
    check_answer(review.submission, target, question, answer, line)
    if review.second_readings.filter(by=by.user, is_blind=True).exists():
        raise NotAllowed
    row, _ = TargetAnswer.objects.update_or_create(
        review=review,
        target=target,
        question=question,
        defaults={"answer": answer, "line": line.strip(), "by": by.user, "at": by.now},
    )
    return row


@transaction.atomic
def return_report(
    *, by: Actor, review: Review, new_deadline: date, project_outcome: str = "", note: str = ""
) -> Report:
    """Send the report back: the next revision begins as a copy, this one stays.

    Raises NotAllowed, AlreadyDecided, NothingSaid (no comment and no note), DeadlinePassed, DeadlineTooLate,
    TooLong.
    """
    review = _undecided(by, review)
    report = review.submission.report
    if not note.strip() and not review.comments.filter(withdrawn_at=None).exists():
        raise NothingSaid
    if new_deadline <= by.today:
        raise DeadlinePassed
    if new_deadline > (latest := latest_return(report.round, by.today)):
        raise DeadlineTooLate(latest)
    _decide(by, review, Review.Report.RETURNED, project_outcome, note, new_deadline)
    Report.objects.filter(pk=report.pk).update(
        state=Report.State.RETURNED,
        revision=F("revision") + 1,
        due_again_on=new_deadline,
        sent_to_owner_at=None,
        sent_to_owner_by=None,
        version=F("version") + 1,
    )
    report.refresh_from_db()
    telling.decided(by, Kind.RETURNED, review.submission)
    return report


@transaction.atomic
def approve(*, by: Actor, review: Review, project_outcome: str, note: str = "") -> Published | None:
    """Approve the report: its measurements are confirmed, and what the public may know is published.

    In a test round neither happens. Raises NotAllowed, AlreadyDecided, NotRead, TooLong.
    """
    review = _undecided(by, review)
    _check_read(review)
    submission, report = review.submission, review.submission.report
    _decide(by, review, Review.Report.APPROVED, project_outcome, note, None)
    Report.objects.filter(pk=report.pk).update(
        state=Report.State.APPROVED, approved_at=by.now, version=F("version") + 1
    )
    if submission.test_round_id is not None:
        return None
    reported = submission.contents["content"]["targets"]
    confirm(by=by, project=report.project, measurement_ids=[pk for row in reported for pk in row["measurements"]])
    telling.decided(by, Kind.APPROVED, submission)
    return _publish(by, submission)


def _publish(by: Actor, submission: Submission) -> Published:
    report = submission.report
    published = Published(
        project_id=report.project_id,
        submission=submission,
        year=report.round.year,
        as_of=date.fromisoformat(submission.contents["observed"]["as_of"]),
        published_at=by.now,
    )
    targets = rows(submission, published)
    published.contents = contents_of(submission, targets, by.today)
    published.sha256 = sha256(published.contents)
    published.save()
    PublishedTarget.objects.bulk_create(targets)
    write_note(by, report, "report_published", number=submission.number, sha256=published.sha256)
    return published


def latest_return(round_: Round, today: date) -> date:
    """The last day a report that is returned may be due: half a year after the round's deadline, or after today."""
    return max(round_.due_on, today) + LONGEST_RETURN


def lock_for_review(by: Actor, submission: Submission) -> Report:
    """The report of a submission, locked, for one who reviews it. Raises NotAllowed."""
    report = lock(submission.report_id)
    if by.user is not None and not may(roles_in(by.user, report.project, by.today), Access.REVIEW):
        raise NotAllowed
    return report


def asked_in(submission: Submission) -> set[tuple[int, str]]:
    """The official questions of a submission: (target, question) for each target that is not withdrawn."""
    live = [row["id"] for row in submission.contents["content"]["targets"] if row["withdrawn_on"] is None]
    return {(pk, question) for pk in live for question in TargetAnswer.Question.values}


def check_answer(submission: Submission, target: EffectTarget, question: str, answer: str, line: str) -> None:
    """Raise UnknownSection where a submission has no such question, answer or target, TooLong where the line is."""
    reported = {row["id"] for row in submission.contents["content"]["targets"]}
    known = question in TargetAnswer.Question.values and answer in TargetAnswer.Answer.values
    if target.pk not in reported or not known:
        raise UnknownSection
    if len(line) > LONGEST_LINE:
        raise TooLong(LONGEST_LINE)


def _undecided(by: Actor, review: Review) -> Review:
    """The review anew, with its report locked, while it can still be changed."""
    submission = Submission.objects.get(review=review.pk)
    report = lock_for_review(by, submission)
    fresh = Review.objects.select_related("submission").get(pk=review.pk)
    if fresh.is_decided or report.revision != submission.revision:
        raise AlreadyDecided
    fresh.submission.report = report
    return fresh


def _decide(
    by: Actor, review: Review, outcome: str, project_outcome: str, text: str, new_deadline: date | None
) -> None:
    if len(text) > LONGEST_TEXT:
        raise TooLong(LONGEST_TEXT)
    if project_outcome not in ("", *Review.Project.values):
        raise UnknownSection
    Review.objects.filter(pk=review.pk).update(
        report_outcome=outcome,
        project_outcome=project_outcome,
        note=text.strip(),
        new_deadline=new_deadline,
        decided_by=by.user,
        decided_at=by.now,
    )
    report = review.submission.report
    write_note(by, report, f"report_{outcome}", project=project_outcome, deadline=new_deadline)
    touch(report.project_id)


def _sections(review: Review) -> list[str]:
    return [section["key"] for section in review.submission.contents["content"]["sections"]]


def _check_section(review: Review, section: str) -> None:
    if section not in _sections(review):
        raise UnknownSection


def _check_read(review: Review) -> None:
    read = set(review.read.values_list("section", flat=True))
    unread = [key for key in _sections(review) if key not in read]
    if unread:
        raise NotRead(unread)


def _said(text: str) -> str:
    if not text.strip():
        raise NothingSaid
    if len(text) > LONGEST_TEXT:
        raise TooLong(LONGEST_TEXT)
    return text.strip()
