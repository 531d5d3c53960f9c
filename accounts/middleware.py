"""Which language a page is in, when a session ends, and that every page but those opened by name needs sign-in."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import sessions
from accounts.views.kept import can_be_kept, keep
from saman import clock

KNOWN = {code for code, _name in settings.LANGUAGES}
GetResponse = Callable[[HttpRequest], HttpResponse]


def language_for(request: HttpRequest) -> str:
    """The person's own choice, else the cookie's, else bokmål: `nb`, `nn` or `en`."""
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in KNOWN else settings.LANGUAGE_CODE


def user_language(get_response: GetResponse) -> GetResponse:
    """Activate the language for the request and say so in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = language_for(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def session_limits(get_response: GetResponse) -> GetResponse:
    """Sign out a session that is over, and say why."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = clock.real_now()
        if sessions.is_over(request.session, now):
            logout(request)
            messages.info(request, _("Innloggingen din er utløpt. Logg inn igjen for å fortsette."))
        sessions.keep_alive(request.session, now)
        return get_response(request)

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Sends people to sign in; a part of a page is refused instead, so that what is typed stays where it is."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """401 to htmx; a form gets back what was typed; else a redirect to the sign-in page that leads back here."""
        if getattr(request, "htmx", False) and not request.htmx.boosted:  # type: ignore[attr-defined]
            return HttpResponse(status=401)
        if can_be_kept(request):
            return keep(request, 401)
        return super().handle_no_permission(request, view_func)
