"""A project's frame, when it is taken into use, and whether it takes part."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from projects import queries
from projects.actions import setup
from projects.forms.projects import FollowForm, ParticipationForm, ProjectForm, project_values
from projects.models import Cohort, Project
from projects.views.pages import administrator_only, crumbs, form_page, sent
from saman import clock
from saman.htmx import redirect_after_post

read_and_write = require_http_methods(["GET", "HEAD", "POST"])
MORE_ROWS = 2


@read_and_write
@administrator_only
def project_new(request: SignedInRequest, programme: str, cohort: str) -> HttpResponse:
    """Make a project in a cohort."""
    found = get_object_or_404(Cohort.objects.select_related("programme"), programme__slug=programme, slug=cohort)
    form = _form(request, found, initial={"language": found.programme.language})
    if _is_sent(request) and form.is_valid():
        made = form.attempt(lambda: setup.create_project(by=actor_from(request), cohort=found, plan=form.plan()))
        if made:
            messages.success(request, _("Prosjektet er laget. Gi noen en rolle i det, og ta det i bruk."))
            return redirect_after_post(request, reverse("setup_project", args=[made.slug]))
    return _project_page(request, form, heading=_("Nytt prosjekt"), action=_("Lag prosjektet"), of=found)


@require_safe
@administrator_only
def project(request: SignedInRequest, slug: str) -> HttpResponse:
    """A project: its frame, its people with history, and what can be done with it."""
    found = _project(slug)
    context = {
        "project": found,
        "crumbs": crumbs(found),
        "links": found.participations.all(),
        "themes": [link.theme for link in found.theme_links.select_related("theme")],
        "roles": queries.live_roles(found, clock.today()),
    }
    return render(request, "setup/project.html", context)


@read_and_write
@administrator_only
def project_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change a project's frame."""
    found = _project(slug)
    form = _form(request, found.cohort, found, initial=project_values(found))
    if _is_sent(request) and form.is_valid():
        by, sources = actor_from(request), {link.theme_id: link.source for link in found.theme_links.all()}
        plan = form.plan(found.slug, sources)
        form.attempt(lambda: setup.change_project(by=by, project=found, version=form.based_on, plan=plan))
        if not form.is_stale and not form.errors:
            messages.success(request, _("Prosjektet er endret."))
            return redirect_after_post(request, reverse("setup_project", args=[slug]))
        if form.is_stale:
            form.compare(project_values(_project(slug)))
    return _project_page(request, form, heading=_("Endre prosjektet"), action=_("Lagre"), of=found)


@read_and_write
@administrator_only
def project_follow(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take a project into use."""
    found = _project(slug)
    if found.followed_since:
        return redirect_after_post(request, reverse("setup_project", args=[slug]))
    starts_on = found.starts_on or found.cohort.starts_on
    initial = {"starts_on": starts_on, "ends_on": found.ends_on or found.cohort.ends_on}
    form = FollowForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        by, days = actor_from(request), {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        form.attempt(lambda: setup.start_following(by=by, project=found, **days))
        if not form.errors:
            messages.success(request, _("Prosjektet er tatt i bruk."))
            return redirect_after_post(request, reverse("setup_project", args=[slug]))
    lead = _("Fra nå av får prosjektet status og varsler, og står på oversikten til rådgiveren.")
    return form_page(
        request, form, heading=_("Ta prosjektet i bruk"), action=_("Ta i bruk"), way=crumbs(found), lead=lead
    )


@read_and_write
@administrator_only
def participation(request: SignedInRequest, slug: str) -> HttpResponse:
    """Confirm or withdraw a project's participation."""
    found = _project(slug)
    initial = {"participation": found.participation, "on": clock.today(), "version": found.version}
    form = ParticipationForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        by, facts = actor_from(request), {n: form.cleaned_data[n] for n in ("participation", "on", "reason")}
        form.attempt(lambda: setup.decide_participation(by=by, project=found, version=form.based_on, **facts))
        if not form.is_stale and not form.errors:
            messages.success(request, _("Avgjørelsen er lagret."))
            return redirect_after_post(request, reverse("setup_project", args=[slug]))
        if form.is_stale:
            now = _project(slug)
            form.compare({"version": now.version, "participation": now.participation})
    lead = found.participation_note
    return form_page(
        request, form, heading=_("Deltakelse"), action=_("Lagre"), way=crumbs(found), note=lead, language=found.language
    )


def _form(request: SignedInRequest, cohort: Cohort, of: Project | None = None, **options: object) -> ProjectForm:
    """The form of a new project or of an old one, with room for one more municipality when that was asked for."""
    links = {link.municipality for link in of.participations.all()} if of else set()
    offered = queries.places_on((of and of.starts_on) or cohort.starts_on)
    form = ProjectForm(
        sent(request),
        is_new=of is None,
        offered=[*offered, *(place for place in links if place not in offered)],
        themes=list(cohort.programme.themes.all()),
        **options,
    )
    typed = len([row for row in request.POST.getlist("places") if row.strip()]) if request.POST else len(links)
    form.show_places(max(1, typed) + (MORE_ROWS if request.POST.get("do") == "more" else 0))
    return form


def _is_sent(request: SignedInRequest) -> bool:
    """Whether the form was sent to be stored, not only to get more rows."""
    return request.method == "POST" and request.POST.get("do") != "more"


def _project_page(
    request: SignedInRequest, form: ProjectForm, *, heading: str, action: str, of: Cohort | Project
) -> HttpResponse:
    if request.POST.get("do") == "more":
        form.keep_unchecked()
    return form_page(request, form, heading=heading, action=action, way=crumbs(of))


def _project(slug: str) -> Project:
    rows = Project.objects.select_related("cohort__programme")
    return get_object_or_404(rows.prefetch_related("participations__municipality", "theme_links"), slug=slug)
