"""The dashboard's tables to take away: the rows the page shows, by the same address and the same filters."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from projects.access import programme_for, watched_programme
from reporting.portfolio import matrix
from reporting.portfolio.filters import Filters
from reporting.portfolio.queries import portfolio
from reporting.portfolio.rows import Portfolio
from reporting.portfolio.selects import selects
from reporting.portfolio.sheets import counties_sheet, matrix_sheet, rules_sheet
from reporting.portfolio.views import county_lines
from reporting.portfolio.warnings import rule_lines
from saman import clock
from saman.sheets import download


@require_safe
def dashboard_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """Projects by pitfalls."""
    found = programme_for(request.user, programme, clock.today())
    whole, filters = portfolio(found, clock.today()), Filters.read(request.GET.dict())
    lines = matrix.lines([row for row in whole.used if filters.matches(row)], filters)
    return download(matrix_sheet(found, lines, _asked(whole, filters)), form, clock.now())


@require_safe
def counties_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """The counties in figures: all of them, also when one is chosen."""
    found = programme_for(request.user, programme, clock.today())
    whole, filters = portfolio(found, clock.today()), Filters.read(request.GET.dict()).without_county()
    return download(counties_sheet(found, county_lines(whole, filters), _asked(whole, filters)), form, clock.now())


@require_safe
def rules_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """What each rule has said in a year."""
    found = watched_programme(request.user, programme, clock.today())
    return download(rules_sheet(found, rule_lines(found, clock.today())), form, clock.now())


def _asked(whole: Portfolio, filters: Filters) -> list[tuple[str, str]]:
    """The filters in words: those that leave something out."""
    chosen = [
        (select.label, str(option.word))
        for select in selects(whole, filters)
        for option in select.options[1:]
        if option.is_chosen
    ]
    return [*chosen, *([(_("Søk"), filters.text)] if filters.text else [])]
