"""One question across all projects, one answer with its passages, and the codes that have been given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from municipalities.models import County
from projects.models import Programme
from reporting.across import coded
from reporting.across.access import answer_across, programme_across
from reporting.across.actions import marking
from reporting.across.codes import Code, codes_of
from reporting.across.column import Column, Filters, column, newest, questions_of
from reporting.across.forms import PassageForm
from reporting.across.marks import given_of, marks_by_submission, older_marks
from reporting.across.models import Coding
from reporting.across.sheets import answers_sheet, codes_sheet, quotes_sheet
from reporting.across.views.pages import crumbs, is_adviser, rounds_and_chosen, tabs
from reporting.across.words import Asked, pieces
from reporting.annual.models import Question, Round, Submission
from saman import clock
from saman.htmx import by_button, redirect_after_post
from saman.sheets import download
from saman.sorting import norwegian


@require_safe
def across(request: SignedInRequest, programme: str) -> HttpResponse:
    """Every submitted report's answer to one question, in one column."""
    today = clock.today()
    found = programme_across(request.user, programme, today)
    filters = Filters.read(request.GET.dict())
    rounds, chosen = rounds_and_chosen(found, filters.round)
    questions = questions_of(chosen) if chosen else []
    asked = _asked(questions, filters)
    context: dict[str, Any] = {
        "programme": found,
        "filters": filters,
        "rounds": rounds,
        "round": chosen,
        "questions": questions,
        "question": asked,
        "tabs": tabs(found, "across", chosen),
        "crumbs": crumbs(request.user, found),
    }
    if chosen and asked:
        shown, filters = _column(chosen, asked.key, filters, found, today)
        context |= {
            "filters": filters,
            "column": shown,
            "clear": Filters(round=str(chosen.pk), question=asked.key).cleared(),
            "counties": sorted(shown.places.items(), key=lambda place: norwegian(place[1])),
            "themes": sorted(shown.themes.values(), key=lambda theme: (theme.order, theme.key)),
        }
    return render(request, "across/column.html", context)


@require_safe
def across_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """The same answers, to take away."""
    found = programme_across(request.user, programme, clock.today())
    filters = Filters.read(request.GET.dict())
    _rounds, chosen = rounds_and_chosen(found, filters.round)
    asked = _asked(questions_of(chosen), filters) if chosen else None
    narrowed: list[tuple[str, str]] = []
    shown = None
    if chosen and asked:
        shown, filters = _column(chosen, asked.key, filters, found, clock.today())
        theme = shown.themes.get(filters.theme)
        words = (
            (_("Fylke"), shown.places.get(filters.county)),
            (_("Tema"), str(theme) if theme else ""),
            (_("Søk"), filters.text),
        )
        narrowed = [(label, word) for label, word in words if word]
    return download(answers_sheet(chosen, asked, shown.lines if shown else (), narrowed), form, clock.now())


def _column(round_: Round, key: str, filters: Filters, programme: Programme, today: date) -> tuple[Column, Filters]:
    """The answers, and the filters without a county or a theme there is none of.

    One that is there, and that no report of the round is about, may still be asked for: nobody has answered.
    """
    codes = codes_of(programme)
    shown = column(round_, key, filters, codes, today)
    places, themes = dict(shown.places), dict(shown.themes)
    if filters.county and filters.county not in places:
        places |= dict(County.objects.filter(number=filters.county).values_list("number", "name"))
    if filters.theme and filters.theme not in themes:
        themes |= {theme.key: theme for theme in programme.themes.filter(key=filters.theme)}
    known = filters.among({"county": places, "theme": themes})
    shown = shown if known == filters else column(round_, key, known, codes, today)
    return replace(shown, places=places, themes=themes), known


def _asked(questions: Sequence[Question], filters: Filters) -> Question | None:
    """The question the address asks for, or the first that is answered in words."""
    written = [question for question in questions if question.type == question.Type.TEXT]
    return next((row for row in questions if row.key == filters.question), next(iter(written or questions), None))


@require_http_methods(["GET", "HEAD", "POST"])
def across_answer(request: SignedInRequest, programme: str, submission: int, asked: str) -> HttpResponse:
    """One answer with its passages; mark another, and give it codes."""
    found, row, answer = answer_across(request.user, programme, submission, asked, clock.today())
    codes = codes_of(found)
    if request.method != "POST":
        return _answer(request, found, row, answer, codes, PassageForm(words=answer.words, codes=codes))
    form = PassageForm(request.POST, words=answer.words, codes=codes)
    if not form.is_valid():
        return _answer(request, found, row, answer, codes, form, status=422)
    given, note = form.cleaned_data["codes"], form.cleaned_data["note"]
    try:
        made = marking.mark(
            by=actor_from(request), submission=row, question=answer.key, spans=form.spans, codes=given, note=note
        )
    except marking.NotWhole:
        form.add_error(None, _("Rapporten stemmer ikke med sjekksummen sin, så ingenting kan siteres fra den."))
        return _answer(request, found, row, answer, codes, form, status=422)
    messages.success(request, ngettext("%(n)s kode er gitt.", "%(n)s koder er gitt.", len(made)) % {"n": len(made)})
    return redirect_after_post(request, f"{request.path}#merket")


@by_button("across_answer", "programme", "submission", "asked", where="#merket")
def across_withdraw(request: SignedInRequest, programme: str, submission: int, asked: str, coding: int) -> HttpResponse:
    """Take a code back."""
    _found, row, answer = answer_across(request.user, programme, submission, asked, clock.today())
    given = get_object_or_404(Coding, pk=coding, passage__submission=row, passage__question=answer.key)
    marking.withdraw(by=actor_from(request), coding=given)
    messages.success(request, _("Koden er trukket. Historikken viser at den har vært gitt."))
    return redirect_after_post(request, reverse("across_answer", args=[programme, submission, asked]) + "#merket")


@require_safe
def across_codes(request: SignedInRequest, programme: str) -> HttpResponse:
    """How often each code is given, and in which projects."""
    found = programme_across(request.user, programme, clock.today())
    rounds, chosen = _round_or_all(found, request.GET.get("runde", ""))
    used, unused = _uses(found, chosen)
    context = {
        "programme": found,
        "rounds": rounds,
        "round": chosen,
        "uses": used,
        "unused": unused,
        "tabs": tabs(found, "across_codes", chosen),
        "crumbs": crumbs(request.user, found, (_("Koder"), request.path)),
    }
    return render(request, "across/codes.html", context)


@require_safe
def across_codes_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """The codes, to take away."""
    found = programme_across(request.user, programme, clock.today())
    _rounds, chosen = _round_or_all(found, request.GET.get("runde", ""))
    return download(codes_sheet(chosen, *_uses(found, chosen)), form, clock.now())


def _uses(programme: Programme, chosen: Round | None) -> tuple[list[coded.Use], list[Code]]:
    """The codes that are given, and those that are not."""
    codes = codes_of(programme)
    used = coded.uses(codes, coded.quotes_in(programme, codes, chosen))
    return used, [code for code in codes.values() if code.key not in {use.code.key for use in used}]


@require_safe
def across_code_download(request: SignedInRequest, programme: str, code: str, form: str) -> HttpResponseBase:
    """The passages with a code, to take away."""
    found = programme_across(request.user, programme, clock.today())
    _rounds, chosen = _round_or_all(found, request.GET.get("runde", ""))
    codes = codes_of(found)
    if code not in codes:
        raise Http404
    return download(quotes_sheet(chosen, codes[code], _with_code(found, codes, chosen, code)), form, clock.now())


def _with_code(programme: Programme, codes: dict[str, Code], chosen: Round | None, code: str) -> list[coded.Quote]:
    return [quote for quote in coded.quotes_in(programme, codes, chosen) if code in quote.mark.keys]


@require_safe
def across_code(request: SignedInRequest, programme: str, code: str) -> HttpResponse:
    """The passages with a code."""
    found = programme_across(request.user, programme, clock.today())
    rounds, chosen = _round_or_all(found, request.GET.get("runde", ""))
    codes = codes_of(found)
    if code not in codes:
        raise Http404
    quotes = _with_code(found, codes, chosen, code)
    context = {
        "programme": found,
        "rounds": rounds,
        "round": chosen,
        "code": codes[code],
        "quotes": quotes,
        "use": next(iter(coded.uses({code: codes[code]}, quotes)), None),
        "crumbs": crumbs(
            request.user,
            found,
            (_("Koder"), reverse("across_codes", args=[found.slug])),
            (codes[code].name, request.path),
        ),
    }
    return render(request, "across/code.html", context)


def _answer(
    request: SignedInRequest,
    programme: Programme,
    row: Submission,
    asked: Asked,
    codes: dict[str, Code],
    form: PassageForm,
    status: int = 200,
) -> HttpResponse:
    marks = marks_by_submission([row], asked.key, codes)
    here, older = marks.get(row.pk, []), older_marks({row: asked.words}, asked.key, codes, marks).get(row.pk, [])
    spans = [(mark.passage.start, mark.passage.end) for mark in here] + [one.span for one in older if one.span]
    gone = Coding.objects.filter(passage__submission=row, passage__question=asked.key, withdrawn_at__isnull=False)
    gone = gone.select_related("passage", "by", "withdrawn_by").order_by("-withdrawn_at", "-pk")
    address = reverse("across", args=[programme.slug])
    back = f"{address}?runde={row.report.round_id}&sporsmal={asked.key}"
    context = {
        "programme": programme,
        "submission": row,
        "report": row.report,
        "project": row.report.project,
        "asked": asked,
        "pieces": pieces(asked.words, spans),
        "marks": here,
        "older": older,
        "withdrawn": [given_of(coding, codes) for coding in gone],
        "form": form,
        "newer": newest(Submission.objects.filter(report=row.report)).exclude(pk=row.pk).first(),
        "back": back,
        "is_adviser": is_adviser(request.user, programme),
        "crumbs": crumbs(request.user, programme, (row.report.project.title, request.path)),
    }
    return render(request, "across/answer.html", context, status=status)


def _round_or_all(programme: Programme, asked: str) -> tuple[list[Any], Any]:
    """The rounds, and the one that is asked for; None: all of them."""
    rounds, chosen = rounds_and_chosen(programme, asked)
    return rounds, chosen if chosen and str(chosen.pk) == asked else None
