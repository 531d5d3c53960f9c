"""What an adviser said of a report that has come back."""

from dataclasses import dataclass

from django.db.models import Prefetch

from reporting.annual.models import Report
from reporting.annual.models.reviews import Review, ReviewComment


@dataclass(frozen=True, slots=True)
class SaidOfSection:
    """The reason the whole report came back, and the comments on one section, oldest first."""

    note: str
    comments: list[ReviewComment]


def said_of(report: Report, section: str) -> SaidOfSection | None:
    """The newest return's words; None for a report that is not returned. Two queries, none where nothing came back."""
    if report.state != Report.State.RETURNED:
        return None
    comments = (
        ReviewComment.objects.filter(section=section, withdrawn_at=None).select_related("by").order_by("at", "pk")
    )
    reviews = Review.objects.filter(submission__report=report, report_outcome=Review.Report.RETURNED)
    review = reviews.prefetch_related(Prefetch("comments", comments)).order_by("-decided_at").first()
    return SaidOfSection(review.note, list(review.comments.all())) if review else None
