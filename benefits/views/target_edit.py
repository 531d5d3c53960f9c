"""Changing a target in its full sheet, choosing the main target, withdrawing one, and its history."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from accounts.models import User
from benefits.actions import targets
from benefits.actions.targets import Definition, NotFollowed, StaleTarget, definition_of
from benefits.checks import checks_while_writing
from benefits.detectability import detectability
from benefits.forms.target_sheet import TargetSheetForm, WithdrawForm, initial_of
from benefits.models import EffectTarget, TargetVersion
from benefits.queries.target_page import live_version, target_of
from benefits.target_history import differences, hides_baseline, history_of
from benefits.views.target_page import crumbs
from benefits.what_if import what_if
from projects.access import is_inside, project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.htmx import by_button, redirect_after_post, render_page, wants_fragment


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The full sheet; a change someone else has overtaken shows both texts and keeps what was typed."""
    project, target, current = _load(request, slug, number)
    options = _options(project, number, current)
    if request.method != "POST":
        form = TargetSheetForm(initial=initial_of(current, target.version), **options)
        return _sheet(request, project, target, form)
    form = TargetSheetForm(request.POST, **options)
    if "preview" in request.POST:
        return _preview(request, project, target, form, options)
    is_valid = form.is_valid()
    if "version" in form.errors:
        return HttpResponseBadRequest(_("Skjemaet mangler versjonsnummer. Åpne siden på nytt."))
    if not is_valid:
        return _sheet(request, project, target, form, status=422)
    try:
        targets.change(
            by=actor_from(request),
            target=target,
            version=form.cleaned_data["version"],
            definition=form.definition_changed(),
            reason=form.cleaned_data["reason"],
        )
    except StaleTarget as stale:
        return _stale(request, project, target, form, definition_of(stale.current))
    except NotFollowed:
        form.add_error(None, _("Prosjektet er ikke tatt i bruk ennå."))
        return _sheet(request, project, target, form, status=422)
    messages.success(request, _("Endringen er lagret. Det gamle målet står i historikken."))
    return redirect_after_post(request, reverse("target", args=[slug, number]))


@by_button("target", "slug", "number")
def choose_main(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Make this the project's main target, whose result is the project's."""
    _project, target, _current = _load(request, slug, number)
    targets.choose_main(by=actor_from(request), target=target)
    messages.success(request, _("Dette er nå prosjektets hovedmål."))
    return redirect_after_post(request, reverse("target", args=[slug, number]))


@by_button("target_edit", "slug", "number", where="#trekk")
def withdraw(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Withdraw a target with a reason, or take it up again; it stays in the history either way."""
    project, target, current = _load(request, slug, number)
    form = WithdrawForm(request.POST, auto_id="trekk_%s")
    if not form.is_valid():
        sheet = TargetSheetForm(initial=initial_of(current, target.version), **_options(project, number, current))
        return _sheet(request, project, target, sheet, status=422, withdrawal=form)
    by, reason = actor_from(request), form.cleaned_data["reason"]
    changed = replace(current, withdrawn_on=by.today, withdrawn_reason=reason)
    words = _("Målet er trukket. Det teller ikke lenger, men står i historikken.")
    if current.withdrawn_on is not None:
        changed = replace(current, withdrawn_on=None, withdrawn_reason="")
        words = _("Målet er tatt opp igjen.")
    try:
        version = form.cleaned_data["version"]
        targets.change(by=by, target=target, version=version, definition=changed, reason=reason)
    except StaleTarget:
        words = _("Noen andre har endret målet i mellomtiden. Se hva som står nå, og prøv igjen.")
        messages.warning(request, words)
        return redirect_after_post(request, reverse("target_edit", args=[slug, number]))
    messages.success(request, words)
    return redirect_after_post(request, reverse("target", args=[slug, number]))


@require_safe
def history(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Every version of a target, newest first, with what was changed and why."""
    project, roles = project_for(request.user, slug, Access.READ, clock.today())
    target = target_of(project, number)
    hides = not is_inside(roles) and hides_baseline(target)
    entries = history_of(target, without_baseline=hides)
    here = (_("Historikk"), request.path)
    title = entries[0].version.title
    context = {
        "project": project,
        "target": target,
        "title": title,
        "entries": entries,
        "hides_baseline": hides,
        "crumbs": crumbs(project, title, number, here),
    }
    return render(request, "benefits/target_history.html", context)


def _load(request: SignedInRequest, slug: str, number: int) -> tuple[Project, EffectTarget, Definition]:
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    target = target_of(project, number)
    return project, target, definition_of(live_version(target))


def _options(project: Project, number: int, current: Definition) -> dict[str, Any]:
    today = clock.today()
    people = User.objects.filter(role_assignments__in=project.roles.active_on(today)).distinct().order_by("name")
    chosen = User.objects.filter(pk__in=[current.measurement_responsible_id or 0])
    others = TargetVersion.objects.live().filter(target__project=project, withdrawn_on=None)
    others = others.exclude(target__number=number).order_by("target__number")
    return {
        "current": current,
        "others": [(n, f"E{n} {title}") for n, title in others.values_list("target__number", "title")],
        "themes": list(project.cohort.programme.themes.all()),
        "people": list(dict.fromkeys([*people, *chosen])),
        "today": today,
        "language": project.language,
    }


def _preview(
    request: HttpRequest, project: Project, target: EffectTarget, form: TargetSheetForm, options: dict[str, Any]
) -> HttpResponse:
    """What the rules say of the target as it is typed. Nothing is stored; why it is changed need not be said yet."""
    is_readable = form.is_valid() or set(form.errors) <= {"reason"}
    if not is_readable and not wants_fragment(request):
        return _sheet(request, project, target, form, status=422, live=None)
    changed = form.definition_changed() if is_readable else None
    live = None if changed is None else checks_while_writing(project, changed, clock.today(), target.number)
    typed = TargetSheetForm(initial=request.POST.dict(), **options)
    return _sheet(request, project, target, typed, live=live, definition=changed)


def _stale(
    request: HttpRequest, project: Project, target: EffectTarget, form: TargetSheetForm, now: Definition
) -> HttpResponse:
    """Both texts beside each other; saving again is then a choice made knowing the other."""
    mine = form.definition_changed()
    form.rebase(target_of(project, target.number).version)
    return _sheet(request, project, target, form, status=409, conflicts=differences(now, mine))


def _sheet(
    request: HttpRequest, project: Project, target: EffectTarget, form: TargetSheetForm, status: int = 200, **more: Any
) -> HttpResponse:
    here = (_("Endre"), reverse("target_edit", args=[project.slug, target.number]))
    withdrawal = WithdrawForm(initial={"version": target.version}, auto_id="trekk_%s")
    context = {
        "project": project,
        "target": target,
        "form": form,
        "title": form.current.title,
        "is_withdrawn": form.current.withdrawn_on is not None,
        "withdrawal": withdrawal,
        "live": checks_while_writing(project, form.current, clock.today(), target.number),
        "definition": form.current,
        "crumbs": crumbs(project, form.current.title, target.number, here),
        **more,
    }
    if context["definition"] is not None:
        context["detectability"] = detectability(context["definition"])
        context["alternatives"] = what_if(context["definition"])
    return render_page(request, "benefits/target_edit.html", "benefits/_target_live.html", context, status=status)
