"""A submitted report to take along: made when asked for, of what is stored. The receipt needs none of it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from projects.roles import Access
from reporting.annual.access import is_inside, submission_for
from reporting.annual.documents.package import package
from reporting.annual.documents.pdf import pdf
from saman import clock


@require_safe
def report_pdf(request: SignedInRequest, slug: str, receipt: str) -> HttpResponse:
    """The report as it was submitted, as tagged PDF."""
    _place, submission = submission_for(request.user, slug, receipt, Access.READ, clock.today())
    return _download(pdf(submission, is_demo=settings.DEMO), "application/pdf", f"{submission.number}.pdf")


@require_safe
def report_package(request: SignedInRequest, slug: str, receipt: str) -> HttpResponse:
    """The submission as a package for an archive: JSON, PDF, metadata and checksums. For the project's own people.

    The stored bytes say what the project's warnings rest on, which an adviser may not have been told.
    """
    place, submission = submission_for(request.user, slug, receipt, Access.READ, clock.today())
    if not is_inside(place.roles):
        raise PermissionDenied
    return _download(package(submission, is_demo=settings.DEMO), "application/zip", f"{submission.number}.zip")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
