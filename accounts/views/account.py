"""The person's own account: language, and signing out everywhere."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from accounts import actions
from accounts.actor import actor_from
from accounts.middleware import KNOWN


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is signed in as, the language, and signing out everywhere."""
    return render(request, "accounts/account.html")


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session the person has, this one too."""
    actions.sign_out_everywhere(by=actor_from(request))
    logout(request)
    messages.success(request, _("Du er logget ut på alle enheter."))
    return HttpResponseRedirect(reverse("account_login"), status=303)


@login_not_required
@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie, and on the person when signed in; go back to where one was.

    Only who is signed in has something to lose by a form from elsewhere, so that public pages carry no token.
    """
    return _set_own_language(request) if request.user.is_authenticated else _set_language(request)


def _set_language(request: HttpRequest) -> HttpResponse:
    language, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if language not in KNOWN:
        return HttpResponseBadRequest()
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back, status=303)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    if request.user.is_authenticated:
        actions.choose_language(by=actor_from(request), language=language)
    return response


_set_own_language = csrf_protect(_set_language)
