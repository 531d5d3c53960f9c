"""Measurements of a project from a file: read, shown row by row, accepted as drafts, and the drafts registered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import drafts
from benefits.actions.drafts import Draft
from benefits.actions.measurements import DateTaken, InFuture, NotFollowed, OutOfRange, Superseded
from benefits.forms.imports import AcceptForm, FileForm, Reading
from benefits.imports import template
from benefits.imports.known import known_of
from benefits.imports.verdicts import Known
from benefits.navigation import project_crumbs
from benefits.queries.drafts import drafts_in
from benefits.slips import doubt_about
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.htmx import redirect_after_post

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose a file; see what Saman makes of each row; store them all as drafts, or none."""
    project = _project(request, slug)
    if project.followed_since is None:
        crumbs = project_crumbs(project, (_("Hent fra fil"), request.path))
        return render(request, "benefits/not_followed.html", {"project": project, "crumbs": crumbs})
    known = known_of(project, clock.today())
    if request.method != "POST":
        return _page(request, project, FileForm(known=known, initial={"target": request.GET.get("mal", "")[:4]}))
    if "store" in request.POST:
        return _accept(request, project, known)
    form = FileForm(request.POST, request.FILES, known=known)
    is_read = form.is_valid() and form.reading is not None
    is_right = is_read and form.reading is not None and not form.reading.wrong
    return _page(request, project, form, form.reading if is_read else None, 200 if is_right else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: SignedInRequest, slug: str) -> HttpResponse:
    """The drafts of a project: register the chosen ones, so that they count, or throw them away."""
    project = _project(request, slug)
    if request.method == "POST":
        return _decide(request, project)
    known = known_of(project, clock.today())
    rows = drafts_in(project, known.versions)
    for row in rows:
        others = known.references.get((row.target_id, row.municipality_id), [])
        row.doubt = doubt_about(row.value, row.measured_on, row.version, others)  # type: ignore[attr-defined]
    context = {"project": project, "rows": rows, "has_places": any(row.municipality_id for row in rows)}
    context["crumbs"] = project_crumbs(project, (_("Utkast til målinger"), request.path))
    return render(request, "benefits/measurement_drafts.html", context)


@require_safe
def template_csv(request: SignedInRequest, slug: str) -> HttpResponse:
    """A file to begin with, as CSV."""
    project = _project(request, slug)
    content = template.as_csv(known_of(project, clock.today()))
    return _download(content, "text/csv; charset=utf-8", f"{project.slug}-malinger.csv")


@require_safe
def template_xlsx(request: SignedInRequest, slug: str) -> HttpResponse:
    """A file to begin with, for Excel."""
    project = _project(request, slug)
    content = template.as_workbook(known_of(project, clock.today()))
    return _download(content, _WORKBOOK, f"{project.slug}-malinger.xlsx")


def _project(request: SignedInRequest, slug: str) -> Project:
    return project_for(request.user, slug, Access.MEASURE, clock.today())[0]


def _accept(request: SignedInRequest, project: Project, known: Known) -> HttpResponse:
    """Store what was shown; show it again when the facts have changed, or a question has not been answered."""
    accept, form = AcceptForm(request.POST), FileForm(known=known)
    reading = accept.reading(known) if accept.is_valid() else None
    if reading is None:
        words = _("Filen må leses på nytt. Velg den en gang til.")
        return _page(request, project, form, None, 422, problem=words)
    if reading.digest != accept.cleaned_data["seen"]:
        words = _("Noe er endret siden du så radene. Se over dem på nytt før du lagrer.")
        return _page(request, project, form, reading, 409, problem=words)
    unanswered = bool(reading.asked) and not accept.cleaned_data["confirmed"]
    if reading.wrong or not reading.stored or unanswered:
        words = _("Svar på spørsmålet under tabellen før du lagrer.") if unanswered else ""
        return _page(request, project, form, reading, 422, problem=words)
    try:
        stored = drafts.store(by=actor_from(request), project=project, drafts=_drafts(reading))
    except (DateTaken, InFuture, OutOfRange, NotFollowed):
        words = _("Noe er endret siden du så radene. Se over dem på nytt før du lagrer.")
        return _page(request, project, form, reading, 409, problem=words)
    count = len(stored)
    messages.success(
        request,
        ngettext("%(count)s måling er lagret som utkast.", "%(count)s målinger er lagret som utkast.", count)
        % {"count": count},
    )
    return redirect_after_post(request, reverse("measurement_drafts", args=[project.slug]))


def _drafts(reading: Reading) -> list[Draft]:
    return [
        Draft(entry.version.target, entry.municipality.pk if entry.municipality else None, entry.value)
        for entry in reading.stored
        if entry.version is not None and entry.value is not None
    ]


def _decide(request: SignedInRequest, project: Project) -> HttpResponse:
    chosen = {int(pk) for pk in request.POST.getlist("id")[:2000] if pk.isascii() and pk.isdigit() and len(pk) < 19}
    by, here = actor_from(request), redirect_after_post(request, reverse("measurement_drafts", args=[project.slug]))
    if not chosen:
        messages.warning(request, _("Kryss av for minst én måling."))
        return here
    try:
        if "discard" in request.POST:
            count = drafts.discard(by=by, project=project, ids=chosen)
            words = ngettext("%(count)s utkast er forkastet.", "%(count)s utkast er forkastet.", count)
        else:
            count = len(drafts.register(by=by, project=project, ids=chosen))
            words = ngettext("%(count)s måling er registrert.", "%(count)s målinger er registrert.", count)
    except Superseded:
        words = _("Noen andre har registrert eller forkastet noen av utkastene i mellomtiden. Se hva som står igjen.")
        messages.warning(request, words)
        return here
    except NotFollowed:
        messages.warning(request, _("Prosjektet er ikke tatt i bruk ennå."))
        return here
    messages.success(request, words % {"count": count})
    return here


def _page(
    request: SignedInRequest,
    project: Project,
    form: FileForm,
    reading: Reading | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    crumbs = project_crumbs(project, (_("Hent fra fil"), request.path))
    context = {"project": project, "form": form, "reading": reading, "crumbs": crumbs, **more}
    return render(request, "benefits/measurements_import.html", context, status=status)


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
