"""What is counted twice in a project, and who counts: seen, decided, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import counting as actions
from benefits.actions.counting import AlreadyTakenBack, CountsForOthers, NotDouble
from benefits.counting import doubles_of
from benefits.forms.counting import GiveWayForm
from benefits.navigation import project_crumbs, project_tabs
from benefits.queries.counting import Counting, counting_of
from benefits.wording import cause_title
from projects.access import is_inside, may, project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.htmx import by_button, redirect_after_post


@require_safe
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every pair that counts the same, every box beyond the whole, and what has been decided."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    found = counting_of(project, request.user, today)
    return _page(request, project, found, may_decide=may(roles, Access.ANSWER), names=is_inside(roles))


@by_button("counting", "slug")
def decide(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let one of two claims give way to the other."""
    today = clock.today()
    project, _roles = project_for(request.user, slug, Access.ANSWER, today)
    found = counting_of(project, request.user, today)
    asked = {request.POST.get("claim"), request.POST.get("other")}
    place = next((n for n, pair in enumerate(found.pairs) if asked == {pair.claim.source, pair.other.source}), None)
    if place is None:
        return _settled(request, project)
    form = _form(found, place, request.POST)
    if not form.is_valid():
        return _page(request, project, found, may_decide=True, refused=(place, form), status=422)
    try:
        actions.count_elsewhere(by=actor_from(request), project=project, **form.decided())
    except NotDouble:
        return _settled(request, project)
    except CountsForOthers:
        words = _(
            "Det er bestemt at noe annet telles her. Ta den avgjørelsen tilbake først, ellers blir det ikke talt noe "
            "sted."
        )
        form.add_error("reason", words)
        return _page(request, project, found, may_decide=True, refused=(place, form), status=422)
    messages.success(request, _("Det er bestemt hvem som teller."))
    return redirect_after_post(request, reverse("counting", args=[slug]))


@by_button("counting", "slug")
def take_back(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Count it here again."""
    project, _roles = project_for(request.user, slug, Access.ANSWER, clock.today())
    decision = get_object_or_404(project.counted_elsewhere.all(), pk=pk)
    try:
        actions.count_here_again(by=actor_from(request), decision=decision)
    except AlreadyTakenBack:
        messages.info(request, _("Avgjørelsen er allerede tatt tilbake."))
    else:
        messages.success(request, _("Avgjørelsen er tatt tilbake. Begge teller igjen."))
    return redirect_after_post(request, reverse("counting", args=[slug]))


def ask_who_counts(request: SignedInRequest, project: Project, source: str) -> None:
    """Say beside what was just saved that something else counts the same; saved it is all the same."""
    for one in doubles_of(project, clock.today()):
        if source in (one.claim.source, one.other.source):
            names = {"claim": one.claim.name, "other": one.other.name}
            words = _("%(claim)s og %(other)s ser ut til å telle det samme.") % names
            page = reverse("counting", args=[project.slug])
            link = format_html('<a class="ds-link" href="{}">{}</a>', page, _("Bestem hvem som teller"))
            messages.warning(request, format_html("{} {}", words, link))


def _settled(request: SignedInRequest, project: Project) -> HttpResponse:
    messages.info(request, _("De to telles ikke lenger dobbelt. Noen har bestemt det, eller endret en av dem."))
    return redirect_after_post(request, reverse("counting", args=[project.slug]))


def _form(found: Counting, place: int, data: Any = None) -> GiveWayForm:
    return GiveWayForm(data, pair=found.pairs[place], auto_id=f"par{place + 1}_%s")


def _page(
    request: SignedInRequest,
    project: Project,
    found: Counting,
    *,
    may_decide: bool,
    names: bool = True,
    refused: tuple[int, GiveWayForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = {place: _form(found, place) for place in range(len(found.pairs))}
    forms |= dict([refused]) if refused else {}
    heading = _("Telt én gang")
    context = {
        "project": project,
        "heading": heading,
        "form": refused[1] if refused else None,
        "pairs": [(place + 1, pair, cause_title(pair.cause), forms[place]) for place, pair in enumerate(found.pairs)],
        "boxes": found.boxes,
        "settled": found.settled,
        "names": names,
        "may_decide": may_decide and project.followed_since is not None,
        "crumbs": project_crumbs(project, (heading, request.path)),
        "tabs": project_tabs(project, "plan"),
    }
    return render(request, "counting/counting.html", context, status=status)
