"""What the set-up pages share: who may come in, the way back, and how a form is shown."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actor import SignedInRequest
from projects.forms.refusals import Refusable
from projects.models import Cohort, Programme, Project

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponse]
Crumb = tuple[str | Promise, str]


def administrator_only(view: View[P]) -> View[P]:
    """403 for everyone else, before anything is looked up."""

    def guarded(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return update_wrapper(guarded, view)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent; None when the form has only been asked for. An empty form that was sent is not the same."""
    return request.POST if request.method == "POST" else None


def crumbs(of: Programme | Cohort | Project | None = None) -> list[Crumb]:
    """The way down to a programme, a cohort or a project."""
    if isinstance(of, Project):
        return [*crumbs(of.cohort), (of.title, reverse("setup_project", args=[of.slug]))]
    if isinstance(of, Cohort):
        address = reverse("setup_cohort", args=[of.programme.slug, of.slug])
        return [*crumbs(of.programme), (of.name, address)]
    if isinstance(of, Programme):
        return [*crumbs(), (of.name, reverse("setup_programme", args=[of.slug]))]
    return [(_("Oppsett"), reverse("setup"))]


def form_page(
    request: HttpRequest,
    form: Refusable,
    *,
    heading: str,
    action: str,
    way: list[Crumb],
    template: str = "setup/form.html",
    **context: Any,
) -> HttpResponse:
    """A form on a page of its own: 409 when someone else was first, 422 when something must be mended."""
    status = 409 if form.is_stale else 422 if form.is_bound and form.errors else 200
    shown = {
        "form": form,
        "heading": heading,
        "action": action,
        "crumbs": [*way, (heading, request.path)],
        "back": way[-1][1],
        **context,
    }
    return render(request, template, shown, status=status)
