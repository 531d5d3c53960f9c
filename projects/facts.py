"""What the engine needs to know from this app: a project's dates, and who has which role.

Declared upwards by path in settings.
"""

from datetime import date
from typing import Any

from projects.asked import Asked
from projects.models import ProjectFrame, RoleAssignment

DATES = ("starts_on", "ends_on", "followed_since")


def load(asked: Asked) -> dict[int, dict[str, Any]]:
    """Dates and roles by project id.

    `roles` are keyword arguments of the engine's RoleSpan, the dates those of its ProjectFacts. A project whose dates
    were never recorded as versions has none here.
    """
    rows = (
        RoleAssignment.objects.known_at(asked.known_at)
        .filter(project__in=asked.project_ids)
        .order_by("project", "starts_on", "id")
        .values_list("project", "role", "person", "starts_on", "ends_on", "municipality")
    )
    roles: dict[int, list[dict[str, Any]]] = {pk: [] for pk in asked.project_ids}
    for project, role, person, starts_on, ends_on, municipality in rows:
        roles[project].append(
            {
                "role": role,
                "person": person,
                "starts_on": starts_on,
                "ends_on": ends_on,
                "municipality": municipality,
            }
        )
    dates = _frames(asked) if asked.has(ProjectFrame) else {}
    return {pk: {"roles": spans, **dates.get(pk, {})} for pk, spans in roles.items()}


def _frames(asked: Asked) -> dict[int, dict[str, date | None]]:
    """Each project's dates in force; before the first version, what that one says."""
    found: dict[int, dict[str, date | None]] = {}
    rows = ProjectFrame.objects.known_at(asked.known_at).filter(project__in=asked.project_ids).order_by("pk")
    for project, valid_from, *dates in rows.values_list("project", "valid_from", *DATES):
        if project not in found or valid_from <= asked.as_of:
            found[project] = dict(zip(DATES, dates, strict=True))
    return found
