"""What the page of a review shows: one section at a time, this year beside last year, and what a machine can check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from benefits.wording import rule_heading
from projects.roles import Role
from reporting.annual import facts_shown
from reporting.annual.comparison import Pair, pair
from reporting.annual.models import Report, Review, ReviewComment, Submission, TargetAnswer
from reporting.annual.models.forms import text_in
from reporting.annual.returned import answered, said_last_year

QUESTIONS = "sporsmal"  # the part after the report's own: the three official questions


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target's figures as reported; None where there is none. `result` is the engine's at submission."""

    pk: int
    number: int
    title: str
    unit: str
    baseline: Decimal | None
    previous: Decimal | None
    latest: Decimal | None
    goal: Decimal | None
    goal_on: date | None
    result: str

    @property
    def code(self) -> str:
        """What tells it from another with the same title: E2."""
        return f"E{self.number}"

    @property
    def change(self) -> Decimal | None:
        """What has changed since last year's report."""
        return None if self.latest is None or self.previous is None else self.latest - self.previous


Targets = list[TargetLine]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the report: its questions, and what advisers have said and read.

    `answered` are the comments on the revision before this one, with the project's replies; `last_year` those of then.
    """

    key: str
    number: int
    title: str
    pairs: list[Pair]
    comments: list[ReviewComment]
    is_read: bool
    is_unchanged: bool
    answered: list[ReviewComment]
    last_year: list[ReviewComment]


@dataclass(frozen=True, slots=True)
class Read:
    """A submission as it is read, beside an earlier one (None: the project's first report)."""

    submission: Submission
    before: Submission | None
    review: Review | None
    parts: list[Part]
    targets: list[TargetLine]
    pitfalls: list[tuple[str, int]]
    roles: list[tuple[str, str]]

    @property
    def unread(self) -> list[Part]:
        """The sections nobody has marked as read."""
        return [part for part in self.parts if not part.is_read]

    @property
    def comments(self) -> int:
        """How many comments there are."""
        return sum(len(part.comments) for part in self.parts)

    @property
    def same_as_before(self) -> int:
        """How many texts stand as they stood."""
        return sum(item.is_same for part in self.parts for item in part.pairs)

    def part(self, key: str | None) -> Part:
        """The section with a key, else the first one that is not read."""
        wanted = [part for part in self.parts if part.key == key] or self.unread or self.parts
        return wanted[0]

    def after(self, part: Part) -> Part | None:
        """The next section that is not read, from a section on; None when there is none."""
        ahead = [other for other in self.unread if other.number > part.number]
        left = ahead or [other for other in self.unread if other.key != part.key]
        return left[0] if left else None


def read(submission: Submission, before: Submission | None) -> Read:
    """A submission beside an earlier one."""
    contents = submission.contents
    review = Review.objects.select_related("decided_by", "opened_by").filter(submission=submission).first()
    old = {} if before is None else _questions(before.contents["content"])
    observed = contents["observed"]
    return Read(
        submission=submission,
        before=before,
        review=review,
        parts=_parts(contents["content"], old, review, submission.report),
        targets=targets_in(contents),
        pitfalls=[(rule_heading(row["rule"]), row["severity"]) for row in observed["pitfalls"]],
        roles=_roles(observed["roles"]),
    )


def figures_moved(submission: Submission, today: date) -> list[str]:
    """The titles of targets whose newest value is not the one that was submitted: something was corrected since."""
    now = {row["id"]: row["latest"] for row in facts_shown.targets(submission.report, today)}
    reported = submission.contents["content"]["targets"]
    return [row["title"] for row in reported if row["id"] in now and now[row["id"]] != row["latest"]]


def answers_of(review: Review | None) -> dict[tuple[int, str], TargetAnswer]:
    """The official questions answered so far, by target and question."""
    rows = [] if review is None else review.answers.select_related("by")
    return {(row.target_id, row.question): row for row in rows}


def _questions(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {question["key"]: question for section in content["sections"] for question in section["questions"]}


def _parts(
    content: Mapping[str, Any], old: Mapping[str, Mapping[str, Any]], review: Review | None, report: Report
) -> list[Part]:
    comments = (
        [] if review is None else list(review.comments.filter(withdrawn_at=None).select_related("by", "replied_by"))
    )
    seen = set() if review is None else set(review.read.values_list("section", flat=True))
    replied, last_year = answered(content.get("replies", [])), said_last_year(report, shared=False)
    return [
        Part(
            key=section["key"],
            number=number,
            title=text_in(section["title"]),
            pairs=[pair(question, old.get(question["key"])) for question in section["questions"]],
            comments=[comment for comment in comments if comment.section == section["key"]],
            is_read=section["key"] in seen,
            is_unchanged=section["unchanged"],
            answered=[comment for comment in replied if comment.section == section["key"]],
            last_year=[comment for comment in last_year if comment.section == section["key"]],
        )
        for number, section in enumerate(content["sections"], start=1)
    ]


def targets_in(contents: Mapping[str, Any]) -> Targets:
    """The targets of a submission's contents that are not withdrawn."""
    results = {row["target"]: row["result"] for row in contents["observed"]["results"]}
    live = [row for row in contents["content"]["targets"] if row["withdrawn_on"] is None]
    return [
        TargetLine(
            pk=row["id"],
            number=row["number"],
            title=row["title"],
            unit=row["unit"],
            baseline=_value(row["baseline"]),
            previous=_value(row["previous"]),
            latest=_value(row["latest"]),
            goal=_value(row["goal"]),
            goal_on=date.fromisoformat(row["goal"]["on"]) if row["goal"] else None,
            result=results.get(row["id"], ""),
        )
        for row in live
    ]


def _value(point: Mapping[str, str] | None) -> Decimal | None:
    return None if point is None else Decimal(point["value"])


def _roles(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(role, name) of those who had a role when the report was submitted."""
    names = dict(User.objects.filter(pk__in=[row["person"] for row in rows]).values_list("pk", "name"))
    return [(str(Role(row["role"]).label), names.get(row["person"], "–")) for row in rows]
