"""The case as a page to read first, and as documents to take along."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from benefits.navigation import project_crumbs
from projects.access import project_for
from projects.models import LANGUAGES, Project
from projects.roles import Access
from reporting.case import documents
from reporting.case.content import Case, case_of
from saman import clock
from saman.papers.docx import MEDIA_TYPE


@require_safe
def case_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The case as it will read, with the documents and the other written language."""
    project, case = _case(request, slug, pk)
    warning = (case.title, reverse("warning", args=[slug, pk]))
    with translation.override(case.language):
        words = {"headings": documents.headings(), "columns": documents.columns(), "meta": documents.meta(case)}
    context = {
        "case": case,
        "project": project,
        "languages": LANGUAGES,
        "crumbs": project_crumbs(project, warning, (_("Sak til ledermøtet"), request.path)),
        **words,
    }
    return render(request, "case/case.html", context)


@require_safe
def case_docx(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The case as a document to go on writing in."""
    _project, case = _case(request, slug, pk)
    return _download(documents.docx(case), MEDIA_TYPE, f"{case.file_name}.docx")


@require_safe
def case_pdf(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The case as tagged PDF."""
    _project, case = _case(request, slug, pk)
    return _download(documents.pdf(case), "application/pdf", f"{case.file_name}.pdf")


def _case(request: SignedInRequest, slug: str, pk: int) -> tuple[Project, Case]:
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    asked = request.GET.get("sprak") or project.language
    language = asked if asked in dict(LANGUAGES) else "nb"
    case = case_of(project, pk, roles, today, language=language, is_demo=settings.DEMO)
    if case is None:
        raise Http404
    return project, case


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
