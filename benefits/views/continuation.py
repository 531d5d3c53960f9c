"""Deciding whether a project's benefits go on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import continuation as actions
from benefits.actions.continuation import StaleDecision
from benefits.forms.continuation import DecisionForm, initial
from benefits.models import ContinuationDecision
from benefits.open_points import live_roles
from benefits.queries.continuation import decision_of
from benefits.views.handovers import frame
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from projects.views.pages import sent
from saman import clock
from saman.htmx import redirect_after_post


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, slug: str) -> HttpResponse:
    """The owner records a decision about going on, or corrects the one in force."""
    today = clock.today()
    project, _roles = project_for(request.user, slug, Access.SIGN, today)
    decision = decision_of(project)
    live = decision.live if decision else None
    form = _form(request, project, live)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            replaces, decided = form.cleaned_data["replaces"], form.decided()
            try:
                made = form.attempt(
                    lambda: actions.decide(by=actor_from(request), project=project, replaces=replaces, decided=decided)
                )
            except StaleDecision as refusal:
                form.compare_with(refusal.current)
                made, status = None, 409
            if made:
                messages.success(request, _("Beslutningen er registrert."))
                return redirect_after_post(request, reverse("continuation", args=[slug]))
    heading = _("Beslutning om videreføring")
    context = {"project": project, "form": form, "heading": heading, "is_new": live is None}
    around = frame(project, (heading, request.path))
    return render(request, "benefits/continuation_form.html", context | around, status=status)


def _form(request: SignedInRequest, project: Project, live: ContinuationDecision | None) -> DecisionForm:
    people = {row.person_id: row.person for row in live_roles(project, clock.today())}
    if live is not None and live.owner is not None:
        people.setdefault(live.owner.pk, live.owner)
    return DecisionForm(sent(request), people=people.values(), initial=initial(live, clock.today()))
