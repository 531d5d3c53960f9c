"""An administrator sees and changes a programme's own thresholds, after seeing what a change would do."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.actions.thresholds import change_threshold
from benefits.engine.thresholds import SPECS
from benefits.forms.thresholds import DefaultForm, ThresholdForm
from benefits.queries.thresholds import by_subject, one, rows_of
from benefits.threshold_trial import try_threshold
from benefits.threshold_words import group_shown, row_shown, threshold_shown
from projects.models import Programme
from projects.views.pages import Crumb, administrator_only, crumbs, form_page, sent
from saman import clock
from saman.htmx import redirect_after_post

read_and_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@administrator_only
def thresholds(request: SignedInRequest, programme: str) -> HttpResponse:
    """Every threshold of a programme, grouped by what it is about, and the latest changes."""
    found = get_object_or_404(Programme, slug=programme)
    groups = [group_shown(subject, chosen) for subject, chosen in by_subject(found, clock.today())]
    own = sum(item.is_own for group in groups for item in group.items)
    rows = [row_shown(row) for row in rows_of(found)]
    context = {"programme": found, "groups": groups, "own": own, "rows": rows, "crumbs": _way(found)}
    return render(request, "thresholds/list.html", context)


@read_and_write
@administrator_only
def threshold(request: SignedInRequest, programme: str, threshold: str) -> HttpResponse:
    """Change a threshold: first what it would do, then save."""
    return _change(request, programme, threshold, ThresholdForm, _("Endre terskelen"))


@read_and_write
@administrator_only
def threshold_default(request: SignedInRequest, programme: str, threshold: str) -> HttpResponse:
    """Give a threshold the engine's own value again: first what it would do, then save."""
    return _change(request, programme, threshold, DefaultForm, _("Tilbake til standard"))


def _change(
    request: SignedInRequest, programme: str, name: str, kind: type[ThresholdForm], heading: str
) -> HttpResponse:
    found = get_object_or_404(Programme, slug=programme)
    if name not in SPECS:
        raise Http404
    chosen, history = one(found, name, clock.today())
    form = kind(sent(request), name=name)
    form.initial = {"version": len(history) + 1, "value": form.shows(chosen.value)}
    trial = None
    if request.method == "POST" and form.is_valid():
        if form.based_on != form.initial["version"]:
            form.is_stale = True
        elif not (form.was_seen and request.POST.get("do") == "save"):
            trial = try_threshold(found, name, form.chosen(), clock.today())
        elif _save(request, found, name, form):
            messages.success(request, _("Terskelen er endret. Prosjektene vurderes på nytt."))
            return redirect_after_post(request, reverse("setup_thresholds", args=[programme]))
        if form.is_stale:
            form.compare(form.initial)
    context: dict[str, Any] = {"item": threshold_shown(chosen), "rows": [row_shown(row) for row in history]}
    context |= {"trial": trial, "seen": form.key() if trial else "", "programme": found, "wanted": form.wanted()}
    way, template = _way(found), "thresholds/change.html"
    return form_page(request, form, heading=heading, action="", way=way, template=template, **context)


def _save(request: SignedInRequest, programme: Programme, name: str, form: ThresholdForm) -> bool:
    """Whether the action took the change."""
    made = form.attempt(
        lambda: change_threshold(
            by=actor_from(request),
            programme=programme,
            name=name,
            version=form.based_on,
            value=form.chosen(),
            reason=form.cleaned_data["reason"],
        )
    )
    return made is not None


def _way(programme: Programme) -> list[Crumb]:
    return [*crumbs(programme), (_("Terskler"), reverse("setup_thresholds", args=[programme.slug]))]
