"""One project: result and risk apart."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from projects.access import project_for
from projects.roles import Access
from saman import clock


@require_safe
def project_overview(request: SignedInRequest, slug: str) -> HttpResponse:
    """One project: result and risk apart."""
    project, _ = project_for(request.user, slug, Access.READ, clock.today())
    return render(request, "work/project.html", {"project": project})
