"""Public pages: the catalogue as it is, and approved results only."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from benefits.engine.thresholds import DEFAULT
from benefits.programme_thresholds import thresholds_on
from projects.models import Programme
from reporting.public.filters import choices, filters_from
from reporting.public.how import page_of
from reporting.public.queries import grouped, listed_projects, summaries, themes_in
from reporting.public.results import headline, results_of
from reporting.public.tile_map import tiles
from saman import clock
from saman.htmx import render_page, wants_fragment


@login_not_required
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
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All projects, also those nobody uses yet, by what the address asks for."""
    everything = listed_projects(_place_names_on())
    filters = filters_from(request.GET)
    found = [item for item in everything if filters.has(item)]
    context = {
        "filters": filters,
        "choices": choices(everything),
        "groups": grouped(found),
        "found": len(found),
        "total": len(everything),
    }
    response = render_page(request, "public/catalogue.html", "public/_results.html", context)
    if wants_fragment(request):
        query = filters.query()
        response["HX-Push-Url"] = reverse("catalogue") + (f"?{query}" if query else "")
    return response


@login_not_required
@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project as the public sees it."""
    found = listed_projects(_place_names_on(), slug)
    if not found:
        raise Http404
    one = found[0].project
    return render(request, "public/project.html", {"item": found[0], "project": one, "results": results_of(one)})


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the programmes are, and why the numbers of a source and of the catalogue may differ."""
    programmes = list(Programme.objects.prefetch_related("ministry_names", "cohorts").order_by("name"))
    listed = listed_projects(_place_names_on())
    context = {"summaries": summaries(programmes, listed)}
    return render(request, "public/about.html", context)


@login_not_required
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
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "public/accessibility.html", {"contact": settings.CONTACT_EMAIL})


def _place_names_on() -> date:
    """Place names are real in a demonstration too, so they follow the real calendar, not the shown one."""
    return clock.real_now().date()
