"""The page where a person chooses which notices to get, and finds again those that were sent."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from reporting.notices.choices import choose, muted_kinds, told
from reporting.notices.kinds import Kind


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    """«Varsler på e-post»."""
    if request.method == "POST":
        choose(by=actor_from(request), wanted=request.POST.getlist("kind"))
        messages.success(request, _("Valget er lagret."))
        return HttpResponseRedirect(request.path, status=303)
    muted = muted_kinds(request.user)
    kinds = [(kind, kind not in muted) for kind in Kind]
    return render(request, "notices/notices.html", {"kinds": kinds, "told": told(request.user)})
