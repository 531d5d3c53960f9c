"""The grants of a programme, for those who pay them out: as a page and as a table for a spreadsheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from projects.access import watched_programme
from reporting.grants.export import write_grants
from reporting.grants.programme import Wanted, cohorts_of, lines_of, sums_of
from reporting.grants.wording import ANSWERS
from saman import clock


@require_safe
def grants(request: SignedInRequest, programme: str) -> HttpResponse:
    """What each project is promised and paid, what remains, and what stands in the way."""
    today = clock.today()
    found = watched_programme(request.user, programme, today)
    every, wanted = lines_of(found, request.user, today), Wanted.read(request.GET.dict())
    lines = [line for line in every if wanted.matches(line)]
    above = (
        (_("Oppsett"), reverse("setup"))
        if request.user.is_administrator
        else (found.name, reverse("dashboard", args=[programme]))
    )
    context = {
        "programme": found,
        "today": today,
        "lines": lines,
        "every": len(every),
        "sums": sums_of(lines),
        "wanted": wanted,
        "answers": [(answer.value, word) for answer, (word, _colour, _icon) in ANSWERS.items()],
        "cohorts": cohorts_of(every),
        "is_administrator": request.user.is_administrator,
        "crumbs": [above, (_("Tilskudd"), request.path)],
    }
    return render(request, "grants/programme.html", context)


@require_safe
def grants_csv(request: SignedInRequest, programme: str) -> HttpResponse:
    """The same lines for a spreadsheet, as the filters let them through."""
    today = clock.today()
    found = watched_programme(request.user, programme, today)
    wanted = Wanted.read(request.GET.dict())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-tilskudd.csv"'
    write_grants(response, [line for line in lines_of(found, request.user, today) if wanted.matches(line)])
    return response
