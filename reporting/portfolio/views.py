"""The adviser's page: where to help first, and the evidence behind a sign in the matrix."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.actor import SignedInRequest
from benefits.models import Concern
from benefits.wording import concern_sentence, rule_short
from projects.access import programme_for
from projects.models import Project
from reporting.portfolio import compare as comparison
from reporting.portfolio import figures, matrix
from reporting.portfolio.dates import Asked, asked, without_day
from reporting.portfolio.evidence import findings
from reporting.portfolio.filters import PITFALLS, DatedFilters, Filters
from reporting.portfolio.queries import portfolio, tried
from reporting.portfolio.reports import come_by, race, received
from reporting.portfolio.rows import Portfolio, ProjectRow
from reporting.portfolio.selects import offered, selects
from reporting.work.queries.warnings import Answer, answer_of
from saman import charts, clock, formatting
from saman.htmx import wants_fragment
from saman.kept import render_kept
from saman.sorting import norwegian
from saman.words import RESULTS

# The sign of a concern, by kind: what it is about at a glance; the sentence beside it says it in words.
CONCERN_ICONS = {"A": "ruler", "D": "person", "F": "tilbakefall"}

WEEKS = (-8, -4, -2, -1, 0, 1, 4)  # from the deadline: where the table says how many reports had come


@require_safe
def dashboard(request: SignedInRequest, programme: str) -> HttpResponse:
    """Where to help first: counts, the ranked list, pitfalls by project, the map, and how it has gone."""
    today = clock.today()
    found = programme_for(request.user, programme, today)
    what = asked(request, found, today)
    if there := _own_address(request, what):
        return HttpResponseClientRedirect(there) if wants_fragment(request) else redirect(there)
    title = _("Oversikt: %(name)s") % {"name": found.name}
    response = render_kept(
        request,
        "portfolio/dashboard.html",
        "portfolio/_answer.html",
        ("dashboard", found.pk),
        lambda: {
            "programme": found,
            "today": today,
            "day": what.day,
            "is_past": what.is_past,
            "past": what.day if what.is_past else None,
            "day_form": what.form,
            "back": request.path + what.filters.address(day="").removesuffix("?"),
            **_page(what.portfolio(found), what.filters, what.day or today, is_past=what.is_past),
        },
        {"title": f"{title}, {formatting.day(what.day)}" if what.is_past else title, "form": what.form},
        status=422 if what.form.errors else 200,
    )
    if wants_fragment(request):
        response.headers["HX-Push-Url"] = request.path + what.filters.address().removesuffix("?")
    return response


def _own_address(request: SignedInRequest, what: Asked) -> str:
    """The address of the page when it is another: with the day as an ISO date; and where a script has fetched only the
    part that filters change, and the day is new, of the whole page, which says the day in more places."""
    typed = request.GET.get("per", "").strip()
    address = what.filters.address(**({"day": typed} if what.day is None else {})).removesuffix("?")
    if wants_fragment(request):
        shown = parse_qs(urlsplit(request.htmx.current_url or "").query)  # type: ignore[attr-defined]
        return request.path + address if shown.get("per", [""])[0] != what.filters.day or what.form.errors else ""
    return request.path + address if what.day and typed != what.filters.day else ""


@require_safe
def compare(request: SignedInRequest, programme: str) -> HttpResponse:
    """Cohorts beside each other, and one year's end beside the next, of the projects the filters let through."""
    today = clock.today()
    found = programme_for(request.user, programme, today)
    if there := without_day(request):
        return there
    whole = portfolio(found, today)
    filters = Filters.read(request.GET.dict()).among(offered(whole))
    rows = [row for row in whole.used if filters.matches(row)]
    both = comparison.compared(rows, today)
    context = {
        "programme": found,
        "today": today,
        "filters": filters,
        "rows": rows,
        "cohorts": both.cohorts,
        "cohort_results": _result_lines(both.cohorts, both.results),
        "years": both.years,
        "year_results": _result_lines(both.years, both.results),
        "crumbs": [
            (_("Oversikt"), reverse("dashboard", args=[programme])),
            (_("Sammenlign"), request.path),
        ],
    }
    return render(request, "portfolio/compare.html", context)


def _result_lines(
    columns: Sequence[comparison.Column], shown: Sequence[str]
) -> list[tuple[str, list[tuple[int, int]]]]:
    """(result, (projects with it, of how many) in each column) for the results that are shown."""
    return [(result, [(column.results[result], column.projects) for column in columns]) for result in shown]


@require_safe
def evidence(request: SignedInRequest, programme: str, slug: str, rule: str) -> HttpResponse:
    """What a sign in the matrix rests on, opened under it; without htmx the project's page shows the same."""
    today = clock.today()
    found = programme_for(request.user, programme, today)
    project = get_object_or_404(Project.objects.filter(cohort__programme=found), slug=slug)
    if rule not in PITFALLS:
        raise Http404
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("project_overview", slug=slug)
    context = {
        "programme": found,
        "project": project,
        "rule": rule,
        "rule_title": rule_short(rule),
        "findings": findings(project, rule, today),
    }
    return render(request, "portfolio/_evidence.html", context)


def _page(whole: Portfolio, filters: DatedFilters, today: date, *, is_past: bool) -> dict[str, Any]:
    """Everything the page shows on a day, counted from the projects the filters let through."""
    filters = filters.among(offered(whole))
    rows = [row for row in whole.used if filters.matches(row)]
    unused = [row for row in whole.unused if filters.matches(row)]
    ranked, summary, everything = figures.ranked(rows), figures.summary(rows), figures.summary(whole.used)
    counties = _counties(whole, filters)
    return {
        "filters": filters,
        "selects": selects(whole, filters),
        "clear": filters.cleared(),
        "here": filters.address(day="").removesuffix("?"),
        "explore": filters.address(day="", sort="", show_all="").removesuffix("?"),
        "across_query": filters.only("county", "theme", "text"),
        "grants_query": filters.only("cohort", "text"),
        "queue_query": filters.only("text"),
        "headline": figures.headline(whole),
        "total": len(whole.used),
        "total_unused": len(whole.unused),
        "rows": rows,
        "unused": unused,
        "summary": summary,
        "as_of": everything.as_of,
        "computed_at": everything.computed_at,
        "is_same_day": everything.computed_at and localtime(everything.computed_at).date() == everything.as_of,
        "is_beginning": everything.is_beginning,
        "measured_share": summary.measured / summary.targets if summary.targets else None,
        "has_ledgers": everything.freed.ledgers > 0,
        "missing": summary.results.get("missing", 0),
        "levels": [(severity, summary.levels.get(severity, 0)) for severity in (4, 3, 2)],
        "round": whole.round,
        "round_before": whole.round_before,
        "reports": received(row.report for row in rows),
        "race": _race(whole, rows, today),
        "ranked": len(ranked),
        "all_address": filters.address(show_all="1"),
        "few_address": filters.address(show_all=""),
        "help": [_help(entry) for entry in figures.help_list(ranked, bool(filters.show_all))],
        "months": _months(rows, today),
        "columns": [column for column in matrix.columns(rows, filters) if not (is_past and column.key == "saker")],
        "lines": matrix.lines(rows, filters),
        "counties": counties,
        "map_results": Counter(row.result for entry in counties for row in entry["county"].rows),
        "county_lines": _by_name(counties),
    }


def _help(entry: figures.Help) -> dict[str, Any]:
    """A project an adviser may help, with its concerns in words, and what has been tried."""
    reasons = [_reason(concern) for concern in entry.reasons]
    return {"row": entry.row, "more": entry.more, "reasons": reasons}


def _reason(concern: Concern) -> tuple[str, str, Answer | None]:
    event = tried(concern)
    answer = answer_of(event, names=False) if event else None
    return CONCERN_ICONS.get(concern.kind, "ruler"), concern_sentence(concern), answer


def _race(whole: Portfolio, rows: list[ProjectRow], today: date) -> dict[str, Any]:
    """«Årsrapporter mottatt» day by day as a chart, and at some distances from the deadline as a table."""
    found = race(whole, rows)
    if found is None:
        return {}
    owed = received(row.report for row in rows).owed
    now, before = come_by(found.now, today), come_by(found.before, today)
    label = ngettext(
        "Mottatt av %(count)s rapport, dag for dag mot fristen %(due)s.",
        "Mottatt av %(count)s rapporter, dag for dag mot fristen %(due)s.",
        owed,
    )
    chart = charts.count_chart(
        found.now,
        found.before,
        first=found.first,
        last=found.last,
        until=today,
        due_on=found.due_on,
        most=max(owed, found.before_owed),
        label=label % {"count": formatting.number(owed), "due": formatting.day(found.due_on)},
    )
    days = [found.due_on + timedelta(weeks=weeks) for weeks in WEEKS]
    return {
        "chart": chart,
        "now": now,
        "before": before,
        "owed": owed,
        "before_owed": found.before_owed,
        "table": [(day, come_by(found.now, day) if day <= today else None, come_by(found.before, day)) for day in days],
    }


def _months(rows: list[ProjectRow], today: date) -> dict[str, Any]:
    """«Status over tid» as a chart and as a table, the results that occurred as columns."""
    months = figures.months(rows, today)
    if not months:
        return {}
    results = [result for result in RESULTS if any(month.results.get(result) for month in months)]
    label = _(
        "Stablede søyler: antall prosjekter etter status ved slutten av hver måned fra %(first)s til %(last)s."
    ) % {
        "first": formatting.month(months[0].on),
        "last": formatting.month(months[-1].on),
    }
    columns = [(f"{formatting.month_short(month.on)} {month.on.year}", month.results) for month in months]
    return {
        "first": months[0].on,
        "count": len(months),
        "chart": charts.stacked_columns(columns, label, height=320),
        "results": results,
        "table": [(month.on, [month.results.get(result, 0) for result in results]) for month in months],
        "now": months[-1].results,
    }


def county_lines(whole: Portfolio, filters: Filters) -> list[dict[str, Any]]:
    """The counties with projects, by name."""
    return _by_name(_counties(whole, filters))


def _by_name(counties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = (entry for entry in counties if entry["county"].rows)
    return sorted(shown, key=lambda entry: norwegian(entry["county"].tile.name))


def _counties(whole: Portfolio, filters: Filters) -> list[dict[str, Any]]:
    """The tiles: all counties also when one is chosen, so that another can be; the chosen one leads back to all."""
    anywhere = filters.without_county()
    rows = [row for row in whole.used if anywhere.matches(row)]
    made = []
    for entry in figures.county_tiles(whole, rows):
        is_chosen = entry.tile.number == filters.county
        address = filters.address(county="" if is_chosen else entry.tile.number)
        made.append({"county": entry, "is_chosen": is_chosen, "address": address})
    return made
