"""What the engine needs to know from the reports: which are received and signed, and which comments lack a reply."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from benefits.engine.facts import CommentFact, ReportFact
from projects.asked import Asked
from reporting.annual.access import round_key
from reporting.annual.models import OwnerSignature, Report, Review, ReviewComment, Submission


def load(asked: Asked) -> dict[int, dict[str, Any]]:
    """The newest submission of each report, received by the day, per project; none here where no report was begun.

    What was reported in a test round is no fact.
    """
    if not asked.has(Report):
        return {}
    known_at = asked.known_at
    received = Submission.objects.filter(report__project__in=asked.project_ids, test_round=None)
    signatures = OwnerSignature.objects.filter(report__project__in=asked.project_ids, test_round=None)
    if known_at is not None:
        received, signatures = received.filter(received_at__lte=known_at), signatures.filter(signed_at__lte=known_at)
    signed = _signed(signatures)
    newest: dict[int, tuple[int, ReportFact]] = {}
    rows = received.order_by("report", "revision").values_list(
        "report__project", "report", "report__round__year", "content_digest", "received_at"
    )
    for project, report, year, content, at in rows:
        fact = ReportFact(report, year, _day(at), signed.get((report, content)))
        if fact.received_on <= asked.as_of:
            newest[report] = (project, fact)
    facts: dict[int, list[ReportFact]] = {pk: [] for pk in asked.project_ids}
    for project, fact in newest.values():
        facts[project].append(fact)
    comments = _unanswered_comments(asked)
    return {pk: {"reports": tuple(reports), "comments": comments.get(pk, ())} for pk, reports in facts.items()}


def _unanswered_comments(asked: Asked) -> dict[int, tuple[CommentFact, ...]]:
    """Comments without reply of each report's newest decided review, where that sent the report back."""
    ids, known_at = asked.project_ids, asked.known_at
    decided = Review.objects.filter(submission__report__project__in=ids, decided_at__isnull=False)
    received = Submission.objects.filter(report__project__in=ids)
    rows = ReviewComment.objects.filter(
        review__submission__report__project__in=ids, review__submission__test_round=None, withdrawn_at=None
    )
    if known_at is None:
        rows = rows.filter(reply="")
    else:
        decided, received = decided.filter(decided_at__lte=known_at), received.filter(received_at__lte=known_at)
        rows = rows.filter(Q(reply="") | Q(replied_at__gt=known_at), at__lte=known_at)
    remarks = list(rows.order_by("pk"))
    if not remarks:
        return {}
    newest = {r.submission.report_id: r for r in _by_revision(decided) if _day(_sure(r.decided_at)) <= asked.as_of}
    returned = {r.pk: r for r in newest.values() if r.report_outcome == Review.Report.RETURNED}
    again = {
        (report, revision): _day(at)
        for report, revision, at in received.values_list("report", "revision", "received_at")
    }
    found: dict[int, list[CommentFact]] = defaultdict(list)
    for comment in remarks:
        if comment.review_id not in returned:
            continue
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
