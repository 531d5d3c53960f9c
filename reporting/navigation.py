"""The main menu: what this person can go to."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import User
from projects.access import advised_programmes
from saman import clock

Item = dict[str, Any]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav`: label, address and whether it is the page one is on; computed only when a page shows it."""
    return {"nav": SimpleLazyObject(lambda: items(request))}


def items(request: HttpRequest) -> list[Item]:
    """The menu's items for the person asking."""
    chosen = _public() if not request.user.is_authenticated else _workspace(request)
    return [
        {
            "label": label,
            "href": href,
            "current": request.path == href or (href != "/" and request.path.startswith(href)),
        }
        for label, href in chosen
    ]


def _public() -> list[tuple[str, str]]:
    return [(_("Prosjekter"), reverse("catalogue")), (_("Om programmet"), reverse("about"))]


def _workspace(request: HttpRequest) -> list[tuple[str, str]]:
    user = request.user
    assert isinstance(user, User)
    chosen = [(_("Oversikt"), reverse("dashboard", args=[p.slug])) for p in advised_programmes(user, clock.today())[:1]]
    chosen.append((_("Min side"), reverse("my_work")))
    if user.is_administrator:
        chosen.append((_("Oppsett"), reverse("setup")))
    return [*chosen, (_("Prosjekter"), reverse("catalogue"))]
