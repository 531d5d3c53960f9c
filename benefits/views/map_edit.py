"""Changing the benefit map: boxes and lines, by ordinary forms."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import maps as actions
from benefits.actions.maps import LinePlan
from benefits.forms.maps import (
    ASSUMED,
    DOCUMENTED,
    BoxChangeForm,
    BoxForm,
    LineChangeForm,
    NewLineForm,
    OriginForm,
    VersionedForm,
    ahead_of,
)
from benefits.models import MapLink, MapNode
from benefits.queries.benefit_map import BenefitMap, MapLine, benefit_map, over_allocated
from benefits.queries.map_choices import free_to_show
from benefits.views.maps import frame
from benefits.wording.maps import link_word, share_word
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.htmx import redirect_after_post

METHODS = ("GET", "HEAD", "POST")


@require_http_methods(METHODS)
def box_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a box."""
    project = _writable(request, slug)
    if project.followed_since is None:
        return render(request, "benefits/not_followed.html", {"project": project, **frame(request, project)})
    form = BoxForm(request.POST or None, free=free_to_show(project))
    if request.method == "POST" and form.is_valid():
        try:
            node = actions.add(by=actor_from(request), project=project, plan=form.plan())
            return _done(request, project, _("Boksen er lagt til."), node.pk)
        except (actions.OnTheMap, actions.NotForThisKind):
            form.add_error("shows", _("En annen boks viser dette allerede. Velg noe annet."))
    return _form(request, project, form, _("Ny boks"), _("Legg til boks"))


@require_http_methods(METHODS)
def box_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Give a box another name, or let it show something the project has."""
    project = _writable(request, slug)
    node = _box(request, project, pk)
    box = _read(project).boxes.get(node.pk) if node.refers_since else None
    shown = (box.shows or box.title) if box else ""
    free = [] if node.refers_since else free_to_show(project, actions.SHOWS[node.kind])
    start = {"title": node.title, "version": node.version}
    form = BoxChangeForm(request.POST or None, free=free, shown=shown, initial=start)
    more: dict[str, Any] = {"removable": node, "shown_at": box.address if box else ""}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said = {"version": data["version"], "title": data["title"], "refers_to": form.shown()}
        try:
            actions.change(by=actor_from(request), node=node, **said)
            return _done(request, project, _("Endringen er lagret."), node.pk)
        except actions.StaleBox as stale:
            again = {**request.POST.dict(), "version": str(stale.current.version)}
            typed = BoxChangeForm(again, free=free, shown=shown)
            changes = [(typed.fields["title"].label, stale.current.title, data["title"])]
            more |= {"stale": _stale(stale.current, changes), "status": 409}
            return _form(request, project, typed, _("Endre boks"), _("Lagre"), **more)
        except (actions.OnTheMap, actions.NotForThisKind):
            form.add_error("shows", _("En annen boks viser dette allerede. Velg noe annet."))
    return _form(request, project, form, _("Endre boks"), _("Lagre"), **more)


@require_http_methods(METHODS)
def box_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a box off the map, after a question."""
    project = _writable(request, slug)
    node = _box(request, project, pk)
    box = _read(project).boxes.get(node.pk)
    form = VersionedForm(request.POST or None, initial={"version": node.version})
    more: dict[str, Any] = {"box": box, "is_removal": True}
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove(by=actor_from(request), node=node, version=form.cleaned_data["version"])
            return _done(request, project, _("Boksen er tatt ut av kartet."))
        except actions.StaleBox as stale:
            form = VersionedForm(initial={"version": stale.current.version})
            more |= {"stale": _stale(stale.current, []), "status": 409}
    return _form(request, project, form, _("Ta boksen ut av kartet"), _("Ta ut av kartet"), **more)


@require_http_methods(METHODS)
def link_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a line in two steps: where it begins, then where it leads."""
    project = _writable(request, slug)
    read = _read(project)
    asked = request.GET.get("fra", "")
    if not asked:
        return _form(request, project, OriginForm(read=read), _("Ny sammenheng"), _("Videre"), method="get")
    origin = read.boxes.get(int(asked) if asked.isdecimal() and len(asked) < 12 else 0)
    if origin is None:
        raise Http404
    ahead = ahead_of(read, origin)
    form = NewLineForm(request.POST or None, ahead=ahead)
    if request.method == "POST" and form.is_valid():
        leads_to = read.boxes[int(form.cleaned_data["til"])].node
        try:
            actions.link(by=actor_from(request), origin=origin.node, leads_to=leads_to, plan=form.line())
            _ask_about_shares(request, project, leads_to)
            return _done(request, project, _("Sammenhengen er lagt til."), origin.id)
        except (actions.LinkedAlready, actions.StaleBox):
            form.add_error("til", _("Kartet har endret seg i mellomtiden. Velg på nytt."))
    more: dict[str, Any] = {"box": origin, "nothing_ahead": not ahead}
    return _form(request, project, form, _("Ny sammenheng"), _("Legg til sammenheng"), **more)


@require_http_methods(METHODS)
def link_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Say something else of a line."""
    project = _writable(request, slug)
    link, line = _line(request, project, pk)
    known = DOCUMENTED if link.is_documented else ASSUMED
    start = {"known": known, "share": link.share, "note": link.note, "version": link.version}
    form = LineChangeForm(request.POST or None, initial=start)
    more: dict[str, Any] = {"line": line}
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.change_link(by=actor_from(request), link=link, version=version, plan=form.line())
            _ask_about_shares(request, project, link.leads_to)
            return _done(request, project, _("Endringen er lagret."), link.origin_id)
        except actions.StaleLine as stale:
            now = stale.current
            changes = _line_changes(form, LinePlan(now.is_documented, now.share, now.note))
            form = LineChangeForm({**request.POST.dict(), "version": str(now.version)})
            more |= {"stale": _stale(now, changes), "status": 409}
    return _form(request, project, form, _("Endre sammenheng"), _("Lagre"), **more)


@require_http_methods(METHODS)
def link_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a line off the map, after a question."""
    project = _writable(request, slug)
    link, line = _line(request, project, pk)
    form = VersionedForm(request.POST or None, initial={"version": link.version})
    more: dict[str, Any] = {"line": line, "is_removal": True}
    if request.method == "POST" and form.is_valid():
        try:
            actions.unlink(by=actor_from(request), link=link, version=form.cleaned_data["version"])
            return _done(request, project, _("Sammenhengen er tatt ut av kartet."), link.origin_id)
        except actions.StaleLine as stale:
            form = VersionedForm(initial={"version": stale.current.version})
            more |= {"stale": _stale(stale.current, []), "status": 409}
    return _form(request, project, form, _("Ta sammenhengen ut av kartet"), _("Ta ut av kartet"), **more)


def _ask_about_shares(request: SignedInRequest, project: Project, box: MapNode) -> None:
    """Say beside what was just saved that the lines to a box stand for more than the whole of it."""
    for over in over_allocated([project.pk]).filter(pk=box.pk):
        told: int = over.told  # type: ignore[attr-defined]
        words = _("Det som fører til boksen, står nå for %(share)s til sammen. Se over bidragene.")
        messages.warning(request, words % {"share": share_word(told)})


def _writable(request: SignedInRequest, slug: str) -> Project:
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    return project


def _read(project: Project) -> BenefitMap:
    return benefit_map(project, clock.today(), is_inside=True)


def _box(request: SignedInRequest, project: Project, pk: int) -> MapNode:
    """A box of the project's; one that is off the map only for those who had it open."""
    rows = project.map_nodes.all() if request.method == "POST" else project.map_nodes.live()
    return get_object_or_404(rows, pk=pk)


def _line(request: SignedInRequest, project: Project, pk: int) -> tuple[MapLink, MapLine | None]:
    """A line of the project's, and its place on the map; one that is off it only for those who had it open."""
    rows = project.map_links.all() if request.method == "POST" else project.map_links.live()
    link = get_object_or_404(rows, pk=pk)
    return link, next((line for line in _read(project).lines if line.link.pk == pk), None)


def _stale(current: MapNode | MapLink, changes: list[tuple[Any, Any, Any]]) -> dict[str, Any]:
    """What somebody else has done: taken it off the map, or (field, what it says now, what was typed)."""
    differing = [(label, now, typed) for label, now, typed in changes if now != typed]
    return {"is_gone": current.removed_at is not None, "changes": differing}


def _line_changes(form: LineChangeForm, now: LinePlan) -> list[tuple[Any, Any, Any]]:
    typed = form.line()
    return [
        (form.fields["known"].label, link_word(now.is_documented), link_word(typed.is_documented)),
        (form.fields["share"].label, share_word(now.share), share_word(typed.share)),
        (form.fields["note"].label, now.note, typed.note),
    ]


def _form(
    request: SignedInRequest,
    project: Project,
    form: forms.Form | None,
    heading: str,
    button: str,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    """A page with one form, or with what is to be said where nothing can be typed."""
    context = {
        "project": project,
        "form": form,
        "heading": heading,
        "button": button,
        **frame(request, project, heading),
    }
    status = status or (422 if request.method == "POST" else 200)
    return render(request, "maps/form.html", context | more, status=status)


def _done(request: SignedInRequest, project: Project, text: str, box: int | None = None) -> HttpResponse:
    """Back to the map, with the box chosen and a word about what was stored."""
    messages.success(request, text)
    chosen = f"?boks={box}" if box else ""
    return redirect_after_post(request, reverse("benefit_map", args=[project.slug]) + chosen)
