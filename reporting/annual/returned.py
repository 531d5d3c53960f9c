"""What an adviser said of a report that has come back, and what the project replied."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from reporting.annual.models import Report
from reporting.annual.models.reviews import Review, ReviewComment

PREFIX = "svar-"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with its reply as the page holds it: typed, or stored. `error` says why a typed one is not stored."""

    comment: ReviewComment
    reply: str
    error: str = ""

    @property
    def id(self) -> str:
        """The field's name and id in the page."""
        return f"{PREFIX}{self.comment.pk}"

    @property
    def described_by(self) -> str:
        """The ids of what belongs to the field, for screen readers."""
        return f"kommentar-{self.comment.pk}" + (f" {self.id}_error" if self.error else "")


@dataclass(frozen=True, slots=True)
class SaidOfSection:
    """The reason the whole report came back, and the comments on one section, oldest first."""

    note: str
    comments: list[Said]

    @property
    def wrong(self) -> list[Said]:
        """Replies that are not stored."""
        return [said for said in self.comments if said.error]


@dataclass(frozen=True, slots=True)
class TypedReplies:
    """Replies a page holds that are not stored, and why, by comment."""

    texts: Mapping[int, str] = field(default_factory=dict)
    errors: Mapping[int, str] = field(default_factory=dict)


def said_of(report: Report, section: str, typed: TypedReplies | None = None) -> SaidOfSection | None:
    """The newest return's words; None for a report that is not back. Two queries, none where nothing came back."""
    if not report.is_back:
        return None
    comments = _comments().filter(section=section)
    reviews = Review.objects.filter(submission__report=report, report_outcome=Review.Report.RETURNED)
    review = reviews.prefetch_related(Prefetch("comments", comments)).order_by("-decided_at").first()
    if review is None:
        return None
    typed = typed or TypedReplies()
    shown = [
        Said(row, typed.texts.get(row.pk, row.reply), typed.errors.get(row.pk, "")) for row in review.comments.all()
    ]
    return SaidOfSection(review.note, shown)


def awaiting_reply(report: Report) -> str | None:
    """The section of the oldest comment without a reply on a report that has come back; None when all have one.

    A report that waits for its owner is to be read as a whole, whatever it lacks. At most one query.
    """
    if not report.is_back or report.state == Report.State.AWAITING_SIGNATURE:
        return None
    waiting = [row for row in replies_in(report) if row["reply"] is None]
    return waiting[0]["section"] if waiting else None


def said_last_year(report: Report, section: str | None = None, *, shared: bool = True) -> list[ReviewComment]:
    """Comments on the project's last report of the same kind for an earlier period, oldest first.

    `shared` leaves out those the project has never been shown: only a returned report's were. One query.
    """
    rows = _comments().filter(
        review__submission__report__project=report.project_id,
        review__submission__report__round__kind=report.round.kind,
        review__submission__report__round__period_end__lt=report.round.period_end,
        review__submission__test_round=None,
    )
    if shared:
        rows = rows.filter(review__report_outcome=Review.Report.RETURNED)
    if section is not None:
        rows = rows.filter(section=section)
    found = list(rows.select_related("review__submission__report__round"))
    newest = max((_period_end(row) for row in found), default=None)
    return [row for row in found if _period_end(row) == newest]


def replies_in(report: Report) -> list[dict[str, Any]]:
    """The newest return's comments and their replies, as a content keeps them; [] for a first revision. One query."""
    return replies_of([report])[report.pk]


def replies_of(reports: Collection[Report]) -> dict[int, list[dict[str, Any]]]:
    """As `replies_in`, by report; one query, none where all are first revisions."""
    found: dict[int, list[dict[str, Any]]] = {report.pk: [] for report in reports}
    wanted = {(report.pk, report.revision - 1) for report in reports if report.revision > 1}
    if not wanted:
        return found
    rows = ReviewComment.objects.filter(withdrawn_at=None, review__submission__report__in={pk for pk, _of in wanted})
    said = rows.order_by("at", "pk").values_list(
        "review__submission__report", "review__submission__revision", "pk", "section", "text", "reply"
    )
    for report, revision, pk, section, text, reply in said:
        if (report, revision) in wanted:
            found[report].append({"comment": pk, "section": section, "said": text, "reply": reply or None})
    return found


def answered(replies: Iterable[Mapping[str, Any]]) -> list[ReviewComment]:
    """The comments a content replies to, with who said what and when; one query, none for a first revision."""
    keys = [row["comment"] for row in replies]
    return list(_comments().filter(pk__in=keys)) if keys else []


def _comments() -> QuerySet[ReviewComment]:
    rows = ReviewComment.objects.filter(withdrawn_at=None)
    return rows.select_related("by", "replied_by").order_by("at", "pk")


def _period_end(row: ReviewComment) -> Any:
    return row.review.submission.report.round.period_end
