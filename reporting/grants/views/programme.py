"""The grants of a programme, for those who pay them out: as a page and as a table to take away."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from projects.access import watched_programme
from reporting.grants.programme import cohorts_of, lines_of, sums_of, wanted_of
from reporting.grants.readiness import Answer
from reporting.grants.sheets import grants_sheet
from reporting.grants.wording import ANSWERS
from saman import clock
from saman.sheets import download


@require_safe
def grants(request: SignedInRequest, programme: str) -> HttpResponse:
    """What each project is promised and paid, what remains, and what stands in the way."""
    today = clock.today()
    found = watched_programme(request.user, programme, today)
    every = lines_of(found, request.user, today)
    wanted = wanted_of(request.GET.dict(), every)
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
        "crumbs": [above, (pgettext("flere", "Tilskudd"), request.path)],
    }
    return render(request, "grants/programme.html", context)


@require_safe
def grants_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """The same lines to take away, as the filters let them through."""
    today = clock.today()
    found = watched_programme(request.user, programme, today)
    every = lines_of(found, request.user, today)
    wanted = wanted_of(request.GET.dict(), every)
    cohorts = {cohort.slug: cohort.name for cohort in cohorts_of(every)}
    words = (
        (_("Klart for utbetaling"), str(ANSWERS[Answer(wanted.answer)][0]) if wanted.answer else ""),
        (_("Pulje"), cohorts.get(wanted.cohort, wanted.cohort)),
        (_("Søk"), wanted.text),
    )
    filtered = [(label, word) for label, word in words if word]
    lines = [line for line in every if wanted.matches(line)]
    return download(grants_sheet(found, lines, filtered), form, clock.now())
