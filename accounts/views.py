"""Language, and (in a demonstration) choosing whom to be."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.actions import choose_language
from accounts.actor import actor_from
from accounts.middleware import KNOWN


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie, and on the person when signed in; go back to where one was."""
    language, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if language not in KNOWN:
        return HttpResponseBadRequest()
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    response.status_code = 303
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    if request.user.is_authenticated:
        choose_language(by=actor_from(request), language=language)
    return response
