"""What the engine needs to know from the benefit map: which kinds of drivers stand on it."""

from collections import defaultdict

from django.db.models import Q

from benefits.engine.rules.drivers import CULTURE, STRUCTURE
from benefits.models import InitiativeVersion, MapNode
from benefits.said import initiatives_said
from projects.asked import Asked

Initiative = InitiativeVersion.Kind
STRUCTURAL = frozenset({Initiative.ROSTER, Initiative.ORGANISATION, Initiative.RECRUITMENT})


def drivers_on(asked: Asked) -> dict[int, tuple[str, ...]]:
    """The drivers on each project's map at the end of a day; projects without any are left out.

    An initiative counts by its kind: leadership and culture is culture, working hours and organisation structure.
    """
    if not asked.has(MapNode):
        return {}
    moment = asked.moment
    there = MapNode.objects.filter(project__in=asked.project_ids, created_at__lte=moment)
    there = there.filter(Q(removed_at=None) | Q(removed_at__gt=moment))
    rows = there.filter(Q(kind=MapNode.Kind.DRIVER) | Q(initiative__isnull=False, refers_since__lte=moment))
    found = list(rows.order_by("pk").values_list("project", "driver", "initiative"))
    kinds = {row.initiative_id: row.kind for row in asked.once(initiatives_said)}
    drivers: dict[int, list[str]] = defaultdict(list)
    for project, driver, initiative in found:
        if kind := _driver(driver) if driver else _initiative(kinds.get(initiative, "")):
            drivers[project].append(kind)
    return {project: tuple(kinds) for project, kinds in drivers.items()}


def _driver(driver: str) -> str:
    if driver in MapNode.STRUCTURAL:
        return STRUCTURE
    return CULTURE if driver in MapNode.CULTURAL else ""


def _initiative(kind: str) -> str:
    if kind in STRUCTURAL:
        return STRUCTURE
    return CULTURE if kind == Initiative.LEADERSHIP else ""
