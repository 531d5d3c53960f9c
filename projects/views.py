"""Set-up pages for administrators."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.models import Programme


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All programmes."""
    if not request.user.is_administrator:
        raise PermissionDenied
    return render(request, "setup/index.html", {"programmes": Programme.objects.all()})
