"""Where a project's archive addresses are set: by its leader, and by an administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from benefits.navigation import project_crumbs
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from projects.views.pages import Crumb, administrator_only, crumbs, form_page, sent
from reporting.annual.archiving import AddressForm, address_values
from saman import clock
from saman.htmx import redirect_after_post

read_and_write = require_http_methods(["GET", "HEAD", "POST"])


@read_and_write
def report_archive(request: SignedInRequest, slug: str) -> HttpResponse:
    """The leader's way in."""
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    way = project_crumbs(project, (_("Rapporter"), reverse("report_list", args=[slug])))
    return _page(request, project, [(str(name), address) for name, address in way])


@read_and_write
@administrator_only
def setup_archive(request: SignedInRequest, slug: str) -> HttpResponse:
    """The administrator's way in."""
    project = get_object_or_404(Project.objects.select_related("cohort__programme"), slug=slug)
    return _page(request, project, crumbs(project))


def _page(request: SignedInRequest, project: Project, way: list[Crumb]) -> HttpResponse:
    places = list(project.municipalities.order_by("participations__order"))
    form = AddressForm(sent(request), initial=address_values(project), places=places)
    if request.method == "POST" and form.is_valid():
        if form.store(by=actor_from(request), project=project):
            messages.success(request, _("Adressene er lagret."))
            return redirect_after_post(request, way[-1][1])
        form.compare(address_values(project))
    lead = _("Når en rapport er sendt inn, går en kopi med PDF, JSON og sjekksummer til adressene her, én gang.")
    return form_page(request, form, heading=_("Kopi til arkivet"), action=_("Lagre"), way=way, lead=lead)
