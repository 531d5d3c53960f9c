"""What the engine needs to know from the reports: which are received, and which of them the owner has signed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Min
from django.utils import timezone

from benefits.engine.facts import ReportFact
from reporting.annual.models import OwnerSignature, Submission


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
    return {pk: {"reports": tuple(reports)} for pk, reports in facts.items()}


def _signed(signatures: Any) -> dict[tuple[int, str], date]:
    """The day each content was first signed, by report and digest."""
    rows = signatures.values("report", "digest").annotate(first=Min(F("signed_at")))
    return {(row["report"], row["digest"]): _day(row["first"]) for row in rows}


def _day(moment: datetime) -> date:
    return moment.astimezone(timezone.get_default_timezone()).date()
