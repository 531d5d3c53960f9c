"""The adviser's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.access import programme_for
from saman import clock


@require_safe
def dashboard(request: HttpRequest, programme: str) -> HttpResponse:
    """Where to help first."""
    return render(
        request, "portfolio/dashboard.html", {"programme": programme_for(request.user, programme, clock.today())}
    )
