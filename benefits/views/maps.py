"""The benefit map: the page, the first map made of what exists, and the map as a table to take away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import map_drawing
from benefits.actions.targets import NotFollowed
from benefits.map_page import map_page
from benefits.navigation import project_crumbs, project_tabs
from benefits.queries.benefit_map import benefit_map
from benefits.queries.learning import learning_points
from benefits.sheets import map_sheet
from projects.access import is_inside, may, project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.htmx import by_button, redirect_after_post
from saman.sheets import download


@require_safe
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    """The map, with the whole chain through the box asked for (`?boks=`)."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    read = benefit_map(project, today, is_inside=is_inside(roles))
    asked = request.GET.get("boks", "")
    may_write = project.followed_since is not None and may(roles, Access.WRITE)
    context = {
        "project": project,
        "may_write": may_write,
        "page": map_page(project, read, int(asked) if asked.isdecimal() and len(asked) < 12 else None),
        "learning": learning_points(project, "no_culture") if is_inside(roles) and read.boxes else [],
        "lacking": map_drawing.lacking(project) if may_write else 0,
        **frame(request, project),
    }
    return render(request, "maps/map.html", context)


@by_button("benefit_map", "slug")
def draw(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put what the project has on the map."""
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    try:
        count = map_drawing.draw(by=actor_from(request), project=project)
    except NotFollowed:
        count = 0
    if count:
        text = ngettext("Kartet har fått %(count)s boks.", "Kartet har fått %(count)s bokser.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Det var ikke noe nytt å hente."))
    return redirect_after_post(request, reverse("benefit_map", args=[project.slug]))


@require_safe
def table(request: SignedInRequest, slug: str, form: str) -> HttpResponseBase:
    """Every box and what it contributes to, to take away, as this reader may see it."""
    project, roles = project_for(request.user, slug, Access.READ, clock.today())
    read = benefit_map(project, clock.today(), is_inside=is_inside(roles))
    return download(map_sheet(project, read), form, clock.now())


def frame(request: SignedInRequest, project: Project, here: str = "") -> dict[str, Any]:
    """Where one is: the way down, and the project's tabs."""
    below = [(_("Gevinstkart"), reverse("benefit_map", args=[project.slug]))]
    if here:
        below.append((here, request.path))
    return {"crumbs": project_crumbs(project, *below), "tabs": project_tabs(project, "map")}
