"""What advisers answered about an earlier version of a report: shown beside the questions of this one, and proposed.

It is never counted as an answer about this version: a proposal becomes one when an adviser saves it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from reporting.annual.content import answers_in
from reporting.annual.models import Review, SecondAnswer, Submission, TargetAnswer
from reporting.annual.models.forms import text_in
from reporting.annual.review_page import Targets, answers_of, targets_in
from reporting.annual.second_readings import Compared, second_readings

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """One answer about a target in an earlier version; `is_unchanged`: the target is reported as it was then."""

    answer: TargetAnswer | SecondAnswer
    by: User | None
    is_unchanged: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """The newest earlier version with answers (None: there is none), and the titles of what is answered anew since.

    `compared` are its second readings, where the viewer may see them.
    """

    revision: int | None = None
    answers: Mapping[Key, EarlierAnswer] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)

    def proposed(self, stored: Mapping[Key, TargetAnswer]) -> dict[Key, TargetAnswer | SecondAnswer]:
        """The answers that may stand for this version too: the target is as it was, and nothing is answered yet."""
        return {key: row.answer for key, row in self.answers.items() if row.is_unchanged and key not in stored}


def earlier(submission: Submission, viewer: User, *, only_own: bool) -> Earlier:
    """What was answered about the newest earlier version that has answers.

    With `only_own`, the viewer reads independently: only what they answered themselves, and no comparison. No query
    for a first version, six at most.
    """
    if submission.revision == 1:
        return Earlier()
    rows = Review.objects.filter(submission__report=submission.report_id, submission__revision__lt=submission.revision)
    answered = rows.filter(answers__isnull=False).select_related("submission").order_by("-submission__revision")
    review = answered.first()
    if review is None:
        return Earlier()
    then, now = review.submission.contents["content"], submission.contents["content"]
    stored, targets = answers_of(review), targets_in(review.submission.contents)
    same = _unchanged(then, now)
    found: dict[Key, TargetAnswer | SecondAnswer] = {
        key: row for key, row in stored.items() if not only_own or row.by_id == viewer.pk
    }
    if only_own:
        own = SecondAnswer.objects.filter(reading__review=review, reading__by=viewer).select_related("reading")
        found |= {(row.target_id, row.question): row for row in own}
    return Earlier(
        revision=review.submission.revision,
        answers={
            key: EarlierAnswer(row, viewer if isinstance(row, SecondAnswer) else row.by, key[0] in same)
            for key, row in found.items()
        },
        changed=_changed(then, now),
        compared=[] if only_own else _compared(review, stored, targets, viewer),
    )


def _compared(review: Review, stored: Mapping[Key, TargetAnswer], targets: Targets, viewer: User) -> list[Compared]:
    return second_readings(review, stored, targets, viewer, is_newest=False).compared


def _unchanged(then: Mapping[str, Any], now: Mapping[str, Any]) -> set[int]:
    """The targets that are reported as they were: definition, figures, and the measurements behind them."""
    before = {row["id"]: row for row in then["targets"]}
    return {row["id"] for row in now["targets"] if before.get(row["id"]) == row}


def _changed(then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """The titles of the questions the project has answered anew."""
    before = answers_in(then)
    return [
        f"«{text_in(question['title'])}»"
        for section in now["sections"]
        for question in section["questions"]
        if question["answer"] != before.get(question["key"])
    ]
