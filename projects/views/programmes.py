"""Programmes, their themes and cohorts."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from municipalities.models import Municipality
from projects import queries
from projects.actions import setup
from projects.forms.programmes import CohortForm, ProgrammeForm, ThemeForm, cohort_values, programme_values
from projects.models import Cohort, Programme, Theme
from projects.views.pages import administrator_only, crumbs, form_page, sent
from saman import clock
from saman.htmx import redirect_after_post

read_and_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@administrator_only
def index(request: SignedInRequest) -> HttpResponse:
    """All programmes; where there is none, how to begin."""
    context = {"programmes": queries.programmes_to_set_up(), "has_places": Municipality.objects.exists()}
    return render(request, "setup/index.html", context)


@read_and_write
@administrator_only
def programme_new(request: SignedInRequest) -> HttpResponse:
    """Make a programme."""
    form = ProgrammeForm(sent(request), is_new=True)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: setup.create_programme(by=actor_from(request), plan=form.plan()))
        if made:
            messages.success(request, _("Programmet er laget. Nå kan du lage en pulje."))
            return redirect_after_post(request, reverse("setup_programme", args=[made.slug]))
    return form_page(request, form, heading=_("Nytt program"), action=_("Lag programmet"), way=crumbs())


@require_safe
@administrator_only
def programme(request: SignedInRequest, programme: str) -> HttpResponse:
    """A programme: what it is, its cohorts, themes and people."""
    found = get_object_or_404(Programme, slug=programme)
    context = {
        "programme": found,
        "crumbs": crumbs(found),
        "ministry_names": found.ministry_names.all(),
        "cohorts": queries.cohorts_of(found),
        "themes": found.themes.all(),
        "roles": queries.live_roles(found, clock.today()),
    }
    return render(request, "setup/programme.html", context)


@read_and_write
@administrator_only
def programme_edit(request: SignedInRequest, programme: str) -> HttpResponse:
    """Change a programme."""
    found = get_object_or_404(Programme, slug=programme)
    form = ProgrammeForm(sent(request), is_new=False, initial=programme_values(found))
    if request.method == "POST" and form.is_valid():
        by = actor_from(request)
        form.attempt(
            lambda: setup.change_programme(by=by, programme=found, version=form.based_on, plan=form.plan(found.slug))
        )
        if not form.is_stale and not form.errors:
            messages.success(request, _("Programmet er endret."))
            return redirect_after_post(request, reverse("setup_programme", args=[programme]))
        if form.is_stale:
            form.compare(programme_values(get_object_or_404(Programme, slug=programme)))
    return form_page(request, form, heading=_("Endre programmet"), action=_("Lagre"), way=crumbs(found))


@read_and_write
@administrator_only
def theme_new(request: SignedInRequest, programme: str) -> HttpResponse:
    """Add themes to a programme."""
    found = get_object_or_404(Programme, slug=programme)
    taken = set(found.themes.values_list("key", flat=True))
    form = ThemeForm(sent(request), language=request.LANGUAGE_CODE, taken=taken)

    @transaction.atomic
    def add() -> list[Theme]:
        by = actor_from(request)
        return [setup.create_theme(by=by, programme=found, **theme) for theme in form.themes()]

    if request.method == "POST" and form.is_valid():
        added = form.attempt(add)
        if added:
            messages.success(request, _("Temaene er lagt til."))
            return redirect_after_post(request, reverse("setup_programme", args=[programme]))
    return form_page(request, form, heading=_("Legg til temaer"), action=_("Legg til"), way=crumbs(found))


@read_and_write
@administrator_only
def cohort_new(request: SignedInRequest, programme: str) -> HttpResponse:
    """Add a cohort to a programme."""
    found = get_object_or_404(Programme, slug=programme)
    form = CohortForm(sent(request), is_new=True)
    if request.method == "POST" and form.is_valid():
        by = actor_from(request)
        made = form.attempt(lambda: setup.create_cohort(by=by, programme=found, **form.facts()))
        if made:
            messages.success(request, _("Puljen er laget. Nå kan du lage prosjekter i den."))
            return redirect_after_post(request, reverse("setup_cohort", args=[programme, made.slug]))
    return form_page(request, form, heading=_("Ny pulje"), action=_("Lag puljen"), way=crumbs(found))


@require_safe
@administrator_only
def cohort(request: SignedInRequest, programme: str, cohort: str) -> HttpResponse:
    """A cohort's projects, and which of them are in use."""
    found = _cohort(programme, cohort)
    context = {"cohort": found, "crumbs": crumbs(found), "projects": queries.projects_of(found)}
    return render(request, "setup/cohort.html", context)


@read_and_write
@administrator_only
def cohort_edit(request: SignedInRequest, programme: str, cohort: str) -> HttpResponse:
    """Change a cohort."""
    found = _cohort(programme, cohort)
    form = CohortForm(sent(request), is_new=False, initial=cohort_values(found))
    if request.method == "POST" and form.is_valid():
        by = actor_from(request)
        form.attempt(lambda: setup.change_cohort(by=by, cohort=found, version=form.based_on, **form.facts()))
        if not form.is_stale and not form.errors:
            messages.success(request, _("Puljen er endret."))
            return redirect_after_post(request, reverse("setup_cohort", args=[programme, cohort]))
        if form.is_stale:
            form.compare(cohort_values(_cohort(programme, cohort)))
    return form_page(request, form, heading=_("Endre puljen"), action=_("Lagre"), way=crumbs(found))


def _cohort(programme: str, cohort: str) -> Cohort:
    return get_object_or_404(Cohort.objects.select_related("programme"), programme__slug=programme, slug=cohort)
