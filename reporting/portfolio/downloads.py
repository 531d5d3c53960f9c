"""The dashboard's tables to take away: the rows the page shows, by the same address and the same filters."""

from dataclasses import replace
from datetime import date

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from projects.access import programme_for, watched_programme
from projects.models import Programme
from reporting.portfolio import matrix
from reporting.portfolio.compare import Comparison, compared
from reporting.portfolio.dates import Asked, asked
from reporting.portfolio.filters import Filters
from reporting.portfolio.queries import portfolio
from reporting.portfolio.rows import Portfolio
from reporting.portfolio.selects import in_words, offered
from reporting.portfolio.sheets import cohorts_sheet, counties_sheet, matrix_sheet, rules_sheet, years_sheet
from reporting.portfolio.views import county_lines
from reporting.portfolio.warnings import rule_lines
from saman import clock, formatting
from saman.sheets import download


@require_safe
def dashboard_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """Projects by pitfalls."""
    found = programme_for(request.user, programme, clock.today())
    what, whole = _of(request, found)
    lines = matrix.lines([row for row in whole.used if what.filters.matches(row)], what.filters)
    past = what.day if what.is_past else None
    return download(matrix_sheet(found, lines, _about(whole, what.filters, past), past), form, clock.now())


@require_safe
def counties_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """The counties in figures: all of them, also when one is chosen."""
    found = programme_for(request.user, programme, clock.today())
    what, whole = _of(request, found)
    filters, past = what.filters.without_county(), what.day if what.is_past else None
    lines = county_lines(whole, filters)
    return download(counties_sheet(found, lines, _about(whole, filters, past), past), form, clock.now())


@require_safe
def rules_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """What each rule has said in a year."""
    found = watched_programme(request.user, programme, clock.today())
    return download(rules_sheet(found, rule_lines(found, clock.today())), form, clock.now())


@require_safe
def cohorts_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """The cohorts beside each other, as they are today."""
    found = programme_for(request.user, programme, clock.today())
    both, about = _compared(request, found)
    return download(cohorts_sheet(found, both, about), form, clock.now())


@require_safe
def years_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """One year's end beside the next, and today."""
    found = programme_for(request.user, programme, clock.today())
    both, about = _compared(request, found)
    return download(years_sheet(found, both, about), form, clock.now())


def _compared(request: SignedInRequest, programme: Programme) -> tuple[Comparison, list[tuple[str, str]]]:
    """What the page compares, and its filters in words; nothing where the filters leave no project.

    404 with a past day: the page shows only today.
    """
    if request.GET.get("per", "").strip():
        raise Http404
    today = clock.today()
    whole = portfolio(programme, today)
    filters = Filters.read(request.GET.dict()).among(offered(whole))
    rows = [row for row in whole.used if filters.matches(row)]
    both = compared(rows, today) if rows else Comparison([], [], [])
    return both, _about(whole, filters, None)


def _of(request: SignedInRequest, programme: Programme) -> tuple[Asked, Portfolio]:
    """What is asked for, and the programme on its day; 404 where the day cannot be shown: no page offers it."""
    what = asked(request, programme, clock.today())
    if what.day is None:
        raise Http404
    whole = what.portfolio(programme)
    return replace(what, filters=what.filters.among(offered(whole))), whole


def _about(whole: Portfolio, filters: Filters, past: date | None) -> list[tuple[str, str]]:
    """The day when it is past, and the filters in words: those that leave something out."""
    day = [(_("Per dato"), formatting.day(past))] if past else []
    return [*day, *in_words(whole, filters)]
