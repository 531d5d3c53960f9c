"""What the engine needs to know from the reports: which are received and signed, and which comments lack a reply."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from benefits.engine.facts import CommentFact, ReportFact
from reporting.annual.access import round_key
from reporting.annual.models import OwnerSignature, Review, ReviewComment, Submission


def load(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, dict[str, Any]]:
    """The newest submission of each report, received by `as_of` as known at a moment (None: now), per project."""
    received = Submission.objects.filter(report__project__in=project_ids)
    signatures = OwnerSignature.objects.filter(report__project__in=project_ids)
    if known_at is not None:
        received, signatures = received.filter(received_at__lte=known_at), signatures.filter(signed_at__lte=known_at)
    signed = _signed(signatures)
    newest: dict[int, tuple[int, ReportFact]] = {}
    rows = received.order_by("report", "revision").values_list(
        "report__project", "report", "report__round__year", "content_digest", "received_at"
    )
    for project, report, year, content, at in rows:
        fact = ReportFact(report, year, _day(at), signed.get((report, content)))
        if fact.received_on <= as_of:
            newest[report] = (project, fact)
    facts: dict[int, list[ReportFact]] = {pk: [] for pk in project_ids}
    for project, fact in newest.values():
        facts[project].append(fact)
    comments = _unanswered_comments(project_ids, as_of, known_at)
    return {pk: {"reports": tuple(reports), "comments": comments.get(pk, ())} for pk, reports in facts.items()}


def _unanswered_comments(
    project_ids: Sequence[int], as_of: date, known_at: datetime | None
) -> dict[int, tuple[CommentFact, ...]]:
    """Comments without reply of each report's newest decided review, where that sent the report back."""
    decided = Review.objects.filter(submission__report__project__in=project_ids, decided_at__isnull=False)
    received = Submission.objects.filter(report__project__in=project_ids)
    rows = ReviewComment.objects.filter(review__submission__report__project__in=project_ids, withdrawn_at=None)
    if known_at is None:
        rows = rows.filter(reply="")
    else:
        decided, received = decided.filter(decided_at__lte=known_at), received.filter(received_at__lte=known_at)
        rows = rows.filter(Q(reply="") | Q(replied_at__gt=known_at), at__lte=known_at)
    newest = {r.submission.report_id: r for r in _by_revision(decided) if _day(_sure(r.decided_at)) <= as_of}
    returned = {r.pk: r for r in newest.values() if r.report_outcome == Review.Report.RETURNED}
    again = {
        (report, revision): _day(at)
        for report, revision, at in received.values_list("report", "revision", "received_at")
    }
    found: dict[int, list[CommentFact]] = defaultdict(list)
    for comment in rows.filter(review__in=returned).order_by("pk"):
        review = returned[comment.review_id]
        report = review.submission.report
        found[report.project_id].append(
            CommentFact(
                id=comment.pk,
                report=report.pk,
                year=report.round.year,
                round=round_key(report.round),
                returned_on=_day(_sure(review.decided_at)),
                due_on=review.new_deadline,
                resubmitted_on=again.get((report.pk, review.submission.revision + 1)),
            )
        )
    return {pk: tuple(comments) for pk, comments in found.items()}


def _by_revision(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.select_related("submission__report__round").order_by("submission__report", "submission__revision")


def _sure(moment: datetime | None) -> datetime:
    assert moment is not None
    return moment


def _signed(signatures: Any) -> dict[tuple[int, str], date]:
    """The day each content was first signed, by report and digest."""
    rows = signatures.values("report", "digest").annotate(first=Min(F("signed_at")))
    return {(row["report"], row["digest"]): _day(row["first"]) for row in rows}


def _day(moment: datetime) -> date:
    return moment.astimezone(timezone.get_default_timezone()).date()
