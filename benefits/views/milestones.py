"""Milestones: planned and reported by the leader, decided by the owner."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import Actor, SignedInRequest, actor_from
from benefits.actions import milestones as actions
from benefits.actions.milestones import StaleMilestone, WrongState
from benefits.forms.milestones import ChangeForm, DecisionForm, PlanForm, ReportForm, VersionedForm
from benefits.models import Milestone
from benefits.navigation import project_crumbs, project_tabs
from benefits.queries.learning import learning_points
from benefits.queries.milestones import milestones_of, row_of
from benefits.queries.phases import phase_card
from benefits.sheets import milestones_sheet
from projects.access import is_inside, may, project_for
from projects.models import Project
from projects.roles import Access, Role
from saman import clock, formatting
from saman.htmx import redirect_after_post
from saman.sheets import download
from saman.words import Text

PLAN_FIELDS = ("title", "due_on", "phase", "description")


@require_safe
def milestones(request: SignedInRequest, slug: str) -> HttpResponse:
    """All milestones of a project over time, and what waits on the one looking."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    context = {"project": project, "today": today, "may_write": may(roles, Access.WRITE), **_frame(request, project)}
    groups = milestones_of(project, roles, today)
    every = [row.milestone for rows in groups.values() for row in rows]
    context["phases"] = phase_card(project, roles, every, today)
    context["learning"] = learning_points(project, "no_step") if is_inside(roles) else []
    return render(request, "benefits/milestones.html", context | groups)


@require_safe
def milestones_download(request: SignedInRequest, slug: str, form: str) -> HttpResponseBase:
    """The same milestones, to take away."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    return download(milestones_sheet(project, milestones_of(project, roles, today)), form, clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Plan a milestone."""
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    form = PlanForm(request.POST or None, initial={"phase": Milestone.Phase.DELIVERY})
    if request.method == "POST" and form.is_valid():
        actions.create(by=actor_from(request), project=project, plan=form.plan())
        return _done(request, project, _("Milepælen er lagt til."))
    context = {"project": project, "form": form, **_frame(request, project, _("Ny milepæl"))}
    status = 422 if request.method == "POST" else 200
    return render(request, "benefits/milestone_form.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to a milestone: who may, from which states, with which form, and what it says when it is done."""

    name: str
    heading: Text
    button: Text
    access: Access
    allowed: frozenset[Milestone.State]
    form: type[VersionedForm]
    act: Callable[[Actor, Milestone, Any], None]
    done: Text


def _change(by: Actor, milestone: Milestone, form: ChangeForm) -> None:
    actions.change(by=by, milestone=milestone, version=form.cleaned_data["version"], plan=form.plan())


def _report(by: Actor, milestone: Milestone, form: forms.Form) -> None:
    data = form.cleaned_data
    actions.report(by=by, milestone=milestone, version=data["version"], note=data["note"])


def _decide(by: Actor, milestone: Milestone, form: forms.Form) -> None:
    data = form.cleaned_data
    act = actions.sign if data["decision"] == DecisionForm.APPROVE else actions.decline
    act(by=by, milestone=milestone, version=data["version"], note=data["note"])


def _withdraw(by: Actor, milestone: Milestone, form: forms.Form) -> None:
    actions.withdraw(by=by, milestone=milestone, version=form.cleaned_data["version"])


CHANGE = Step(
    name="change",
    heading=gettext_lazy("Endre milepæl"),
    button=gettext_lazy("Lagre"),
    access=Access.WRITE,
    allowed=Milestone.OPEN,
    form=ChangeForm,
    act=_change,
    done=gettext_lazy("Endringen er lagret."),
)
REPORT = Step(
    name="report",
    heading=gettext_lazy("Meld som nådd"),
    button=gettext_lazy("Meld som nådd"),
    access=Access.WRITE,
    allowed=Milestone.REPORTABLE,
    form=ReportForm,
    act=_report,
    done=gettext_lazy("Milepælen er meldt som nådd. Den venter på prosjekteier."),
)
DECIDE = Step(
    name="decide",
    heading=gettext_lazy("Godkjenn milepæl"),
    button=gettext_lazy("Lagre beslutningen"),
    access=Access.SIGN,
    allowed=Milestone.DECIDABLE,
    form=DecisionForm,
    act=_decide,
    done=gettext_lazy("Beslutningen er lagret."),
)
WITHDRAW = Step(
    name="withdraw",
    heading=gettext_lazy("Trekk milepælen"),
    button=gettext_lazy("Trekk milepælen"),
    access=Access.WRITE,
    allowed=Milestone.OPEN,
    form=VersionedForm,
    act=_withdraw,
    done=gettext_lazy("Milepælen er trukket."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change what a milestone says."""
    return _take(request, slug, pk, CHANGE)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_report(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Report a milestone as reached."""
    return _take(request, slug, pk, REPORT)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_decide(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The owner approves a reported milestone, or declines it."""
    return _take(request, slug, pk, DECIDE)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a milestone out of the plan, after a question."""
    return _take(request, slug, pk, WITHDRAW)


def _take(request: SignedInRequest, slug: str, pk: int, step: Step) -> HttpResponse:
    """Show a step's page, or take the step."""
    project, roles = project_for(request.user, slug, step.access, clock.today())
    milestone = get_object_or_404(project.milestones.select_related("reported_by", "decided_by"), pk=pk)
    form = step.form(
        request.POST or None, initial={name: getattr(milestone, name) for name in ("version", *PLAN_FIELDS)}
    )
    if request.method != "POST":
        return _page(request, project, roles, milestone, step, form)
    if not form.is_valid():
        return _page(request, project, roles, milestone, step, form, status=422)
    try:
        step.act(actor_from(request), milestone, form)
    except (StaleMilestone, WrongState):
        current = project.milestones.select_related("reported_by", "decided_by").get(pk=pk)
        newer = step.form({**request.POST.dict(), "version": str(current.version)})
        changes = differences(current, form) if step is CHANGE else []
        return _page(request, project, roles, current, step, newer, status=409, is_stale=True, changes=changes)
    return _done(request, project, str(step.done))


def differences(current: Milestone, form: forms.Form) -> list[tuple[str, str, str]]:
    """(field, what it says now, what was typed) where the two differ."""
    rows = []
    for name in PLAN_FIELDS:
        now, typed = getattr(current, name), form.cleaned_data[name]
        if now != typed:
            rows.append((str(form.fields[name].label), _shown(name, now), _shown(name, typed)))
    return rows


def _shown(name: str, value: Any) -> str:
    """A field's value as people read it."""
    if name == "due_on":
        return formatting.day(value)
    return str(Milestone.Phase(value).label) if name == "phase" else str(value)


def _page(
    request: SignedInRequest,
    project: Project,
    roles: frozenset[Role],
    milestone: Milestone,
    step: Step,
    form: forms.Form,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """A step's page: the milestone as it stands, and the form unless the step is no longer possible."""
    today = clock.today()
    context = {
        "project": project,
        "row": row_of(milestone, roles, today),
        "today": today,
        "step": step.name,
        "form": form,
        "is_possible": milestone.state in step.allowed,
        "heading": step.heading,
        "button": step.button,
        **_frame(request, project, str(step.heading)),
    }
    template = "benefits/milestone_form.html" if step is CHANGE else "benefits/milestone_step.html"
    return render(request, template, context | more, status=status)


def _frame(request: SignedInRequest, project: Project, here: str = "") -> dict[str, Any]:
    """Where one is: the way down, and the project's tabs."""
    below = [(_("Milepæler"), reverse("milestones", args=[project.slug]))]
    if here:
        below.append((here, request.path))
    return {"crumbs": project_crumbs(project, *below), "tabs": project_tabs(project, "milestones")}


def _done(request: SignedInRequest, project: Project, text: str) -> HttpResponse:
    """Back to the list with a word about what was stored."""
    messages.success(request, text)
    return redirect_after_post(request, reverse("milestones", args=[project.slug]))
