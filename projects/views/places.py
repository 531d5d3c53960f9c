"""Where projects can be: the product's own list of municipalities, and what is added to it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actor import SignedInRequest, actor_from
from municipalities import units
from municipalities.actions import add_municipality, load_counties, load_municipalities
from projects.forms.places import PlaceForm
from projects.views.pages import administrator_only, crumbs, form_page, sent
from saman.htmx import redirect_after_post


@require_POST
@administrator_only
def load_places(request: SignedInRequest) -> HttpResponse:
    """Bring in the counties and municipalities of the product's own list."""
    by = actor_from(request)
    with transaction.atomic():
        load_counties(by=by, units=units.counties())
        load_municipalities(by=by, units=units.municipalities())
    messages.success(request, _("Kommunene er hentet inn."))
    return redirect_after_post(request, reverse("setup"))


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_only
def place_new(request: SignedInRequest) -> HttpResponse:
    """Add a municipality the list lacks."""
    form = PlaceForm(sent(request))
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("name", "number", "valid_from")}
        made = form.attempt(lambda: add_municipality(by=actor_from(request), **facts))
        if made:
            messages.success(request, _("%(name)s er lagt til, og kan velges i prosjekter.") % {"name": made.name})
            return redirect_after_post(request, reverse("setup"))
    return form_page(request, form, heading=_("Legg til en kommune"), action=_("Legg til"), way=crumbs())
