"""What two advisers may do at once: each says what was on the screen, and nobody decides over another's head."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.actor import Actor
from benefits.models import EffectTarget
from reporting.annual.actions.reports import lock
from reporting.annual.actions.reviews import answer, approve, asked_in, open_review, return_report
from reporting.annual.models import Review, Submission, TargetAnswer
from reporting.annual.review_state import answers_text, review_state


class StaleReview(Exception):
    """Someone else has commented, answered or marked since the page was opened."""


@dataclass(frozen=True, slots=True)
class Left:
    """`count` of `of` official questions are not answered."""

    count: int
    of: int


class QuestionsLeft(Exception):
    """Official questions are not answered, and nobody has said that this is meant."""

    def __init__(self, left: Left) -> None:
        super().__init__(f"{left.count} of {left.of}")
        self.left = left


@dataclass(frozen=True, slots=True)
class Decision:
    """The two outcomes, the note to the project, and the new deadline of a report that is sent back.

    `leaves_questions`: it is meant that a report is approved with official questions unanswered.
    """

    report: str
    project: str = ""
    note: str = ""
    new_deadline: date | None = None
    leaves_questions: bool = False


def state_of(review: Review | None) -> str:
    """What a review says now, as a short text that changes with every comment and answer; "" before it has begun."""
    if review is None:
        return ""
    return review_state(review.comments.filter(withdrawn_at=None), review.answers.all())


def answers_state(review: Review | None) -> str:
    """What the official questions are answered by now, as a short text; "" before the first."""
    return "" if review is None else answers_text(review.answers.all())


def questions_left(*submissions: Submission) -> dict[int, Left]:
    """How many of the official questions nobody has answered, by submission; one query."""
    rows = TargetAnswer.objects.filter(review__submission__in=[row.pk for row in submissions])
    answered: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for submission, target, question in rows.values_list("review__submission", "target", "question"):
        answered[submission].add((target, question))
    asked = {row.pk: asked_in(row) for row in submissions}
    return {pk: Left(len(questions - answered[pk]), len(questions)) for pk, questions in asked.items()}


@transaction.atomic
def decide(*, by: Actor, submission: Submission, seen: str, decision: Decision) -> Review:
    """Return or approve what was on the screen. `seen`: `state_of` when the page was made.

    Raises StaleReview, QuestionsLeft, and as `open_review`, `return_report` and `approve`.
    """
    lock(submission.report_id)
    if state_of(Review.objects.filter(submission=submission).first()) != seen:
        raise StaleReview
    review = open_review(by=by, submission=submission)
    if decision.report == Review.Report.APPROVED:
        left = questions_left(submission)[submission.pk]
        if left.count and not decision.leaves_questions:
            raise QuestionsLeft(left)
        approve(by=by, review=review, project_outcome=decision.project, note=decision.note)
    else:
        assert decision.new_deadline is not None
        return_report(
            by=by,
            review=review,
            new_deadline=decision.new_deadline,
            project_outcome=decision.project,
            note=decision.note,
        )
    return review


@transaction.atomic
def answer_all(
    *, by: Actor, submission: Submission, seen: str, answers: Iterable[tuple[EffectTarget, str, str, str]]
) -> Review:
    """Store the answers (target, question, answer, line) that were changed. `seen`: `answers_state` of the page.

    Raises StaleReview, and as `open_review` and `answer`.
    """
    lock(submission.report_id)
    if answers_state(Review.objects.filter(submission=submission).first()) != seen:
        raise StaleReview
    review = open_review(by=by, submission=submission)
    stored = {(row.target_id, row.question): row for row in TargetAnswer.objects.filter(review=review)}
    for target, question, given, line in answers:
        old = stored.get((target.pk, question))
        if old is None or (old.answer, old.line) != (given, line):
            answer(by=by, review=review, target=target, question=question, answer=given, line=line)
    return review
