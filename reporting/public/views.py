"""Public pages: the catalogue as it is, and approved results only."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from benefits.engine.thresholds import DEFAULT
from benefits.programme_thresholds import thresholds_on
from projects.models import Programme
from reporting.annual.access import round_key
from reporting.annual.documents.public_pdf import public_pdf
from reporting.annual.integrity import is_as_published
from reporting.annual.models import Published, Round
from reporting.annual.public_version import shown
from reporting.annual.reading import outcomes
from reporting.public.filters import Filters, choices
from reporting.public.how import page_of
from reporting.public.lessons import Filters as LessonFilters
from reporting.public.lessons import lessons_page
from reporting.public.places import place_page
from reporting.public.queries import grouped, listed_projects, summaries, themes_in
from reporting.public.reported import reported as who_has_reported
from reporting.public.reported import round_to_open, rounds_shown
from reporting.public.results import headline, public_reports, results_of
from reporting.public.sheets import catalogue_sheet, reported_sheet
from reporting.public.tile_map import tiles
from reporting.public.verification import VerifyForm
from saman import clock
from saman.canonical import parse
from saman.htmx import render_page, wants_fragment
from saman.kept import same_for_everybody
from saman.sheets import download


@login_not_required
@same_for_everybody
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page: of the one programme, or a list where there are several."""
    programmes = list(Programme.objects.prefetch_related("themes", "cohorts").order_by("name"))
    listed = listed_projects(_place_names_on())
    context: dict[str, Any] = {"summaries": summaries(programmes, listed), "choices": choices(listed)}
    if len(programmes) != 1:
        return render(request, "public/programmes.html", context)
    [programme] = programmes
    starts = [cohort.starts_on for cohort in programme.cohorts.all()]
    context |= {
        "summary": context["summaries"][0],
        "tiles": tiles(listed, max(starts, default=clock.today())),
        "themes": themes_in(listed, programme.themes.all()),
        "without_theme": sum(not item.themes for item in listed),
        "headline": headline(programme, [item.project for item in listed]),
    }
    return render(request, "public/front.html", context)


@login_not_required
@same_for_everybody
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All projects, also those nobody uses yet, by what the address asks for."""
    everything = listed_projects(_place_names_on())
    offered = choices(everything)
    filters = Filters.read(request.GET.dict()).among(offered.values)
    found = [item for item in everything if filters.has(item)]
    context = {
        "filters": filters,
        "choices": offered,
        "groups": grouped(found),
        "found": len(found),
        "total": len(everything),
    }
    response = render_page(request, "public/catalogue.html", "public/_results.html", context)
    if wants_fragment(request):
        response["HX-Push-Url"] = reverse("catalogue") + filters.address().removesuffix("?")
    return response


@login_not_required
@require_safe
def catalogue_download(request: HttpRequest, form: str) -> HttpResponseBase:
    """The catalogue by what the address asks for, to take away."""
    everything = listed_projects(_place_names_on())
    offered = choices(everything)
    filters = Filters.read(request.GET.dict()).among(offered.values)
    shown = (item for group in grouped([item for item in everything if filters.has(item)]) for item in group.projects)
    return download(catalogue_sheet(shown, filters, offered), form, clock.now())


@login_not_required
@same_for_everybody
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """What was learned, from the public sections of approved reports."""
    asked = LessonFilters.read(request.GET.dict())
    found = lessons_page(asked)
    filters = asked.among({"theme": {key for key, _word, _count in found.themes}})
    if filters != asked:
        found = lessons_page(filters)
    context = {
        "filters": filters,
        "found": found,
        "themes": [(key, f"{word} ({count})") for key, word, count in found.themes],
        "outcomes": outcomes(),
        "newer": filters.address(page=str(found.page - 1)) if found.page > 1 else "",
        "older": filters.address(page=str(found.page + 1)) if found.page < found.pages else "",
    }
    return render(request, "public/lessons.html", context)


@login_not_required
@same_for_everybody
@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project as the public sees it."""
    found = listed_projects(_place_names_on(), slug)
    if not found:
        raise Http404
    one = found[0].project
    context = {"item": found[0], "project": one, "results": results_of(one), "reports": public_reports(slug)}
    return render(request, "public/project.html", context)


@login_not_required
@same_for_everybody
@require_safe
def municipality(request: HttpRequest, place: str) -> HttpResponse:
    """One municipality, by a number it has or has had, as the public sees it."""
    found = place_page(place, _place_names_on())
    if found is None:
        raise Http404
    return render(request, "public/municipality.html", {"place": found})


@login_not_required
@same_for_everybody
@require_safe
def report(request: HttpRequest, slug: str, published: str) -> HttpResponse:
    """The public version of an approved report."""
    found = _published(slug, published)
    if not is_as_published(found):
        return _withheld(request, found)
    context = {
        **shown(parse(found.contents)),
        "project": found.project,
        "pdf": reverse("public_report_pdf", args=[slug, published]),
    }
    return render(request, "public/report.html", context)


@login_not_required
@require_safe
def report_pdf(request: HttpRequest, slug: str, published: str) -> HttpResponse:
    """The same as PDF."""
    found = _published(slug, published)
    if not is_as_published(found):
        return _withheld(request, found)
    content = public_pdf(parse(found.contents), found.sha256, is_demo=settings.DEMO)
    name = f'attachment; filename="{slug}-{published}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


@login_not_required
@same_for_everybody
@require_safe
def reported(request: HttpRequest, programme: str) -> HttpResponse:
    """Who has reported in a round of a programme: the one the address asks for, or the newest with a report."""
    found = get_object_or_404(Programme, slug=programme)
    today = clock.today()
    rounds, chosen = _rounds(found, request, today)
    context = {
        "programme": found,
        "today": today,
        "tabs": [{"label": str(row), "href": f"?runde={at}", "current": row == chosen} for at, row in rounds.items()],
        "reported": who_has_reported(chosen, listed_projects(_place_names_on())) if chosen else None,
    }
    return render(request, "public/reported.html", context)


@login_not_required
@require_safe
def reported_download(request: HttpRequest, programme: str, form: str) -> HttpResponseBase:
    """The same to take away."""
    _all, chosen = _rounds(get_object_or_404(Programme, slug=programme), request, clock.today())
    found = who_has_reported(chosen, listed_projects(_place_names_on())) if chosen else None
    return download(reported_sheet(found), form, clock.now())


@login_not_required
@same_for_everybody
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the programmes are, and why the numbers of a source and of the catalogue may differ."""
    programmes = list(Programme.objects.prefetch_related("ministry_names", "cohorts").order_by("name"))
    listed = listed_projects(_place_names_on())
    context = {"summaries": summaries(programmes, listed)}
    return render(request, "public/about.html", context)


@login_not_required
@same_for_everybody
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How verdicts are made, with the numbers of one programme: the only one, or the one the address names."""
    programmes = list(Programme.objects.order_by("name"))
    wanted = request.GET.get("program")
    chosen = next((p for p in programmes if p.slug == wanted or len(programmes) == 1), None)
    thresholds = thresholds_on([chosen.pk], clock.today())[chosen.pk] if chosen else DEFAULT
    context = {"programmes": programmes, "chosen": chosen, **page_of(thresholds)}
    return render(request, "how/page.html", context)


@login_not_required
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a receipt is one of ours, for anyone who holds one."""
    form = VerifyForm(request.GET if "nummer" in request.GET else None)
    is_asked = form.is_bound and form.is_valid()
    context = {"form": form, "is_asked": is_asked, "found": form.verified() if is_asked else None}
    return render(request, "public/verify.html", context, status=422 if form.errors else 200)


@login_not_required
@same_for_everybody
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about people."""
    cookies = {
        "session": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "language": settings.LANGUAGE_COOKIE_NAME,
        "messages": CookieStorage.cookie_name,
    }
    return render(request, "public/privacy.html", {"cookies": cookies, "contact": settings.CONTACT_EMAIL})


@login_not_required
@same_for_everybody
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "public/accessibility.html", {"contact": settings.CONTACT_EMAIL})


def _rounds(programme: Programme, request: HttpRequest, today: date) -> tuple[dict[str, Round], Round | None]:
    """The rounds by their keys, and the one the address asks for, or the newest with a report."""
    rounds = {round_key(row): row for row in rounds_shown(programme.pk, today)}
    return rounds, rounds.get(request.GET.get("runde", "")) or round_to_open(list(rounds.values()))


def _published(slug: str, key: str) -> Published:
    """The public version of a project's report in a round, by the round's key."""
    found = next((row for row, found_key in public_reports(slug) if found_key == key), None)
    if found is None:
        raise Http404
    return found


def _withheld(request: HttpRequest, found: Published) -> HttpResponse:
    """What is stored is not what was published: it is not shown as if it were."""
    return render(request, "public/withheld.html", {"project": found.project}, status=503)


def _place_names_on() -> date:
    """Place names are real in a demonstration too, so they follow the real calendar, not the shown one."""
    return clock.real_now().date()
