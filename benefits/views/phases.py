"""Going from one phase to the next: asked for by the leader, decided by the owner."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import phases as actions
from benefits.actions.phases import NotYours, StalePhase
from benefits.forms.phases import AskForm, ShiftForm, SteppedForm
from benefits.navigation import project_crumbs, project_tabs
from benefits.queries.phase_counts import shift_facts
from benefits.queries.phases import PhaseCard, phase_card
from projects.access import project_for
from projects.models import Project
from projects.roles import Access, Role
from saman import clock
from saman.htmx import redirect_after_post


@require_http_methods(["GET", "HEAD", "POST"])
def phase_ask(request: SignedInRequest, slug: str) -> HttpResponse:
    """Send the shift to the next phase to the owner."""
    project, roles, card = _card(request, slug, Access.WRITE)
    if not card.may_ask:
        return _page(request, project, card, None, _("Faseskifte"))
    form = AskForm(request.POST if request.method == "POST" else None, phase=card.state.phase, initial=_opened(card))

    def act() -> None:
        actions.ask(by=actor_from(request), project=project, **form.cleaned_data)

    return _take(
        request, project, roles, form, act, (_("Be om faseskifte"), _("Faseskiftet er sendt til prosjekteier."))
    )


@require_http_methods(["GET", "HEAD", "POST"])
def phase_decide(request: SignedInRequest, slug: str) -> HttpResponse:
    """The owner lets the project go on, or declines."""
    project, roles, card = _card(request, slug, Access.SIGN)
    if not card.may_decide:
        return _page(request, project, card, None, _("Faseskifte"))
    form = ShiftForm(request.POST if request.method == "POST" else None, initial=_opened(card))

    def act() -> None:
        data = form.cleaned_data
        decide = actions.sign if data["decision"] == ShiftForm.APPROVE else actions.decline
        decide(by=actor_from(request), project=project, last=data["last"], note=data["note"])

    return _take(request, project, roles, form, act, (_("Godkjenn faseskifte"), _("Beslutningen er lagret.")))


def _opened(card: PhaseCard) -> dict[str, Any]:
    return {"last": card.steps[0].pk if card.steps else None}


def _card(request: SignedInRequest, slug: str, access: Access) -> tuple[Project, frozenset[Role], PhaseCard]:
    today = clock.today()
    project, roles = project_for(request.user, slug, access, today)
    return project, roles, phase_card(project, roles, list(project.milestones.all()), today)


def _take(
    request: SignedInRequest,
    project: Project,
    roles: frozenset[Role],
    form: SteppedForm,
    act: Callable[[], None],
    words: tuple[str, str],
) -> HttpResponse:
    """Show the form, or take the step; somebody else's step meanwhile is shown with what was typed."""
    heading, done = words
    card = phase_card(project, roles, list(project.milestones.all()), clock.today())
    if request.method != "POST":
        return _page(request, project, card, form, heading)
    if not form.is_valid():
        return _page(request, project, card, form, heading, 422)
    try:
        act()
    except (StalePhase, NotYours):
        return _page(request, project, card, form, heading, 409)
    messages.success(request, done)
    return redirect_after_post(request, reverse("milestones", args=[project.slug]))


def _page(
    request: SignedInRequest,
    project: Project,
    card: PhaseCard,
    form: SteppedForm | None,
    heading: str,
    status: int = 200,
) -> HttpResponse:
    """The shift as it stands, and the form unless there is nothing to do."""
    crumbs = project_crumbs(
        project, (_("Milepæler"), reverse("milestones", args=[project.slug])), (heading, request.path)
    )
    context = {"project": project, "card": card, "form": form, "heading": heading, "today": clock.today()}
    if card.state.waits_since:
        context["facts"] = shift_facts(project, card.state, card.items, card.milestones, clock.today())
    context |= {"crumbs": crumbs, "tabs": project_tabs(project, "milestones"), "is_stale": status == 409}
    return render(request, "benefits/phase_form.html", context, status=status)
