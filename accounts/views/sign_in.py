"""Sign-in by one-time code, by the organisation's identity provider, and (in a demonstration) by choosing whom to be.

The steps are allauth's; here are its pages, its answers to bad input, and what may go wrong on the way.
"""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.account.utils import get_login_redirect_url
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from requests import RequestException

from accounts import demo
from accounts.forms import TOO_MANY

log = logging.getLogger(__name__)

MAIL_FAILURES = (SMTPException, OSError)
RETRY_SECONDS = 60


@method_decorator(login_not_required, name="dispatch")
class SignIn(allauth.RequestLoginCodeView):  # type: ignore[misc]
    """The sign-in page: asks for the address a code is sent to, and shows the other ways in."""

    http_method_names = ["get", "head", "post"]

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        """Show the page also to someone who has been sent a code: the address may have been wrong."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Send the code. The answer is the same whether the address is known or not."""
        try:
            response: HttpResponse = super().form_valid(form)
        except MAIL_FAILURES:
            log.exception("a sign-in code could not be sent")
            form.add_error(None, _("Vi fikk ikke sendt koden akkurat nå. Prøv igjen om litt."))
            response = self.render_to_response(self.get_context_data(form=form), status=503)
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        """Show the form with its errors; 429 to someone who asks too often."""
        too_many = form.has_error("email", TOO_MANY)
        status, headers = (429, {"Retry-After": str(RETRY_SECONDS)}) if too_many else (422, {})
        response: HttpResponse = self.render_to_response(
            self.get_context_data(form=form), status=status, headers=headers
        )
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the ways in beside the code."""
        context = super().get_context_data(**kwargs)
        providers = get_social_adapter().list_providers(self.request)
        return {
            **context,
            "providers": [(p.name, p.get_login_url(self.request)) for p in providers],
            "personas": demo.personas(),
            "next": self.get_next_url() or "",
        }


@method_decorator(login_not_required, name="dispatch")
class ConfirmCode(allauth.ConfirmLoginCodeView):  # type: ignore[misc]
    """The page where the code is typed."""

    http_method_names = ["get", "head", "post"]

    _process = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say so when the code is too old, instead of only going back."""
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and self._process is None and not request.user.is_authenticated:
            messages.warning(request, _("Koden er for gammel. Be om en ny."))
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        """Show the form with its error, or go back to start after too many."""
        response: HttpResponse = super().form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        return response

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        try:
            response: HttpResponse = super()._resend_form_valid(form)
        except MAIL_FAILURES:
            log.exception("a sign-in code could not be sent again")
            messages.error(self.request, _("Vi fikk ikke sendt koden akkurat nå. Prøv igjen om litt."))
            return HttpResponseRedirect(self.request.get_full_path(), status=303)
        messages.success(self.request, _("Hvis adressen har en konto, er en ny kode på vei."))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Pass on where one was going."""
        return {**super().get_context_data(**kwargs), "next": self.get_next_url() or ""}


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's people; 404 anywhere but in a demonstration."""
    if not demo.is_open():
        raise Http404
    choice = request.POST.get("person", "")[:18]
    person = get_object_or_404(demo.people(), pk=choice if choice.isascii() and choice.isdecimal() else 0)
    get_adapter().login(request, person)
    return HttpResponseRedirect(get_login_redirect_url(request), status=303)


@login_not_required
def provider_sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Send the person to the identity provider; say so when it does not answer."""
    try:
        response: HttpResponseBase = openid_connect.login(request, provider_id=provider_id)
    except RequestException:
        log.exception("the identity provider did not answer")
        return render(request, "socialaccount/authentication_error.html", status=503)
    return response


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """What the sign-in library has and Saman does not: signing up, connecting accounts."""
    raise Http404
