"""What the engine needs to know from this app: who has which role. Declared upwards by path in settings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from projects.models import RoleAssignment


def load(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, dict[str, Any]]:
    """Roles per project as known at a moment (None: now): keyword arguments of the engine's RoleSpan, by project id."""
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
    return {pk: {"roles": spans} for pk, spans in roles.items()}
