"""Words for concerns: what is wrong in one sentence, what to do about it, where, and who does it."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits.wording.values import Text, Variants, first_that_fits, readable
from projects.roles import Role


class Concerned(Protocol):
    """What is read of a concern: the model's fields, with `project` and `target` already loaded."""

    project: Any
    target: Any
    kind: str
    cause: str
    action: str
    responsible: str
    values: Mapping[str, Any]


TITLES: dict[str, Text] = {}
SENTENCES: dict[str, Variants] = {}
ACTIONS: dict[str, Text] = {}
PLACES: dict[str, str] = {}


def concern_title(concern: Concerned) -> str:
    """The concern in a few words."""
    return str(TITLES.get(concern.cause, _("Noe må avklares")))


def concern_sentence(concern: Concerned) -> str:
    """The concern in one sentence, with its numbers."""
    values = dict(concern.values)
    known = readable(values, str(values.get("unit") or ""), frozenset())
    return first_that_fits(SENTENCES.get(concern.cause, ()), known)


def action_label(code: str) -> str:
    """What to do, as a button says it."""
    return str(ACTIONS.get(code, _("Se prosjektet")))


def action_url(concern: Concerned) -> str:
    """Where it is done."""
    return reverse("project_overview", args=[concern.project.slug])


def responsible_word(role: str) -> str:
    """Who does it."""
    return str(Role(role).label) if role in Role.values else str(_("Prosjektet"))
