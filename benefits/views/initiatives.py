"""Initiatives: listed, planned, changed, and looked at: keep, adjust or stop."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import initiatives as actions
from benefits.actions.initiatives import InitiativePlan, StaleInitiative, live, plan_of
from benefits.actions.targets import NotFollowed
from benefits.forms.initiatives import InitiativeForm, ResumeForm, ReviewForm, initial_of
from benefits.models import Initiative, InitiativeReview, InitiativeVersion
from benefits.plan_content import initiative_content, initiatives_of, targets_of
from benefits.plan_differences import Lines, differences, initiative_lines
from benefits.queries.learning import learning_points
from benefits.sheets import initiatives_sheet
from benefits.views.plans import frame
from projects.access import is_inside, may, project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.htmx import by_button, redirect_after_post
from saman.sheets import download


@require_safe
def initiatives(request: SignedInRequest, slug: str) -> HttpResponse:
    """All initiatives with what is known of them, those stopped last."""
    project, roles = project_for(request.user, slug, Access.READ, clock.today())
    running, stopped, held = _listed(project)
    context = {
        "project": project,
        "may_write": may(roles, Access.WRITE),
        "learning": learning_points(project, "quick_fixes", "no_home", "paid_by_others") if is_inside(roles) else [],
        "running": [(row, held.get(row.initiative_id, [])) for row in running],
        "stopped": [(row, held.get(row.initiative_id, [])) for row in stopped],
        **frame(request, project, _("Tiltak")),
    }
    return render(request, "plans/initiatives.html", context)


@require_safe
def initiatives_download(request: SignedInRequest, slug: str, form: str) -> HttpResponseBase:
    """The same initiatives, to take away."""
    project, _roles = project_for(request.user, slug, Access.READ, clock.today())
    running, stopped, held = _listed(project)
    return download(initiatives_sheet(project, [*running, *stopped], held), form, clock.now())


def _listed(
    project: Project,
) -> tuple[list[InitiativeVersion], list[InitiativeVersion], dict[int, list[InitiativeReview]]]:
    """The initiatives that are planned or under way, those stopped, and the reviews of each by its id, newest first."""
    rows = initiatives_of(project)
    reviews = InitiativeReview.objects.filter(initiative__project=project).select_related("recorded_by")
    held: dict[int, list[InitiativeReview]] = {}
    for review in reviews.order_by("-on", "-pk"):
        held.setdefault(review.initiative_id, []).append(review)
    return [row for row in rows if row.stopped_on is None], [row for row in rows if row.stopped_on is not None], held


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Plan an initiative."""
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    form = InitiativeForm(request.POST or None, initial={"version": 0}, current=None, targets=targets_of(project))
    if request.method != "POST":
        return _page(request, project, form)
    if not form.is_valid():
        return _page(request, project, form, status=422)
    try:
        initiative = actions.create(by=actor_from(request), project=project, plan=form.plan())
    except NotFollowed:
        form.add_error(None, _("Prosjektet er ikke tatt i bruk ennå."))
        return _page(request, project, form, status=422)
    return _done(request, project, _("Tiltaket T%(number)s er lagt til.") % {"number": initiative.number})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change what an initiative says; a change someone else has overtaken shows both texts."""
    project, initiative, current = _load(request, slug, pk)
    initial = initial_of(current, initiative.version)
    form = InitiativeForm(request.POST or None, initial=initial, current=current, targets=targets_of(project))
    if request.method != "POST":
        return _page(request, project, form, initiative=initiative)
    if not form.is_valid():
        return _page(request, project, form, initiative=initiative, status=422)
    data, plan = form.cleaned_data, form.plan()
    try:
        by, seen, reason = actor_from(request), data["version"], data.get("reason", "")
        actions.change(by=by, initiative=initiative, version=seen, plan=plan, reason=reason)
    except StaleInitiative:
        form.rebase(initiative.version)
        said = [_lines(project, initiative, one) for one in (current, plan)]
        return _page(request, project, form, initiative=initiative, status=409, conflicts=differences(*said))
    return _done(request, project, _("Endringen er lagret."))


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Look at an initiative and decide: keep, adjust or stop."""
    project, initiative, current = _load(request, slug, pk)
    form = ReviewForm(request.POST or None, initial={"version": initiative.version})
    if request.method != "POST":
        return _review_page(request, project, initiative, current, form)
    if not form.is_valid():
        return _review_page(request, project, initiative, current, form, status=422)
    data = form.cleaned_data
    try:
        actions.review(
            by=actor_from(request),
            initiative=initiative,
            version=data["version"],
            decision=data["decision"],
            reason=data["reason"],
        )
    except StaleInitiative:
        typed = ReviewForm({**request.POST.dict(), "version": str(initiative.version)})
        return _review_page(request, project, initiative, current, typed, status=409, is_overtaken=True)
    if data["decision"] == InitiativeReview.Decision.ADJUST:
        messages.success(request, _("Vurderingen er lagret. Skriv her hva som justeres."))
        return redirect_after_post(request, reverse("initiative_edit", args=[slug, pk]))
    return _done(request, project, _("Vurderingen er lagret."))


@by_button("initiatives", "slug")
def resume(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a stopped initiative up again."""
    project, initiative, _current = _load(request, slug, pk)
    form = ResumeForm(request.POST)
    try:
        if form.is_valid():
            seen = form.cleaned_data["version"]
            actions.resume(by=actor_from(request), initiative=initiative, version=seen)
            return _done(request, project, _("Tiltaket er tatt opp igjen."))
    except StaleInitiative:
        pass
    messages.warning(request, _("Noen andre har endret tiltaket i mellomtiden. Se hva som står nå, og prøv igjen."))
    return redirect_after_post(request, reverse("initiatives", args=[slug]))


def _load(request: SignedInRequest, slug: str, pk: int) -> tuple[Project, Initiative, InitiativePlan]:
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    initiative = get_object_or_404(project.initiatives, pk=pk)
    return project, initiative, plan_of(live(initiative))


def _lines(project: Project, initiative: Initiative, plan: InitiativePlan) -> Lines:
    """What an initiative says, or would say, in words."""
    numbers = project.targets.filter(pk__in=plan.targets).values_list("number", flat=True)
    return initiative_lines(initiative_content(plan, number=initiative.number, targets=list(numbers)))


def _page(
    request: SignedInRequest,
    project: Project,
    form: InitiativeForm,
    status: int = 200,
    initiative: Initiative | None = None,
    **more: Any,
) -> HttpResponse:
    heading = _("Endre tiltak T%(number)s") % {"number": initiative.number} if initiative else _("Nytt tiltak")
    context = {
        "project": project,
        "initiative": initiative,
        "form": form,
        "heading": heading,
        "is_stopped": form.current is not None and form.current.stopped_on is not None,
        **frame(request, project, heading, below=_above(project)),
        **more,
    }
    return render(request, "plans/initiative.html", context, status=status)


def _review_page(
    request: SignedInRequest,
    project: Project,
    initiative: Initiative,
    plan: InitiativePlan,
    form: forms.Form,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "project": project,
        "initiative": initiative,
        "plan": plan,
        "form": form,
        "lines": _lines(project, initiative, plan),
        **frame(request, project, _("Vurder tiltaket"), below=_above(project)),
        **more,
    }
    return render(request, "plans/review.html", context, status=status)


def _above(project: Project) -> tuple[tuple[str, str], ...]:
    return ((_("Tiltak"), reverse("initiatives", args=[project.slug])),)


def _done(request: SignedInRequest, project: Project, text: str) -> HttpResponse:
    """Back to the list with a word about what was stored."""
    messages.success(request, text)
    return redirect_after_post(request, reverse("initiatives", args=[project.slug]))
