"""The plan's page: written by the leader, sent to the owner, decided on the same page; and what was sent before."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import plans
from benefits.actions.plans import AlreadyDecided, NothingToSubmit, PlanDiffers, StalePlan, words_of
from benefits.actions.targets import NotFollowed
from benefits.forms.plans import DecisionForm, SubmitForm, WordsForm
from benefits.models import Plan, PlanText, PlanVersion
from benefits.navigation import project_crumbs, project_tabs
from benefits.plan_differences import compare, differences, parts_of, word_lines
from benefits.plan_page import plan_page, versions_of
from projects.access import may, project_for
from projects.models import Project
from projects.roles import Access, Role
from saman import clock
from saman.canonical import parse
from saman.htmx import by_button, redirect_after_post


@require_safe
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    """The plan as it stands, what it lacks, and what waits on the one looking."""
    project, roles = project_for(request.user, slug, Access.READ, clock.today())
    return _page(request, project, roles)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: SignedInRequest, slug: str) -> HttpResponse:
    """The plan's own words; a text someone else has overtaken is shown beside one's own."""
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    plan = Plan.objects.filter(project=project).first()
    stored = words_of(PlanText.objects.live().filter(plan__project=project).first())
    names = ("path", "summary", "assumptions", "kept_elsewhere")
    version = plan.version if plan else 0
    initial = {"version": version, **{name: getattr(stored, name) for name in names}}
    form = WordsForm(request.POST or None, initial=initial)
    conflicts: list[Any] = []
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            plans.write(
                by=actor_from(request), project=project, version=form.cleaned_data["version"], words=form.words()
            )
            return _done(request, project, _("Planen er lagret."))
        except StalePlan:
            said = [word_lines({name: getattr(one, name) for name in names}) for one in (stored, form.words())]
            conflicts, status = differences(*said), 409
            form.rebase(version)
        except NotFollowed:
            form.add_error(None, _("Prosjektet er ikke tatt i bruk ennå."))
    context = {"project": project, "form": form, "conflicts": conflicts, **frame(request, project, _("Om planen"))}
    return render(request, "plans/words.html", context, status=status)


@by_button("plan", "slug", where="#send")
def submit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Send the plan to the owner as it stood on the page."""
    project, roles = project_for(request.user, slug, Access.WRITE, clock.today())
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return _page(request, project, roles, status=422, submission=form)
    data = form.cleaned_data
    try:
        plans.submit(by=actor_from(request), project=project, digest=data["digest"], note=data["note"])
    except PlanDiffers:
        return _page(request, project, roles, status=409, note=data["note"], is_overtaken=True)
    except (NothingToSubmit, NotFollowed):
        form.add_error(None, _("Planen har ingen gevinster ennå. Legg til minst én før du sender den."))
        return _page(request, project, roles, status=422, submission=form)
    return _done(request, project, _("Planen er sendt til prosjekteier."))


@by_button("plan", "slug", where="#avgjor")
def decide(request: SignedInRequest, slug: str) -> HttpResponse:
    """The owner approves the plan that waits, or sends it back."""
    project, roles = project_for(request.user, slug, Access.SIGN, clock.today())
    form = DecisionForm(request.POST, auto_id="avgjor_%s")
    if not form.is_valid():
        return _page(request, project, roles, status=422, decision=form)
    data = form.cleaned_data
    plan = get_object_or_404(PlanVersion, project=project, number=data["number"])
    try:
        if data["decision"] == DecisionForm.APPROVE:
            plans.approve(by=actor_from(request), plan=plan, note=data["note"])
            return _done(request, project, _("Planen er godkjent."))
        plans.send_back(by=actor_from(request), plan=plan, reason=data["note"])
    except AlreadyDecided:
        return _page(request, project, roles, status=409, decision=form, is_decided=True)
    return _done(request, project, _("Planen er sendt tilbake til prosjektlederen."))


@require_safe
def version(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """What was sent to the owner, and what differs from the version before."""
    project, _roles = project_for(request.user, slug, Access.READ, clock.today())
    row = next((one for one in versions_of(project) if one.plan.number == number), None)
    plan = get_object_or_404(PlanVersion.objects.select_related("submitted_by"), project=project, number=number)
    before = PlanVersion.objects.filter(project=project, number__lt=number).order_by("-number").first()
    content = parse(plan.content)
    context = {
        "project": project,
        "row": row,
        "plan": plan,
        "before": before,
        "changes": compare(parse(before.content), content) if before else [],
        "own": word_lines(content),
        "parts": parts_of(content),
        **frame(request, project, _("Versjon %(number)s") % {"number": number}),
    }
    return render(request, "plans/version.html", context)


def frame(
    request: SignedInRequest, project: Project, *here: str, below: tuple[tuple[str, str], ...] = ()
) -> dict[str, Any]:
    """Where one is: the way down, and the project's tabs."""
    steps = [(_("Plan"), reverse("plan", args=[project.slug])), *below, *((text, request.path) for text in here)]
    return {"crumbs": project_crumbs(project, *steps), "tabs": project_tabs(project, "plan")}


def _page(
    request: SignedInRequest,
    project: Project,
    roles: frozenset[Role],
    status: int = 200,
    submission: forms.Form | None = None,
    decision: forms.Form | None = None,
    note: str = "",
    **more: Any,
) -> HttpResponse:
    """The plan's page, with the forms the person may use."""
    page = plan_page(project, clock.today())
    writes, signs = may(roles, Access.WRITE), may(roles, Access.SIGN)
    newest = page.newest
    number = newest.plan.number if newest else None
    context = {
        "project": project,
        "page": page,
        "may_write": writes,
        "may_sign": signs,
        "submission": submission or SubmitForm(initial={"digest": page.digest, "note": note}),
        "decision": decision or DecisionForm(initial={"number": number}, auto_id="avgjor_%s"),
        "form": submission or decision,
        **frame(request, project),
    }
    return render(request, "plans/plan.html", context | more, status=status)


def _done(request: SignedInRequest, project: Project, text: str) -> HttpResponse:
    """Back to the plan with a word about what was stored."""
    messages.success(request, text)
    return redirect_after_post(request, reverse("plan", args=[project.slug]))
