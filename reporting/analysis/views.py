"""The pages of the analysis: all findings at a glance, and one question with its figures."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from projects.access import programme_for
from reporting.analysis.facts import Facts
from reporting.analysis.pages import PAGES, Page
from reporting.portfolio.dates import without_day
from reporting.portfolio.filters import Filters
from reporting.portfolio.queries import portfolio
from reporting.portfolio.selects import offered, selects
from saman import clock, formatting
from saman.htmx import render_page, wants_fragment
from saman.sheets import download


@require_safe
def analysis(request: SignedInRequest, programme: str) -> HttpResponse:
    """What each page has found, in sentences, with the way to its figures."""
    if there := without_day(request):
        return there
    facts, shared = _facts(request, programme)
    hrefs = [tab["href"] for tab in _tabs(facts, "", shared["filters"])][1:]
    lines = [
        (page, href, page.made(facts, page.grouping(facts, "")))
        for page, href in zip(PAGES.values(), hrefs, strict=True)
    ]
    return _answer(request, {**shared, "result": "analysis/_findings.html", "lines": lines})


@require_safe
def analysis_page(request: SignedInRequest, programme: str, page: str) -> HttpResponse:
    """One question and its figures."""
    one = _page(page)
    if there := without_day(request):
        return there
    facts, shared = _facts(request, programme, page)
    by = one.grouping(facts, request.GET.get(one.asked_by, ""))
    more = {
        "result": "analysis/_figures.html",
        "page": one,
        "figures": one.made(facts, by),
        "groupings": [(key, word, key == by) for key, word in one.groupings(facts).items()],
    }
    return _answer(request, {**shared, **more})


@require_safe
def analysis_download(request: SignedInRequest, programme: str, page: str, figure: str, form: str) -> HttpResponseBase:
    """The numbers of one figure as a file, with the page's own filters."""
    one = _page(page)
    facts, shared = _facts(request, programme, page)
    if figure not in one.figures:
        raise Http404
    by = one.grouping(facts, request.GET.get(one.asked_by, ""))
    return download(one.figures[figure](facts, by).sheet(_chosen(facts, shared)), form, clock.now())


def _chosen(facts: Facts, shared: dict[str, Any]) -> list[tuple[str, str]]:
    """Which projects a figure is about: the programme, the day, and the filters that are set."""
    chosen = [
        (select.label, str(option.word))
        for select in shared["selects"]
        for option in select.options
        if option.is_chosen and option.value
    ]
    text = [(_("Søk i prosjekt eller kommune"), shared["filters"].text)] * bool(shared["filters"].text)
    return [(_("Program"), facts.programme.name), (_("Per"), formatting.day(facts.today)), *chosen, *text]


def _page(key: str) -> Page:
    if key not in PAGES:
        raise Http404
    return PAGES[key]


def _facts(request: SignedInRequest, slug: str, current: str = "") -> tuple[Facts, dict[str, Any]]:
    """What is known of the projects asked for, and what every page shows."""
    today = clock.today()
    programme = programme_for(request.user, slug, today)
    whole = portfolio(programme, today)
    filters = Filters.read(request.GET.dict()).among(offered(whole))
    rows = [row for row in whole.used if filters.matches(row)]
    facts = Facts(programme, rows, today)
    shared = {
        "programme": programme,
        "filters": filters,
        "selects": selects(whole, filters),
        "clear": filters.cleared(),
        "rows": rows,
        "total": len(whole.used),
        "tabs": _tabs(facts, current, filters),
        "crumbs": _crumbs(facts, current),
    }
    return facts, shared


def _tabs(facts: Facts, current: str, filters: Filters) -> list[dict[str, Any]]:
    """The room's pages, with the same filters."""
    query = filters.address(sort="", show_all="").removesuffix("?")
    slug = facts.programme.slug
    first = (_("Alle funn"), reverse("analysis", args=[slug]), "")
    more = [(page.title, reverse("analysis_page", args=[slug, key]), key) for key, page in PAGES.items()]
    return [{"label": word, "href": href + query, "current": key == current} for word, href, key in (first, *more)]


def _crumbs(facts: Facts, current: str) -> list[tuple[Any, str]]:
    slug = facts.programme.slug
    here = [(_("Oversikt"), reverse("dashboard", args=[slug])), (_("Analyse"), reverse("analysis", args=[slug]))]
    page = [(PAGES[current].title, reverse("analysis_page", args=[slug, current]))] if current else []
    return [*here, *page]


def _answer(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    """The page, or the part of it that a filter changes, at an address without what asks for nothing."""
    response = render_page(request, "analysis/analysis.html", "analysis/_answer.html", context)
    if wants_fragment(request):
        asked = {key: value for key, value in request.GET.dict().items() if value.strip()}
        response.headers["HX-Push-Url"] = request.path + (f"?{urlencode(asked)}" if asked else "")
    return response
