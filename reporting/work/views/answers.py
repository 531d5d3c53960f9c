"""Answers to warnings: an action, an acceptance until a date, or that the warning is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import warnings as actions
from benefits.models import PitfallWarning
from benefits.navigation import project_crumbs
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from reporting.work.forms import AcceptForm, ActionForm, FalseForm
from reporting.work.queries.warning_page import warning_page
from reporting.work.queries.warnings import behind, warning_title
from saman import clock
from saman.htmx import by_button, redirect_after_post, render_page
from saman.words import Text


@dataclass(frozen=True, slots=True)
class Answer:
    """One way of answering: who may, with which form and action, and what the page says."""

    access: Access
    form: Callable[..., forms.Form]
    act: Callable[..., None]
    heading: Text
    button: Text
    done: Text


ACTION = Answer(
    access=Access.ANSWER,
    form=ActionForm,
    act=actions.register_action,
    heading=_("Registrer tiltak"),
    button=_("Lagre tiltaket"),
    done=_("Tiltaket er lagret. Varselet lukkes når nye opplysninger viser at det er løst."),
)
ACCEPT = Answer(
    access=Access.SIGN,
    form=AcceptForm,
    act=actions.accept,
    heading=_("Godta til dato"),
    button=_("Godta"),
    done=_("Avviket er godtatt til datoen."),
)
FALSE = Answer(
    access=Access.ANSWER,
    form=FalseForm,
    act=actions.report_false,
    heading=_("Feil varsel"),
    button=_("Meld feil varsel"),
    done=_("Takk. Varselet er meldt som feil."),
)


@require_safe
def warning(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One warning: its evidence, and everything that has happened to it."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    page = warning_page(project, pk, roles, today)
    if page is None:
        raise Http404
    context = {
        "project": project,
        "page": page,
        "crumbs": project_crumbs(project, (page.row.title, request.path)),
    }
    return render(request, "work/warning.html", context)


@by_button("warning", "slug", "pk")
def warning_seen(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Say that one has seen a concern: every finding behind it."""
    project, _roles = project_for(request.user, slug, Access.ANSWER, clock.today())
    row = get_object_or_404(PitfallWarning, project=project, pk=pk)
    try:
        actions.answer_together(actions.acknowledge, by=actor_from(request), warnings=behind(row))
    except actions.AlreadyClosed:
        messages.info(request, gettext("Nye opplysninger har lukket varselet i mellomtiden."))
    else:
        messages.success(request, gettext("Kvittert ut. Varselet står til nye opplysninger lukker det."))
    return redirect_after_post(request, reverse("project_overview", args=[slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def warning_action(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Say what is being done about a warning."""
    return _answer(request, slug, pk, ACTION)


@require_http_methods(["GET", "HEAD", "POST"])
def warning_accept(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The owner accepts a deviation until a date."""
    return _answer(request, slug, pk, ACCEPT)


@require_http_methods(["GET", "HEAD", "POST"])
def warning_false(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Say that a warning is wrong."""
    return _answer(request, slug, pk, FALSE)


def _answer(request: SignedInRequest, slug: str, pk: int, answer: Answer) -> HttpResponse:
    """Show a form of answer, or store the answer for every finding behind the concern."""
    today = clock.today()
    project, _roles = project_for(request.user, slug, answer.access, today)
    warning = get_object_or_404(PitfallWarning.objects.select_related("target"), project=project, pk=pk)
    form = answer.form(request.POST or None, today=today, auto_id=f"svar{pk}_%s")
    if request.method != "POST":
        return _page(request, project, warning, answer, form)
    if not form.is_valid():
        return _page(request, project, warning, answer, form, status=422)
    try:
        actions.answer_together(answer.act, by=actor_from(request), warnings=behind(warning), **form.cleaned_data)
    except actions.AlreadyClosed:
        return _page(request, project, warning, answer, form, status=409, is_closed=True)
    except actions.DateNotAllowed:
        form.add_error("until", _("Datoen må være etter i dag, og innen et år."))
        return _page(request, project, warning, answer, form, status=422)
    messages.success(request, str(answer.done))
    return redirect_after_post(request, reverse("project_overview", args=[slug]))


def _page(
    request: SignedInRequest,
    project: Project,
    warning: PitfallWarning,
    answer: Answer,
    form: forms.Form,
    status: int = 200,
    is_closed: bool = False,
) -> HttpResponse:
    """The form of answer as a page of its own, or for htmx in the place of the buttons."""
    context: dict[str, Any] = {
        "project": project,
        "warning": warning,
        "title": warning_title(warning),
        "heading": answer.heading,
        "button": answer.button,
        "form": form,
        "is_closed": is_closed or warning.closed_on is not None,
        "crumbs": project_crumbs(project, (str(answer.heading), request.path)),
    }
    return render_page(request, "work/answer.html", "work/_answer_form.html", context, status)
