"""An adviser reads a submission, comments, answers the official questions, and returns or approves the report."""

from datetime import date

from accounts.actor import Actor
from benefits.models import EffectTarget
from reporting.annual.models import Published, Report, Review, ReviewComment, Submission, TargetAnswer


class AlreadyDecided(Exception):
    """The review has been decided, or the submission is no longer the one that counts."""


class NothingSaid(Exception):
    """A report is not returned without a comment, and a comment is not empty."""


class DeadlinePassed(Exception):
    """The new deadline must lie ahead."""


class NotRead(Exception):
    """Every section must be read before approval. `sections` are the keys of those that are not."""

    def __init__(self, sections: list[str]) -> None:
        super().__init__(", ".join(sections))
        self.sections = sections


def open_review(*, by: Actor, submission: Submission) -> Review:
    """The review of a submission, begun now if nobody has. Raises NotAllowed, AlreadyDecided."""
    raise NotImplementedError


def mark_read(*, by: Actor, review: Review, section: str) -> None:
    """Say that a section is read. Idempotent. Raises NotAllowed, AlreadyDecided."""
    raise NotImplementedError


def comment(*, by: Actor, review: Review, section: str, text: str) -> ReviewComment:
    """Comment on a section. Raises NotAllowed, AlreadyDecided, NothingSaid."""
    raise NotImplementedError


def withdraw_comment(*, by: Actor, comment: ReviewComment) -> None:
    """Take a comment back before the decision. Raises NotAllowed, AlreadyDecided."""
    raise NotImplementedError


def reply(*, by: Actor, comment: ReviewComment, text: str) -> None:
    """The leader's answer to a comment on a returned report. Raises NotAllowed, NothingSaid."""
    raise NotImplementedError


def answer(*, by: Actor, review: Review, target: EffectTarget, question: str, answer: str, line: str) -> TargetAnswer:
    """Answer an official question about a target; a new answer replaces the last. Raises NotAllowed, AlreadyDecided."""
    raise NotImplementedError


def return_report(
    *, by: Actor, review: Review, new_deadline: date, project_outcome: str = "", note: str = ""
) -> Report:
    """Send the report back: the next revision begins as a copy, this one stays.

    Raises NotAllowed, AlreadyDecided, NothingSaid (no comment and no note), DeadlinePassed.
    """
    raise NotImplementedError


def approve(*, by: Actor, review: Review, project_outcome: str, note: str = "") -> Published:
    """Approve the report: its measurements are confirmed, and what the public may know is published.

    Raises NotAllowed, AlreadyDecided, NotRead.
    """
    raise NotImplementedError
