"""The feedback letters of a round, one letter, and the template they are made from."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from projects.models import LANGUAGES, Programme
from reporting.across import letters as texts
from reporting.across.access import programme_across, submission_across
from reporting.across.actions import templates
from reporting.across.column import newest, submissions_of
from reporting.across.forms import TemplateForm
from reporting.across.models import LetterTemplate
from reporting.across.views.pages import crumbs, file, rounds_and_chosen, tabs
from reporting.annual.models import Submission
from saman import clock
from saman.htmx import redirect_after_post
from saman.papers import docx
from saman.sorting import norwegian


@require_safe
def letters(request: SignedInRequest, programme: str) -> HttpResponse:
    """The reports of a round, each with its letter."""
    found = programme_across(request.user, programme, clock.today())
    rounds, chosen = rounds_and_chosen(found, request.GET.get("runde", ""))
    rows: list[Submission] = []
    if chosen:
        of_round = submissions_of(found.pk).filter(report__round=chosen)
        rows = list(newest(of_round).defer("snapshot").select_related("report__round", "report__project", "review"))
    context = {
        "programme": found,
        "rounds": rounds,
        "round": chosen,
        "rows": sorted(rows, key=lambda row: norwegian(row.report.project.title)),
        "templates": [(texts.template_of(found, code), name) for code, name in LANGUAGES],
        "tabs": tabs(found, "letters", chosen),
        "crumbs": crumbs(request.user, found, (_("Brev"), request.path)),
    }
    return render(request, "across/letters.html", context)


@require_safe
def letter(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """The letter as it will read."""
    found, row, made = _letter(request, programme, submission)
    paper = texts.paper_of(made)
    context = {
        "programme": found,
        "submission": row,
        "project": row.report.project,
        "letter": made,
        "lines": [(type(block).__name__, block) for block in paper.blocks],
        "before": paper.before,
        "missing": [f"{{{name}}}" for name in made.missing],
        "languages": LANGUAGES,
        "crumbs": _way(request, found, row.report.project.title),
    }
    return render(request, "across/letter.html", context)


@require_safe
def letter_docx(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """The letter as a document to go on writing in."""
    _found, _row, made = _letter(request, programme, submission)
    return file(docx.docx(texts.paper_of(made)), docx.MEDIA_TYPE, f"{made.file_name}.docx")


@require_http_methods(["GET", "HEAD", "POST"])
def letter_template(request: SignedInRequest, programme: str, language: str) -> HttpResponse:
    """Edit the letter in one written language; each version stays."""
    found = programme_across(request.user, programme, clock.today())
    if language not in dict(LANGUAGES):
        raise Http404
    newest_one = texts.template_of(found, language)
    first = {"based_on": newest_one.number, "title": newest_one.title, "body": newest_one.body}
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            templates.save(by=actor_from(request), programme=found, language=language, **form.cleaned_data)
        except templates.StaleTemplate as stale:
            return _template(request, found, form, stale.newest, is_stale=True)
        messages.success(request, _("Malen er lagret. Brevene lages etter den fra nå av."))
        return redirect_after_post(request, reverse("letters", args=[found.slug]))
    return _template(request, found, form, newest_one)


def _template(
    request: SignedInRequest,
    programme: Programme,
    form: TemplateForm,
    newest_one: texts.Template,
    is_stale: bool = False,
) -> HttpResponse:
    if is_stale:  # sent again, what was typed is based on what the page shows now
        typed = request.POST.copy()
        typed["based_on"] = str(newest_one.number)
        form.data = typed
    versions = LetterTemplate.objects.filter(programme=programme, language=newest_one.language)
    context = {
        "programme": programme,
        "form": form,
        "language": newest_one.language,
        "language_name": dict(LANGUAGES)[newest_one.language],
        "newest": newest_one,
        "is_stale": is_stale,
        "versions": list(versions.select_related("created_by")),
        "fields": [(f"{{{name}}}", meaning) for name, meaning in texts.fields().items()],
        "crumbs": _way(request, programme, _("Malen")),
    }
    status = 409 if is_stale else 422 if form.is_bound and form.errors else 200
    return render(request, "across/template.html", context, status=status)


def _letter(request: SignedInRequest, slug: str, pk: int) -> tuple[Programme, Submission, texts.Letter]:
    today = clock.today()
    programme, row = submission_across(request.user, slug, pk, today)
    asked = request.GET.get("sprak") or row.report.language
    language = asked if asked in dict(LANGUAGES) else "nb"
    made = texts.letter_of(
        row,
        texts.template_of(programme, language),
        request.user,
        today,
        has_comments=request.GET.get("kommentarer") == "1",
        is_demo=settings.DEMO,
    )
    return programme, row, made


def _way(request: SignedInRequest, programme: Programme, here: Any) -> list[tuple[str, str]]:
    above = (_("Brev"), reverse("letters", args=[programme.slug]))
    return crumbs(request.user, programme, above, (here, request.path))
