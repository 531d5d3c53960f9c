"""Choosing whom to be in a demonstration. Nothing here works in a real installation."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from accounts.models import User
from journal.models import Installation
from journal.queries import installation_mode

DOMAIN = "@demo.example"


@dataclass(frozen=True, slots=True)
class Persona:
    """One of the demonstration's people, as the sign-in page offers them; `is_more` are folded away at first."""

    user_id: int
    role: str
    place: str
    icon: str
    is_more: bool = False


def is_open() -> bool:
    """Whether this is a demonstration, by its settings and by its database."""
    return bool(settings.DEMO) and installation_mode() == Installation.Mode.DEMO


def people() -> QuerySet[User]:
    """Those one may sign in as without a code."""
    return User.objects.filter(email__endswith=DOMAIN, is_active=True)


def personas() -> list[Persona]:
    """The people to choose among; none outside a demonstration. Their roles are known higher up, by path."""
    if not is_open():
        return []
    describe: Callable[[QuerySet[User]], list[Persona]] = import_string(settings.DEMO_PERSONAS)
    return describe(people())
