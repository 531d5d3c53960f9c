"""Pages people work from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.access import own_projects, project_for
from projects.roles import Access
from saman import clock


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits on this person."""
    return render(request, "work/my_work.html", {"projects": own_projects(request.user, clock.today())})


@require_safe
def project_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """One project: result and risk apart."""
    project, _ = project_for(request.user, slug, Access.READ, clock.today())
    return render(request, "work/project.html", {"project": project})
