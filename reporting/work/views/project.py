"""One project: result and risk apart."""

from datetime import date

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from accounts.sessions import here_before
from benefits.navigation import project_crumbs, project_tabs
from projects.access import may, project_for
from projects.models import Project
from projects.roles import Access
from reporting.grants.record import grant_facts
from reporting.grants.shown import card_of
from reporting.work.forms import DayForm
from reporting.work.queries.history import StatusThen, breaks_in, day_of, history_of, periods_of, reader_of
from reporting.work.queries.news import news_of_project
from reporting.work.queries.project import project_page, setting_line, status_word
from reporting.work.sheets import targets_sheet
from saman import clock
from saman.sheets import download


@require_safe
def project_overview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Where a project stands and why, who works on it, and what comes next."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today, "assessment")
    page = project_page(project, roles, today)
    before = here_before(request.session)
    counted = [row for row in page.targets if row.version.withdrawn_on is None]
    context = {
        "page": page,
        "project": project,
        "today": today,
        "before": before,
        "news": news_of_project(page, before, request.user.pk) if before else None,
        "setting": setting_line(page),
        "state_word": status_word(page),
        "crumbs": project_crumbs(project),
        "tabs": project_tabs(project, "overview", len(counted)),
    }
    if page.is_used and may(roles, Access.GRANT):
        context["grant"] = card_of(grant_facts(project.pk), today, project, request.user)
    return render(request, "work/project.html", context)


@require_safe
def targets_download(request: SignedInRequest, slug: str, form: str) -> HttpResponseBase:
    """The project's targets, to take away."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    return download(targets_sheet(project, project_page(project, roles, today).targets), form, clock.now())


@require_safe
def project_history(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the status was over time; and on a chosen day, with what would be said of it now."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    reader = reader_of(project, roles, today)
    rows = history_of(project, reader)
    form = DayForm(request.GET if "dato" in request.GET else None, earliest=_first(project, rows), today=today)
    is_asked = bool(rows) and form.is_bound and form.is_valid()
    context = {
        "project": project,
        "form": form,
        "asked": day_of(project, reader, rows, form.cleaned_data["dato"]) if is_asked else None,
        "periods": periods_of(rows),
        "breaks": breaks_in(reader, today),
        "rows": rows,
        "crumbs": project_crumbs(project, (_("Slik var statusen"), reverse("project_history", args=[slug]))),
    }
    return render(request, "work/project_history.html", context, status=422 if form.errors else 200)


def _first(project: Project, rows: list[StatusThen]) -> date | None:
    """The first day there is anything to say of."""
    return min((day for day in (project.followed_since, rows[-1].since if rows else None) if day), default=None)
