"""Writing the report: the project's rounds, one section per page, and every save."""

import json
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import NotAllowed, SignedInRequest, actor_from
from benefits.navigation import project_crumbs, project_tabs
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from reporting.annual import content
from reporting.annual.access import Place, is_inside, place_for, round_key
from reporting.annual.actions import drafts, reports
from reporting.annual.models import ConflictCopy, Question, Report
from reporting.annual.posted import Posted, posted
from reporting.annual.report_page import SectionPage, Typed, first_unfinished, section_page, steps_of
from reporting.annual.reports_shown import report_rows
from reporting.annual.returned import said_of
from saman import clock
from saman.htmx import redirect_after_post, wants_fragment


@require_safe
def report_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every round the project reports in, with where its report stands."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    context = {
        "project": project,
        "today": today,
        "rows": report_rows(project, roles, today),
        "crumbs": project_crumbs(project, (_("Årsrapport"), request.path)),
        "tabs": project_tabs(project, "reports"),
        "is_inside": is_inside(roles),
    }
    return render(request, "annual/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_round(request: SignedInRequest, slug: str, round: str) -> HttpResponse:
    """Begin the report, or go on with it where it is unfinished."""
    access = Access.WRITE if request.method == "POST" else Access.READ
    place = place_for(request.user, slug, round, access, clock.today())
    if request.method == "POST":
        return _start(request, place)
    if not place.is_begun or place.report is None:
        return render(request, "annual/start.html", frame(request, place))
    if not (place.may_write and place.report.is_writable):
        return redirect("report_preview", slug, round)
    rows = {row.key: row for row in place.report.sections.all()}
    unfinished = first_unfinished(steps_of(content.draft(place.report), rows))
    if unfinished is None:
        return redirect("report_preview", slug, round)
    return redirect("report_section", slug, round, unfinished.key)


@require_http_methods(["GET", "HEAD", "POST"])
def report_section(request: SignedInRequest, slug: str, round: str, section: str) -> HttpResponse:
    """One section: read it, save it by its button, or have it saved while writing."""
    place = place_for(request.user, slug, round, Access.WRITE, clock.today())
    report = place.report
    if report is None or report.started_at is None:
        return redirect("report_round", slug, round)
    if request.method != "POST":
        if not report.is_writable:
            return redirect("report_preview", slug, round)
        return _section(request, place, report, section)
    questions = list(Question.objects.filter(section__form=report.form_id, section__key=section))
    if not questions:
        raise Http404
    try:
        return _save(request, place, report, section, posted(request.POST, questions))
    except drafts.MissingVersion:
        return HttpResponse(_("Last siden på nytt, og prøv igjen."), status=428)
    except drafts.UnknownField as error:
        raise BadRequest("not an answer to the question") from error
    except drafts.NotWritable:
        return _closed(request, place)
    except NotAllowed as error:
        raise PermissionDenied from error


def frame(request: SignedInRequest, place: Place, here: str = "") -> dict[str, Any]:
    """Where one is: the project, the round, and the way down to it."""
    name = str(place.round)
    below = [
        (_("Årsrapport"), reverse("report_list", args=[place.project.slug])),
        (name, reverse("report_round", args=[place.project.slug, place.key])),
    ]
    if here:
        below.append((here, request.path))
    return {
        "place": place,
        "project": place.project,
        "round": place.round,
        "report": place.report,
        "today": place.today,
        "name": name,
        "crumbs": project_crumbs(place.project, *below),
        "late_after": place.report.due_on if place.report else place.round.due_on,
    }


def _start(request: SignedInRequest, place: Place) -> HttpResponse:
    by = actor_from(request)
    try:
        reports.start(by=by, project=place.project, round_=place.round, short=request.POST.get("form") == "short")
    except (reports.RoundNotOpen, reports.NotFollowed, reports.ShortFormNotOffered, drafts.NotWritable):
        context = {**frame(request, place), "is_refused": True}
        return render(request, "annual/start.html", context, status=409)
    return redirect_after_post(request, reverse("report_round", args=[place.project.slug, place.key]))


def _save(request: SignedInRequest, place: Place, report: Report, key: str, sent: Posted) -> HttpResponse:
    """Store what was changed, then answer as the page asked: a status line, the next page, or what is wrong."""
    by = actor_from(request)
    is_auto = wants_fragment(request) and "go" not in request.POST
    waiting = list(
        ConflictCopy.objects.filter(pk__in=sent.settles, section__report=report, section__key=key, settled_at=None)
    )
    changes = sent.changes(but_for=[copy.question for copy in waiting])
    copies: list[ConflictCopy] = []
    try:
        saved = drafts.save_section(
            by=by,
            report=report,
            key=key,
            base_version=sent.base_version,
            save_id=sent.save_id(changes),
            fields=changes,
        )
    except drafts.Conflict as conflict:
        saved, copies = conflict.saved, conflict.copies
    if is_auto:
        return _status(request, place, report, key, sent, saved, waiting, copies)
    for copy in waiting:
        if copy.question in sent.now:
            try:
                saved = drafts.settle(by=by, copy=copy, base_version=saved.version, value=sent.now[copy.question])
            except drafts.Conflict as conflict:
                saved, copies = conflict.saved, [*copies, *conflict.copies]
    if copies:
        return _section(request, place, report, key, Typed(errors=sent.errors), status=409)
    return _after(request, place, report, key, sent)


def _after(request: SignedInRequest, place: Place, report: Report, key: str, sent: Posted) -> HttpResponse:
    """Where the button leads: on, when the section is complete; back to it otherwise."""
    go_on = request.POST.get("go", "next") == "next"
    if sent.errors:
        return _section(request, place, report, key, Typed(sent.raw, sent.errors, go_on), status=422)
    here = reverse("report_section", args=[place.project.slug, place.key, key])
    if not go_on:
        return redirect_after_post(request, here)
    report = Report.objects.select_related("form", "round", "project").get(pk=report.pk)
    page = section_page(place, report, key, request.user.pk, Typed(show_problems=True))
    if page.errors:
        return _render(request, page, status=422)
    if page.next:
        return redirect_after_post(request, reverse("report_section", args=[*_address(place), page.next.key]))
    return redirect_after_post(request, reverse("report_preview", args=_address(place)))


def _status(
    request: SignedInRequest,
    place: Place,
    report: Report,
    key: str,
    sent: Posted,
    saved: drafts.Saved,
    waiting: list[ConflictCopy],
    copies: list[ConflictCopy],
) -> HttpResponse:
    """The status line of a page that is still open, with what its next save must say it was based on."""
    changes = sent.changes(but_for=[copy.question for copy in [*waiting, *copies]])
    was = {**sent.was, **{name: change.new for name, change in changes.items()}}
    unseen = [name for name, value in saved.merged.items() if value != was.get(name)]
    page = section_page(place, report, key, request.user.pk)
    titles = {each.question.key: each.question.title_text for each in page.fields}
    context = {
        "place": place,
        "page": page,
        "saved_at": saved.at,
        "base_version": sent.base_version if unseen or copies or waiting else saved.version,
        "save_id": uuid4(),
        "was": json.dumps(was, ensure_ascii=False),
        "copies": copies,
        "waiting": [*waiting, *copies],
        "unseen": [titles[name] for name in unseen if name in titles],
        "refused": [(titles[name], message) for name, message in sent.errors.items()],
        "toggled": [each for each in page.fields if each.question.condition and _is_toggled(request, each)],
    }
    status = 409 if copies else 422 if sent.errors else 200
    return render(request, "annual/_saved.html", context, status=status)


def _is_toggled(request: SignedInRequest, each: Any) -> bool:
    """Whether a question that depends on another is shown and should not be, or the other way."""
    return each.is_asked != (each.question.key in request.POST.getlist("felt"))


def _section(
    request: SignedInRequest, place: Place, report: Report, key: str, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    page = section_page(place, report, key, request.user.pk, typed)
    if page is None:
        raise Http404
    return _render(request, page, status)


def _render(request: SignedInRequest, page: SectionPage, status: int = 200) -> HttpResponse:
    context = {
        **frame(request, page.place, page.section.title_text),
        "page": page,
        "saved_at": page.row.changed_at,
        "base_version": page.row.version,
        "save_id": uuid4(),
        "was": page.was,
        "waiting": [clash.copy for clash in page.clashes],
        "is_conflict": status == 409,
        "said": said_of(page.place.report, page.section.key) if page.place.report else None,
    }
    return render(request, "annual/section.html", context, status=status)


def _closed(request: SignedInRequest, place: Place) -> HttpResponse:
    """The report has been submitted, or the round closed, since the page was opened."""
    if wants_fragment(request):
        return render(request, "annual/_closed.html", {"place": place}, status=409)
    messages.warning(request, _("Rapporten kan ikke endres nå, så det siste du skrev, er ikke lagret."))
    return redirect_after_post(request, reverse("report_preview", args=_address(place)))


def _address(place: Place) -> list[str]:
    return [place.project.slug, round_key(place.round)]


def report_url(name: str, project: Project, key: str) -> str:
    """The address of a page of a report."""
    return reverse(name, args=[project.slug, key])
