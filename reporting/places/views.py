"""The page of a municipality."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from reporting.places.queries import place_page
from reporting.places.sheets import place_sheet
from saman import clock
from saman.sheets import download


@require_safe
def municipality_download(request: SignedInRequest, place: str, form: str) -> HttpResponseBase:
    """The municipality's projects, to take away."""
    found = place_page(place, request.user, clock.today())
    if found is None:
        raise Http404
    return download(place_sheet(found), form, clock.now())


@require_safe
def municipality(request: SignedInRequest, place: str) -> HttpResponse:
    """The municipality's projects that the reader may open, and the time they have freed there."""
    found = place_page(place, request.user, clock.today())
    if found is None:
        raise Http404
    crumbs = [(_("Min side"), reverse("my_work")), (found.municipality.name, request.path)]
    return render(request, "places/municipality.html", {"place": found, "crumbs": crumbs})
