"""What freed time is used for: decided, corrected, taken back."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import allocations as actions
from benefits.actions.allocations import AllocationGone, CutAndRedeployed, OutsidePost, OverAllocated
from benefits.forms.freed_time import UseForm
from benefits.models import Allocation, FreedTimeVersion
from benefits.queries.freed_time import PostRow, ledger_of
from benefits.views.counting import ask_who_counts
from benefits.views.freed_time import done, frame, ledger_url
from benefits.wording.freed_time import cut_text, no_room_text, outside_text
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.htmx import by_button, redirect_after_post

FIELDS = ("use", "description", "amount", "starts_on", "ends_on", "reference", "decided_by", "decided_on")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str, post: int) -> HttpResponse:
    """Decide what a part of a post's time is used for; the form begins with all that is left."""
    today = clock.today()
    project, _roles = project_for(request.user, slug, Access.ALLOCATE, today)
    version = _version(project, post)
    row = _row(project, post)
    initial: dict[str, Any] = {"decided_on": today, "starts_on": max(version.starts_on, today)}
    initial |= {"amount": row.left_typed} if row.left_typed > 0 else {}
    form = UseForm(request.POST or None, version=version, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.allocate(by=actor_from(request), freed_time=version.freed_time, use=form.chosen())
        except AllocationGone:
            return _gone(request, project, post)
        except (OutsidePost, OverAllocated, CutAndRedeployed) as refused:
            _refuse(form, version, refused)
        else:
            ask_who_counts(request, project, f"freed_time:{version.freed_time_id}")
            return done(request, project, _("Bruken er ført."), post)
    return _page(request, project, row, form, _("Bestem hva tiden brukes til"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Correct a use; what it said before stays in the history."""
    project, allocation = _allocation(request, slug, pk)
    post = allocation.freed_time.number
    if allocation.superseded_at is not None:
        return _gone(request, project, post)
    version = _version(project, post)
    initial = {name: getattr(allocation, name) for name in FIELDS}
    form = UseForm(request.POST or None, version=version, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(by=actor_from(request), allocation=allocation, use=form.chosen())
        except AllocationGone:
            return _gone(request, project, post)
        except (OutsidePost, OverAllocated, CutAndRedeployed) as refused:
            _refuse(form, version, refused)
        else:
            ask_who_counts(request, project, f"freed_time:{version.freed_time_id}")
            return done(request, project, _("Bruken er rettet."), post)
    return _page(request, project, _row(project, post), form, _("Rett bruken"), allocation=allocation)


@by_button("freed_time", "slug")
def withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a use back: the time waits for a decision again."""
    project, allocation = _allocation(request, slug, pk)
    try:
        actions.withdraw(by=actor_from(request), allocation=allocation)
    except AllocationGone:
        return _gone(request, project, allocation.freed_time.number)
    return done(request, project, _("Bruken er trukket. Tiden er ikke disponert lenger."), allocation.freed_time.number)


def _allocation(request: SignedInRequest, slug: str, pk: int) -> tuple[Project, Allocation]:
    project, _roles = project_for(request.user, slug, Access.ALLOCATE, clock.today())
    rows = Allocation.objects.filter(freed_time__project=project).select_related("freed_time__project")
    return project, get_object_or_404(rows, pk=pk)


def _version(project: Project, post: int) -> FreedTimeVersion:
    rows = FreedTimeVersion.objects.live().filter(freed_time__project=project, withdrawn_on=None)
    return get_object_or_404(rows.select_related("freed_time", "benefit"), freed_time__number=post)


def _row(project: Project, post: int) -> PostRow:
    """The post as the ledger shows it."""
    return next(row for row in ledger_of(project, clock.today()).rows if row.version.freed_time.number == post)


def _refuse(form: UseForm, version: FreedTimeVersion, refused: Exception) -> None:
    """The refusal at the field it is about, with the numbers."""
    if isinstance(refused, OverAllocated):
        left = refused.left if refused.left > Decimal("0.0005") else Decimal(0)
        form.add_error("amount", no_room_text(version, refused.freed, refused.used, left))
    elif isinstance(refused, OutsidePost):
        form.add_error("starts_on", outside_text(refused))
    elif isinstance(refused, CutAndRedeployed):
        form.add_error("use", cut_text(refused))


def _gone(request: SignedInRequest, project: Project, post: int) -> HttpResponse:
    messages.warning(request, _("Noen andre har endret dette i mellomtiden. Ingenting er lagret."))
    return redirect_after_post(request, ledger_url(project, post))


def _page(
    request: SignedInRequest,
    project: Project,
    row: PostRow,
    form: UseForm,
    heading: str,
    allocation: Allocation | None = None,
) -> HttpResponse:
    context = {
        "project": project,
        "row": row,
        "form": form,
        "heading": heading,
        "allocation": allocation,
        **frame(project, heading, request.path),
    }
    return render(request, "freed_time/use.html", context, status=422 if request.method == "POST" else 200)
