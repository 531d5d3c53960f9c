"""A form that could not be taken because its sender is signed out, or has signed in again: what was typed is kept.

The fields come back in the answer, to the browser that sent them and nowhere else, ready to be sent once more.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure as refuse
from django.views.decorators.http import require_http_methods

TOKEN = "csrfmiddlewaretoken"


def can_be_kept(request: HttpRequest) -> bool:
    """Whether it is a form of our own, sent as a whole page; a chosen file cannot be handed back."""
    own = f"{request.scheme}://{request.get_host()}"
    is_part = getattr(request, "htmx", False)
    return request.method == "POST" and request.headers.get("Origin") == own and not is_part and not request.FILES


def keep(request: HttpRequest, status: int) -> HttpResponse:
    """The page that says so, with the fields and a button that sends them to where they were going."""
    fields = [(name, value) for name, values in request.POST.lists() if name != TOKEN for value in values]
    context = {"fields": fields, "place": request.get_full_path()}
    response = render(request, "accounts/kept.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"  # nobody is signed in, so the middleware does not say it
    return response


@require_http_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A token from before one signed in is the usual reason; from another site nothing is kept, and nothing shown."""
    return keep(request, 403) if can_be_kept(request) else refuse(request, reason)
