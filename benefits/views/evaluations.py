"""Planning evaluation points of a target, recording what was decided there, and taking days out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import evaluations
from benefits.actions.evaluations import DayTaken, NotYet, Overtaken
from benefits.actions.targets import NotFollowed
from benefits.forms.evaluations import DecisionForm, EvaluationForm
from benefits.models import EvaluationPoint
from benefits.queries.target_page import TargetPage, target_page
from benefits.views.target_page import Shown, render_target, target_url
from projects.access import project_for
from projects.roles import Access
from saman import clock
from saman.htmx import by_button, redirect_after_post


@by_button("target", "slug", "number", where="#evaluering")
def new(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Plan a day on which the target is evaluated."""
    page = _page(request, slug, number, Access.WRITE)
    form = EvaluationForm(request.POST, today=page.today)
    if not form.is_valid():
        return render_target(request, page, Shown(evaluation_form=form), status=422)
    try:
        evaluations.plan(by=actor_from(request), target=page.target, on=form.cleaned_data["on"])
    except DayTaken:
        form.add_error("on", _("Målet skal allerede evalueres denne dagen."))
    except NotFollowed:
        form.add_error(None, _("Prosjektet er ikke tatt i bruk ennå."))
    if form.errors:
        return render_target(request, page, Shown(evaluation_form=form), status=422)
    messages.success(request, _("Evalueringspunktet er lagt til."))
    return redirect_after_post(request, target_url(page, "evaluering"))


@by_button("target", "slug", "number", where="#evaluering")
def decide(request: SignedInRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Record whether to go on, adjust or stop."""
    page = _page(request, slug, number, Access.ANSWER)
    point = _point(page, pk)
    form = DecisionForm(request.POST, auto_id=f"beslutning_{pk}_%s")
    if not form.is_valid():
        return render_target(request, page, Shown(deciding=pk, decision_form=form), status=422)
    try:
        evaluations.decide(by=actor_from(request), point=point, **form.cleaned_data)
    except Overtaken:
        messages.warning(request, _("Noen andre har alt bestemt her, eller tatt bort datoen. Se hva som står nå."))
    except NotYet:
        messages.warning(request, _("Datoen er ikke kommet ennå."))
    except NotFollowed:
        messages.warning(request, _("Prosjektet er ikke tatt i bruk ennå."))
    else:
        messages.success(request, _("Beslutningen er lagret."))
    return redirect_after_post(request, target_url(page, "evaluering"))


@by_button("target", "slug", "number", where="#evaluering")
def withdraw(request: SignedInRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Take out a day on which nothing is decided."""
    page = _page(request, slug, number, Access.WRITE)
    try:
        evaluations.withdraw(by=actor_from(request), point=_point(page, pk))
    except Overtaken:
        messages.warning(request, _("Noen andre har alt bestemt her, eller tatt bort datoen. Se hva som står nå."))
    else:
        messages.success(request, _("Evalueringspunktet er tatt bort."))
    return redirect_after_post(request, target_url(page, "evaluering"))


def _page(request: SignedInRequest, slug: str, number: int, access: Access) -> TargetPage:
    today = clock.today()
    project, roles = project_for(request.user, slug, access, today)
    return target_page(project, number, roles, today)


def _point(page: TargetPage, pk: int) -> EvaluationPoint:
    point = EvaluationPoint.objects.select_related("target").filter(target=page.target, pk=pk).first()
    if point is None:
        raise Http404
    return point
