"""Beginning the report: the project's rounds, and the way to where it is unfinished."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.navigation import project_crumbs, project_tabs
from projects.access import may, project_for
from projects.models import RoleAssignment
from projects.roles import Access, Role
from reporting.annual import content
from reporting.annual.access import Place, is_inside, place_for
from reporting.annual.actions import drafts, reports
from reporting.annual.report_page import first_unfinished, steps_of
from reporting.annual.reports_shown import report_rows
from reporting.annual.returned import awaiting_reply
from saman import clock
from saman.htmx import redirect_after_post


@require_safe
def report_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every round the project reports in, with where its report stands."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    context = {
        "project": project,
        "today": today,
        "rows": report_rows(project, roles, today),
        "crumbs": project_crumbs(project, (_("Rapporter"), request.path)),
        "tabs": project_tabs(project, "reports"),
        "is_inside": is_inside(roles),
        "may_write": may(roles, Access.WRITE),
    }
    return render(request, "annual/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_round(request: SignedInRequest, slug: str, round: str) -> HttpResponse:
    """Begin the report, or go on with it where it is unfinished."""
    access = Access.WRITE if request.method == "POST" else Access.READ
    place = place_for(request.user, slug, round, access, clock.today())
    if request.method == "POST":
        return _start(request, place)
    if not place.is_begun or place.report is None:
        return render(request, "annual/start.html", frame(request, place))
    if not (place.may_write and place.report.is_writable):
        return redirect("report_preview", slug, round)
    rows = {row.key: row for row in place.report.sections.all()}
    unfinished = first_unfinished(steps_of(content.draft(place.report), rows))
    section = unfinished.key if unfinished else awaiting_reply(place.report)
    if section is None:
        return redirect("report_preview", slug, round)
    return redirect("report_section", slug, round, section)


def frame(request: SignedInRequest, place: Place, here: str = "") -> dict[str, Any]:
    """Where one is: the project, the round, and the way down to it."""
    name = str(place.round)
    below = [
        (_("Rapporter"), reverse("report_list", args=[place.project.slug])),
        (name, reverse("report_round", args=[place.project.slug, place.key])),
    ]
    if here:
        below.append((here, request.path))
    due_on = place.report.due_on if place.report else place.round.due_on
    owner = RoleAssignment.objects.active_on(place.today).filter(project=place.project, role=Role.OWNER)
    return {
        "place": place,
        "project": place.project,
        "round": place.round,
        "report": place.report,
        "is_open": bool(place.report and place.report.is_back) or place.round.is_open(place.today),
        "today": place.today,
        "name": name,
        "crumbs": project_crumbs(place.project, *below),
        "late_after": due_on,
        "days_left": (due_on - place.today).days if due_on > place.today else None,
        "owner": next((row.person for row in owner.select_related("person").order_by("pk")[:1]), None),
    }


def _start(request: SignedInRequest, place: Place) -> HttpResponse:
    by = actor_from(request)
    try:
        reports.start(by=by, project=place.project, round_=place.round, short=request.POST.get("form") == "short")
    except (
        reports.RoundNotOpen,
        reports.NotFollowed,
        reports.NotAsked,
        reports.ShortFormNotOffered,
        drafts.NotWritable,
    ):
        context = {**frame(request, place), "is_refused": True}
        return render(request, "annual/start.html", context, status=409)
    return redirect_after_post(request, reverse("report_round", args=[place.project.slug, place.key]))
