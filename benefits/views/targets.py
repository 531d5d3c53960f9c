"""Making an effect target in the simple path, and showing one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import targets
from benefits.checks import checks_while_writing
from benefits.detectability import detectability
from benefits.forms.targets import SimpleTargetForm
from benefits.models import TargetVersion
from benefits.navigation import project_crumbs
from benefits.queries.target_page import target_page
from benefits.sheets import measurements_sheet
from benefits.views.target_page import Shown, render_target
from benefits.what_if import what_if
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.htmx import redirect_after_post, render_page
from saman.sheets import download


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """One sentence with slots becomes a target; asked for a preview, it says what the sentence would become."""
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    if project.followed_since is None:
        return render(request, "benefits/not_followed.html", {"project": project, "crumbs": _crumbs(project)})
    form = SimpleTargetForm(request.POST or None, project=project, today=clock.today())
    if request.method != "POST":
        return _form_page(request, project, form)
    if "preview" in request.POST:
        return _preview(request, project, form)
    if not form.is_valid():
        return _form_page(request, project, form, status=422)
    target = targets.create(by=actor_from(request), project=project, definition=form.definition())
    messages.success(request, _("Effektmålet er lagret. Lim inn tallene dere har, så ser du hvor dere står."))
    return redirect_after_post(request, reverse("target", args=[project.slug, target.number]) + "#tall")


@require_safe
def show(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One target: where it stands, why, and its measurements."""
    project, roles = project_for(request.user, slug, Access.READ, clock.today())
    page = target_page(project, number, roles, clock.today())
    saved = request.GET.get("lagret", "")[:18]
    shown = Shown(saved=int(saved) if saved.isascii() and saved.isdigit() else None, all_rows="alle" in request.GET)
    return render_target(request, page, shown)


@require_safe
def measurements_download(request: SignedInRequest, slug: str, number: int, form: str) -> HttpResponseBase:
    """The target's measurements to take away, as this reader may see them."""
    project, roles = project_for(request.user, slug, Access.READ, clock.today())
    return download(measurements_sheet(target_page(project, number, roles, clock.today())), form, clock.now())


def _form_page(
    request: HttpRequest, project: Project, form: SimpleTargetForm, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"project": project, "form": form, "crumbs": _crumbs(project)}
    return render_page(request, "benefits/target_new.html", "benefits/_target_form.html", context, status)


def _preview(request: HttpRequest, project: Project, form: SimpleTargetForm) -> HttpResponse:
    """What the sentence would become. Nothing is stored, and what is still missing is no error yet."""
    preview = _sentence(form) if form.is_valid() else None
    blank = SimpleTargetForm(initial=request.POST.dict(), project=project, today=form.today)
    context = {"project": project, "form": blank, "preview": preview, "crumbs": _crumbs(project)}
    if preview is None and not request.htmx:  # type: ignore[attr-defined]
        return _form_page(request, project, form, status=422)
    return render_page(request, "benefits/target_new.html", "benefits/_target_preview.html", context)


def _sentence(form: SimpleTargetForm) -> dict[str, Any]:
    """A valid form's target as the preview shows it."""
    definition = form.definition()
    return {
        "definition": definition,
        "frequency": TargetVersion.Frequency(definition.frequency).label,
        "detectability": detectability(definition),
        "alternatives": what_if(definition),
        "checks": checks_while_writing(form.project, definition, form.today, None),
        "points": len(definition.planned),
    }


def _crumbs(project: Project) -> list[tuple[str, str]]:
    return project_crumbs(project, (_("Nytt effektmål"), reverse("target_new", args=[project.slug])))
