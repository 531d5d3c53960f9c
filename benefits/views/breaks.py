"""Registering a break in a target's series, and taking it back, from the target's page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import breaks
from benefits.actions.breaks import BreakInFuture, BreakTaken, BreakWithdrawn
from benefits.actions.targets import NotFollowed
from benefits.forms.breaks import BreakForm
from benefits.models import SeriesBreak
from benefits.queries.target_page import TargetPage, target_page
from benefits.views.target_page import Shown, render_target, target_url
from projects.access import project_for
from projects.roles import Access
from saman import clock
from saman.htmx import by_button, redirect_after_post


@by_button("target", "slug", "number", where="#brudd")
def new(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """From a day on the figures are of something else: the series starts anew there."""
    page = _page(request, slug, number)
    form = BreakForm(request.POST, baseline_on=page.version.baseline_on, today=page.today)
    if not form.is_valid():
        return render_target(request, page, Shown(break_form=form), status=422)
    try:
        breaks.register(by=actor_from(request), target=page.target, **form.cleaned_data)
    except BreakTaken:
        form.add_error("on", _("Det er alt registrert et brudd denne dagen."))
    except BreakInFuture:
        form.add_error("on", _("Datoen er ikke kommet ennå."))
    except NotFollowed:
        form.add_error(None, _("Prosjektet er ikke tatt i bruk ennå."))
    if form.errors:
        return render_target(request, page, Shown(break_form=form), status=422)
    messages.success(request, _("Bruddet er lagret. Målinger før og etter blir ikke sammenlignet."))
    return redirect_after_post(request, target_url(page, "brudd"))


@by_button("target", "slug", "number", where="#brudd")
def withdraw(request: SignedInRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Take a break back: the series is whole again."""
    page = _page(request, slug, number)
    row = SeriesBreak.objects.select_related("target").filter(target=page.target, pk=pk).first()
    if row is None:
        raise Http404
    try:
        breaks.withdraw(by=actor_from(request), series_break=row)
    except BreakWithdrawn:
        messages.warning(request, _("Noen andre har alt tatt bort bruddet."))
    else:
        messages.success(request, _("Bruddet er tatt bort. Målingene blir sammenlignet igjen."))
    return redirect_after_post(request, target_url(page, "brudd"))


def _page(request: SignedInRequest, slug: str, number: int) -> TargetPage:
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.WRITE, today)
    return target_page(project, number, roles, today)
