"""How sign-in is done here: nobody can sign up; a person gets access by being given a role."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts import sessions
from accounts.actions import note_sign_in
from accounts.actor import actor_from
from accounts.models import User
from journal.queries import last_time
from saman import clock


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up; the code is the only secret; mails in the person's own language."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Kontoen er stengt."),
        "incorrect_code": _("Det er ikke riktig kode. Se etter i e-posten."),
        "too_many_login_attempts": _("Koden ble skrevet feil for mange ganger. Be om en ny."),
        "rate_limited": _("Det gikk litt fort. Vent et minutt, og prøv igjen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by an administrator."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether sign-in may end at this address: only on this very host."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, {host}, require_https=self.request.is_secure())

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """Write the mail in the language of the person who gets it; of the page, when the address is unknown."""
        own = User.objects.filter(email__iexact=email).values_list("language", flat=True).first()
        with translation.override(own or translation.get_language()):
            mail: EmailMessage = super().render_mail(template_prefix, email, context, headers=headers)
        return mail

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session, with the time it began, and note it in the journal."""
        super().login(request, user)
        before = last_time(f"user:{user.pk}", "signed_in", clock.now() - sessions.SAME_VISIT)
        sessions.begin(request.session, clock.real_now(), before)
        note_sign_in(by=actor_from(request))


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An identity provider says who someone is; it neither makes accounts nor is tied to one."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse everything but signing in, such as tying an identity to the account one is signed in with."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False
