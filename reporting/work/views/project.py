"""One project: result and risk apart."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from benefits.navigation import project_crumbs, project_tabs
from projects.access import project_for
from projects.roles import Access
from reporting.work.queries.history import history_of
from reporting.work.queries.project import place_line, project_page, status_word
from saman import clock


@require_safe
def project_overview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Where a project stands and why, who works on it, and what comes next."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    page = project_page(project, roles, today)
    counted = [row for row in page.targets if row.version.withdrawn_on is None]
    context = {
        "page": page,
        "project": project,
        "today": today,
        "place": place_line(page),
        "state_word": status_word(page),
        "crumbs": project_crumbs(project),
        "tabs": project_tabs(project, "overview", len(counted)),
    }
    return render(request, "work/project.html", context)


@require_safe
def project_history(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the status was on a date, and why."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    here = (_("Slik var statusen"), reverse("project_history", args=[slug]))
    context = {
        "project": project,
        "rows": history_of(project, roles, today),
        "crumbs": project_crumbs(project, here),
    }
    return render(request, "work/project_history.html", context)
