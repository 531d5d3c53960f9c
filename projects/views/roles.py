"""Roles given. Ending one needs to know what it carries, and lives in `benefits`."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from projects.actions import roles
from projects.forms.roles import RoleForm
from projects.models import Programme, Project
from projects.roles import PROGRAMME_ROLES, PROJECT_ROLES
from projects.views.pages import administrator_only, crumbs, form_page, sent
from saman import clock
from saman.htmx import redirect_after_post

read_and_write = require_http_methods(["GET", "HEAD", "POST"])


@read_and_write
@administrator_only
def role_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give someone a role in a project."""
    rows = Project.objects.select_related("cohort__programme").prefetch_related("municipalities")
    found = get_object_or_404(rows, slug=slug)
    return _give(request, found, roles=PROJECT_ROLES, places=found.municipalities.all())


@read_and_write
@administrator_only
def programme_role_new(request: SignedInRequest, programme: str) -> HttpResponse:
    """Give someone a role in a programme: adviser, reader."""
    return _give(request, get_object_or_404(Programme, slug=programme), roles=PROGRAMME_ROLES)


def _give(request: SignedInRequest, of: Project | Programme, **choices: Any) -> HttpResponse:
    form = RoleForm(sent(request), initial={"starts_on": clock.today()}, **choices)
    if request.method == "POST" and form.is_valid():
        place = {"project": of} if isinstance(of, Project) else {"programme": of}
        given = form.attempt(lambda: roles.invite(by=actor_from(request), **place, **form.facts()))
        if given:
            told = _("%(name)s har fått rollen, og kan logge inn med en kode på e-post.")
            messages.success(request, told % {"name": given.person.name})
            return redirect_after_post(request, _home(of))
    return form_page(request, form, heading=_("Gi noen en rolle"), action=_("Gi rollen"), way=crumbs(of))


def _home(of: Project | Programme) -> str:
    return reverse("setup_project" if isinstance(of, Project) else "setup_programme", args=[of.slug])
