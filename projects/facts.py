"""What the engine needs to know from this app: a project's dates, and who has which role.

Declared upwards by path in settings.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from projects.models import ProjectFrame, RoleAssignment

DATES = ("starts_on", "ends_on", "followed_since")


def load(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, dict[str, Any]]:
    """Dates and roles per project as known at a moment (None: now), by project id.

    `roles` are keyword arguments of the engine's RoleSpan, the dates those of its ProjectFacts. A project whose dates
    were never recorded as versions has none here.
    """
    rows = (
        RoleAssignment.objects.known_at(known_at)
        .filter(project__in=project_ids)
        .order_by("project", "starts_on", "id")
        .values_list("project", "role", "person", "starts_on", "ends_on", "municipality")
    )
    roles: dict[int, list[dict[str, Any]]] = {pk: [] for pk in project_ids}
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
    dates = frames_on(project_ids, as_of, known_at)
    return {pk: {"roles": spans, **dates.get(pk, {})} for pk, spans in roles.items()}


def frames_on(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, dict[str, date | None]]:
    """Each project's dates in force on a date as known at a moment; before the first version, what that one says."""
    found: dict[int, dict[str, date | None]] = {}
    rows = ProjectFrame.objects.known_at(known_at).filter(project__in=project_ids).order_by("project", "pk")
    for project, valid_from, *dates in rows.values_list("project", "valid_from", *DATES):
        if project not in found or valid_from <= as_of:
            found[project] = dict(zip(DATES, dates, strict=True))
    return found
