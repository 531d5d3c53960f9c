"""The history of a benefit and of an initiative: who changed what, when and why, old and new text beside each other."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from benefits.plan_history import Entry, history_of_benefit, history_of_initiative
from benefits.views.plans import frame
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from saman import clock


@require_safe
def benefit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Every version of a benefit, newest first."""
    project, _roles = project_for(request.user, slug, Access.READ, clock.today())
    one = get_object_or_404(project.benefits, pk=pk)
    return _page(request, project, str(one), history_of_benefit(one))


@require_safe
def initiative(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Every version of an initiative, newest first."""
    project, _roles = project_for(request.user, slug, Access.READ, clock.today())
    one = get_object_or_404(project.initiatives, pk=pk)
    above = ((_("Tiltak"), reverse("initiatives", args=[slug])),)
    return _page(request, project, str(one), history_of_initiative(one), above)


def _page(
    request: SignedInRequest,
    project: Project,
    code: str,
    entries: list[Entry],
    below: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    heading = _("Historikk for %(code)s") % {"code": code}
    context = {
        "project": project,
        "heading": heading,
        "title": entries[0].version.title,
        "entries": entries,
        **frame(request, project, heading, below=below),
    }
    return render(request, "plans/history.html", context)
