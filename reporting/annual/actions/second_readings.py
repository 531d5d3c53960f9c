"""An adviser reads a submission independently of the one who read it first, whose answers remain those that count."""

from collections.abc import Iterable

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from accounts.models import User
from benefits.models import EffectTarget
from reporting.annual.actions.reports import note as write_note
from reporting.annual.actions.reviews import AlreadyDecided, asked_in, check_answer, lock_for_review
from reporting.annual.models import Review, SecondAnswer, SecondReading, Submission, TargetAnswer

First = dict[tuple[int, str], TargetAnswer]


class AlreadyRead(Exception):
    """The adviser has saved a reading before, and it is final."""


class Unanswered(Exception):
    """A reading is final, and so it answers every question about every target that is still reported."""


class NotIndependent(Exception):
    """Nobody has answered yet, or the adviser has answered among the first or chosen to see their answers."""


@transaction.atomic
def save_reading(
    *, by: Actor, submission: Submission, answers: Iterable[tuple[EffectTarget, str, str, str]]
) -> SecondReading:
    """Store an adviser's own answers (target, question, answer, line), each beside the first one's as it stands now.

    A reading stored before it had to be whole goes on: what it answers stays, and only the rest is taken in.

    Raises NotAllowed, AlreadyDecided (a newer revision), AlreadyRead, NotIndependent, Unanswered, UnknownSection,
    TooLong.
    """
    person, review, first = _begun(by, submission)
    own = review and review.second_readings.filter(by=person).first()
    kept = set(own.answers.values_list("target", "question")) if own else set()
    left = asked_in(submission) - kept
    if own and own.is_blind and not left:
        raise AlreadyRead
    if review is None or (own and not own.is_blind) or not _is_by_others(first, by):
        raise NotIndependent
    given = [row for row in answers if (row[0].pk, row[1]) not in kept]
    if not given or left - {(target.pk, question) for target, question, _answer, _line in given}:
        raise Unanswered
    reading = own or SecondReading.objects.create(review=review, by=person, at=by.now, is_blind=True)
    for target, question, answer, line in given:
        check_answer(submission, target, question, answer, line)
        other = first.get((target.pk, question))
        SecondAnswer.objects.create(
            reading=reading,
            target=target,
            question=question,
            answer=answer,
            line=line.strip(),
            first_answer=other.answer if other else "",
            first_line=other.line if other else "",
            first_by=other.by if other else None,
        )
    write_note(by, submission.report, "second_reading", submission=submission.pk, answers=len(given))
    return reading


@transaction.atomic
def see_answers(*, by: Actor, submission: Submission) -> None:
    """Choose to see the first answers, and so not to read independently. Idempotent.

    Raises NotAllowed, AlreadyDecided (a newer revision).
    """
    person, review, first = _begun(by, submission)
    if review is None or not _is_by_others(first, by):
        return
    _reading, is_new = SecondReading.objects.get_or_create(
        review=review, by=person, defaults={"at": by.now, "is_blind": False}
    )
    if is_new:
        write_note(by, submission.report, "answers_seen", submission=submission.pk)


def _begun(by: Actor, submission: Submission) -> tuple[User, Review | None, First]:
    """Who reads, the review of a submission if it has begun, and the first answers; its report is locked."""
    report = lock_for_review(by, submission)
    if by.user is None:
        raise NotAllowed
    if report.revision != submission.revision:
        raise AlreadyDecided
    review = Review.objects.filter(submission=submission).first()
    rows = TargetAnswer.objects.filter(review=review).select_related("by") if review else ()
    return by.user, review, {(row.target_id, row.question): row for row in rows}


def _is_by_others(first: First, by: Actor) -> bool:
    """Whether there are first answers, and none of them is the actor's own."""
    return bool(first) and all(row.by_id != by.user_id for row in first.values())
