"""Continuation of a project: what is left if somebody goes, and handing it over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import NotAllowed, SignedInRequest, actor_from
from benefits.actions import handovers as actions
from benefits.actions.handovers import HandoverAnswered, HandoverGone, HandoverHeld
from benefits.forms.handovers import DeclineForm, HandoverForm
from benefits.handover_facts import receivers
from benefits.models import HandoverRecord
from benefits.navigation import project_crumbs, project_tabs
from benefits.open_points import live_roles
from benefits.queries.continuation import decision_of, undecided_warning, without_line_owner
from benefits.queries.handovers import Leaver, declined_for, handover_of, handover_row, handover_rows, leaver, leavers
from projects.access import is_inside, may, project_for, roles_in
from projects.models import Project
from projects.roles import Access, Role
from projects.views.pages import sent
from saman import clock
from saman.htmx import by_button, redirect_after_post


@require_safe
def continuation(request: SignedInRequest, slug: str) -> HttpResponse:
    """Whether the benefits go on when people and project end."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    context = {
        "project": project,
        "today": today,
        "may_hand_over": may(roles, Access.ANSWER),
        "decision": decision_of(project),
        "case": undecided_warning(project) if is_inside(roles) else None,
        "unowned": without_line_owner(project) if is_inside(roles) else None,
        "may_decide": may(roles, Access.SIGN),
        "may_write": may(roles, Access.WRITE),
        "people": leavers(project, roles, today),
        "handovers": handover_rows(project, request.user, roles),
        **frame(project),
    }
    return render(request, "benefits/continuation.html", context)


@require_safe
def leaving(request: SignedInRequest, slug: str, person: int) -> HttpResponse:
    """«Hvis X slutter»: from the person's roles to the points and the targets nobody would carry."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    one = _leaver(project, person, roles)
    heading = _("Hvis %(name)s slutter") % {"name": one.person.name}
    context = {
        "project": project,
        "today": today,
        "leaver": one,
        "heading": heading,
        "may_hand_over": may(roles, Access.ANSWER),
        **frame(project, (heading, request.path)),
    }
    return render(request, "benefits/leaving.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def handover_new(request: SignedInRequest, slug: str, person: int) -> HttpResponse:
    """Record who takes over what one person carries."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.ANSWER, today)
    one = _leaver(project, person, roles)
    others = {row.person_id: row.person for row in live_roles(project, today) if row.person_id != person}
    points = [point for point in one.points if not point.is_done]
    initial = {"on": max(one.ends_on or today, today)}
    form = HandoverForm(sent(request), people=others.values(), points=points, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            plan = form.plan(person)
            made = form.attempt(lambda: actions.hand_over(by=actor_from(request), project=project, plan=plan))
            if made:
                messages.success(request, _("Overleveringen er registrert. De som overtar, må godta den."))
                return redirect_after_post(request, reverse("handover", args=[slug, made.pk]))
            status = 409 if form.non_field_errors() else 422
    heading = _("Overlevering fra %(name)s") % {"name": one.person.name}
    context = {"project": project, "form": form, "leaver": one, "heading": heading, "has_others": bool(others)}
    return render(
        request, "benefits/handover_form.html", context | frame(project, (heading, request.path)), status=status
    )


@require_safe
def handover(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One handover: what, to whom, and who has said yes. Those who receive may read it before their role begins."""
    record, roles = _handover(request, slug, pk)
    return _show(request, record, roles, DeclineForm())


def _show(
    request: SignedInRequest, record: HandoverRecord, roles: frozenset[Role], form: DeclineForm, status: int = 200
) -> HttpResponse:
    heading = _("Overlevering fra %(name)s") % {"name": record.from_person.name}
    row = handover_row(record, request.user, roles)
    is_asked = bool(row.declined) and may(roles, Access.ANSWER)
    context = {
        "project": record.project,
        "row": row,
        "heading": heading,
        "form": form,
        "is_open_again": is_asked and declined_for(record.from_person).filter(pk=record.pk).exists(),
    }
    inside = may(roles, Access.READ)
    around = frame(record.project, (heading, request.path)) if inside else {"crumbs": [(heading, request.path)]}
    return render(request, "benefits/handover.html", context | around | {"is_reader": inside}, status=status)


@by_button("handover", "slug", "pk")
def handover_accept(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A receiver says yes."""
    record, _roles = _handover(request, slug, pk)
    try:
        actions.accept(by=actor_from(request), handover=record)
    except NotAllowed:
        messages.warning(request, _("Bare de som overtar, kan godta overleveringen."))
    except HandoverGone:
        return _gone(request, slug)
    except HandoverAnswered:
        messages.warning(request, _("Du har alt takket nei. Be om en ny overlevering hvis du kan overta likevel."))
    else:
        messages.success(request, _("Du har godtatt overleveringen. Det du overtar, er ditt fra i dag."))
    return redirect_after_post(request, reverse("handover", args=[slug, pk]))


@by_button("handover", "slug", "pk")
def handover_decline(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A receiver says no, and why."""
    record, roles = _handover(request, slug, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, record, roles, form, status=422)
    try:
        actions.decline(by=actor_from(request), handover=record, reason=form.cleaned_data["reason"])
    except NotAllowed:
        messages.warning(request, _("Bare de som overtar, kan svare på overleveringen."))
    except HandoverGone:
        return _gone(request, slug)
    except HandoverAnswered:
        messages.warning(request, _("Du har alt godtatt overleveringen."))
    else:
        messages.success(request, _("Du har takket nei. De som skal finne en annen, ser hvorfor."))
    return redirect_after_post(request, reverse("handover", args=[slug, pk]))


@by_button("handover", "slug", "pk")
def handover_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a handover back before anybody has said yes."""
    project, _roles = project_for(request.user, slug, Access.ANSWER, clock.today())
    record = project.handovers.filter(pk=pk).first()
    if record is None:
        raise Http404
    try:
        actions.withdraw(by=actor_from(request), handover=record)
    except HandoverGone:
        return _gone(request, slug)
    except HandoverHeld:
        messages.warning(request, _("Noen har alt godtatt overleveringen. Lag heller en ny for det som er endret."))
        return redirect_after_post(request, reverse("handover", args=[slug, pk]))
    messages.success(request, _("Overleveringen er trukket."))
    return redirect_after_post(request, reverse("continuation", args=[slug]))


def _handover(request: SignedInRequest, slug: str, pk: int) -> tuple[HandoverRecord, frozenset[Role]]:
    """A handover that stands, for the project's readers and for those who receive something."""
    record = handover_of(slug, pk)
    if record is not None and request.user.pk in receivers(record):
        return record, roles_in(request.user, record.project, clock.today())
    _project, roles = project_for(request.user, slug, Access.READ, clock.today())
    if record is None:
        raise Http404
    return record, roles


def _gone(request: SignedInRequest, slug: str) -> HttpResponse:
    messages.warning(request, _("Overleveringen er alt trukket."))
    return redirect_after_post(request, reverse("continuation", args=[slug]))


def _leaver(project: Project, person: int, roles: frozenset[Role]) -> Leaver:
    one = leaver(project, person, roles, clock.today())
    if one is None:
        raise Http404
    return one


def frame(project: Project, *here: tuple[str, str]) -> dict[str, Any]:
    """Where one is: the way down, and the project's tabs."""
    below = [(_("Videreføring"), reverse("continuation", args=[project.slug])), *here]
    return {"crumbs": project_crumbs(project, *below), "tabs": project_tabs(project, "continuation")}
