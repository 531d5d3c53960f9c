"""One view serves page and fragment: the whole page for a browser, the part that changed for htmx."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect


def wants_fragment(request: HttpRequest) -> bool:
    """Whether only a part is swapped in: not for boosted links, history, nor when htmx picks from a whole page."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not (htmx.boosted or htmx.history_restore_request or htmx.request_type == "full")


def render_page(
    request: HttpRequest,
    page: str,
    fragment: str,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the template `page`, or `fragment` where that is all htmx wants, with the same context."""
    template = fragment if wants_fragment(request) else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Request-Type"])
    return response


def redirect_after_post(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser on after a stored change, so that reloading repeats nothing; htmx is told in its own header."""
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url, status=303)


def by_button(
    page: str, *places: str, where: str = ""
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that only takes what its button sends: a link, a reload or Back leads to the page the button stands on.

    `page` is the name of that page's address, `places` those of the view's own arguments it takes, and `where` what
    comes after it, a query or an anchor, unless a link on the page shown there has a query. Who may see it is asked
    there.
    """

    def decorated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        takes = require_POST(view)

        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in ("GET", "HEAD"):
                query = request.META.get("QUERY_STRING")
                address = reverse(page, kwargs={name: kwargs[name] for name in places})
                return redirect(address + (f"?{query}" if query else where))
            return takes(request, *args, **kwargs)

        return shown

    return decorated
