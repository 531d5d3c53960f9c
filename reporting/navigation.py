"""The main menu: what this person can go to."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import User
from projects.access import standing
from saman import clock

Item = dict[str, Any]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav`: label, address and whether it is the page one is on; computed only when a page shows it."""
    return {"nav": SimpleLazyObject(lambda: items(request))}


def items(request: HttpRequest) -> list[Item]:
    """The menu's items for the person asking; the one whose address begins the page's own the longest is current."""
    chosen = _workspace(request) if request.user.is_authenticated else _public()
    current = max((href for _, href in chosen if request.path.startswith(href)), key=len, default=None)
    return [{"label": label, "href": href, "current": href == current} for label, href in chosen]


def _public() -> list[tuple[str, str]]:
    return [
        (_("Prosjekter"), reverse("catalogue")),
        (_("Læringspunkter"), reverse("lessons")),
        (_("Om programmet"), reverse("about")),
        (_("Slik regner vi"), reverse("how")),
    ]


def _workspace(request: HttpRequest) -> list[tuple[str, str]]:
    user = request.user
    assert isinstance(user, User)
    found = standing(user, clock.today())
    chosen = []
    if found.programmes:
        slug = found.programmes[0].slug
        chosen.append((_("Oversikt"), reverse("dashboard", args=[slug])))
        chosen.append((_("Rapporter"), reverse("report_queue", args=[slug])))
    chosen.append((_("Min side"), reverse("my_work")))
    if len(found.projects) == 1:
        chosen.append((_("Prosjektet"), reverse("project_overview", args=found.projects)))
    if user.is_administrator:
        chosen.append((_("Oppsett"), reverse("setup")))
    return [*chosen, (_("Katalogen"), reverse("catalogue"))]
