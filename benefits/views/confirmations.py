"""The adviser's yes to an indicator that stands in for what a target is about."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import confirmations
from benefits.actions.confirmations import NothingToConfirm
from benefits.queries.target_page import target_of
from projects.access import project_for
from projects.roles import Access
from saman import clock
from saman.htmx import by_button, redirect_after_post


@by_button("target", "slug", "number")
def confirm(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Confirm that the indicator will do."""
    project, _roles = project_for(request.user, slug, Access.REVIEW, clock.today())
    try:
        confirmations.confirm(by=actor_from(request), target=target_of(project, number))
    except NothingToConfirm:
        messages.warning(request, _("Målet er endret i mellomtiden. Det er ikke lenger noe å bekrefte."))
    else:
        messages.success(request, _("Du har bekreftet at indikatoren kan stå for det målet gjelder."))
    return redirect_after_post(request, reverse("target", args=[slug, number]))
