"""What was received: the receipt, and the report as it was submitted."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from benefits.navigation import project_crumbs
from projects.roles import Access
from reporting.annual import content
from reporting.annual.access import Place, is_inside, submission_for
from reporting.annual.archiving import copies_of
from reporting.annual.models import Submission
from reporting.annual.reading import facts_in, sections_in
from reporting.annual.statements import statements_in
from saman import clock, formatting


@require_safe
def report_receipt(request: SignedInRequest, slug: str, receipt: str) -> HttpResponse:
    """When a report was received, by whom, and its checksum: the same each time it is asked for."""
    place, submission = submission_for(request.user, slug, receipt, Access.READ, clock.today())
    what = submission.contents["content"]
    late_signature = submission.late_signature
    counts = _counts(what)
    context = {
        **_frame(request, place, submission),
        "counts": counts,
        "received": formatting.moment(submission.received_at, seconds=True, weekday=True),
        "checksum": _in_fours(submission.sha256),
        "content_checksum": _in_fours(submission.content_digest),
        "newer": submission.report.submissions.filter(revision__gt=submission.revision).last(),
        "late_signature": late_signature,
        "may_sign": place.may_sign and not submission.is_signed and late_signature is None,
        "seen": content.seal(what),
        "is_newest": submission.report.revision == submission.revision,
        "is_back": submission.report.is_back,
        "copies": copies_of(submission) if is_inside(place.roles) and submission.test_round_id is None else [],
    }
    return render(request, "annual/receipt.html", context)


@require_safe
def report_submitted(request: SignedInRequest, slug: str, receipt: str) -> HttpResponse:
    """The report as it was submitted."""
    place, submission = submission_for(request.user, slug, receipt, Access.READ, clock.today())
    what = submission.contents["content"]
    context = {
        **_frame(request, place, submission, _("Rapporten")),
        "sections": sections_in(what),
        "facts": facts_in(what["targets"]),
        "statements": statements_in(what),
        "is_frozen": True,
    }
    return render(request, "annual/submitted.html", context)


def _frame(request: SignedInRequest, place: Place, submission: Submission, here: str = "") -> dict[str, Any]:
    below = [
        (_("Rapporter"), reverse("report_list", args=[place.project.slug])),
        (str(place.round), reverse("report_receipt", args=[place.project.slug, submission.number])),
    ]
    if here:
        below.append((here, request.path))
    return {
        "place": place,
        "project": place.project,
        "round": place.round,
        "report": place.report,
        "submission": submission,
        "name": str(place.round),
        "is_inside": is_inside(place.roles),
        "crumbs": project_crumbs(place.project, *below),
    }


def _in_fours(checksum: str) -> str:
    """A checksum as one can read it aloud."""
    return " ".join(checksum[i : i + 4] for i in range(0, len(checksum), 4))


def _counts(what: dict[str, Any]) -> str:
    """6 deler, 19 svar og 3 effektmål med 16 målinger."""
    given = [q["answer"] for section in what["sections"] for q in section["questions"] if q["answer"] is not None]
    measured = sum(len(row["measurements"]) for row in what["targets"])
    parts = (
        ngettext("%(n)s del", "%(n)s deler", len(what["sections"])) % {"n": len(what["sections"])},
        ngettext("%(n)s svar", "%(n)s svar", len(given)) % {"n": len(given)},
        ngettext("%(n)s effektmål", "%(n)s effektmål", len(what["targets"])) % {"n": len(what["targets"])},
    )
    measurements = ngettext("%(n)s måling", "%(n)s målinger", measured) % {"n": measured}
    return _("%(parts)s med %(measurements)s") % {"parts": formatting.joined(list(parts)), "measurements": measurements}
