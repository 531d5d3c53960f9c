"""What the engine needs to know to see what is counted twice: decisions, other projects' targets, shares on the map."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from benefits.engine.facts import FullBox, Neighbour, TargetFacts
from benefits.facts import target_facts
from benefits.models import CountedElsewhere, MapLink, MapNode, MapShare, TargetVersion
from benefits.queries.benefit_map import FULL
from projects.asked import Asked
from projects.models import Project, ProjectMunicipality


def load(asked: Asked) -> dict[int, dict[str, Any]]:
    """Per project; one without any of it has none here."""
    pairs = _pairs(asked) if asked.has(ProjectMunicipality) else []
    others = {other for _own, other, _title in pairs}
    is_any = others or asked.has(CountedElsewhere)
    gone = not_counted([*asked.project_ids, *others], asked.as_of, asked.known_at) if is_any else {}
    targets = _targets(others, gone, asked.as_of, asked.known_at)
    facts: dict[int, dict[str, Any]] = defaultdict(lambda: {"not_counted": {}, "neighbours": (), "over_whole": ()})
    for pk in asked.project_ids:
        if pk in gone:
            facts[pk]["not_counted"] = gone[pk]
    for own, other, title in pairs:
        if targets.get(other):
            facts[own]["neighbours"] += (Neighbour(title, tuple(targets[other])),)
    for pk, box in _over_whole(asked) if asked.has(MapLink) else ():
        facts[pk]["over_whole"] += (box,)
    return dict(facts)


def not_counted(projects: Iterable[int], as_of: date, known_at: datetime | None) -> dict[int, dict[str, str]]:
    """What each project has decided is counted elsewhere, like "target:7", and in what; no project without any."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = CountedElsewhere.objects.in_force(as_of, known_at).filter(project__in=list(projects))
    for row in rows.order_by("pk"):
        found[row.project_id][row.source] = row.counted_in
    return dict(found)


def neighbours_of(project: int) -> list[int]:
    """Other projects with targets in any of a project's municipalities: what they count may have become the same."""
    rows = ProjectMunicipality.objects.filter(municipality__projects=project).exclude(project=project)
    return list(rows.filter(project__targets__isnull=False).values_list("project", flat=True).distinct())


def _pairs(asked: Asked) -> list[tuple[int, int, str]]:
    """(project, other, its title) where the other shares a municipality, is in use and takes part, each pair once."""
    other = "municipality__participations__project"
    near = {f"{other}__followed_since__lte": asked.as_of, f"{other}__in": Project.objects.taking_part(asked.as_of)}
    rows = ProjectMunicipality.objects.filter(project__in=asked.project_ids, **near)
    found = set(rows.values_list("project", other, f"{other}__title"))
    return sorted(pair for pair in found if pair[0] != pair[1])


def _targets(
    projects: Iterable[int], gone: dict[int, dict[str, str]], as_of: date, known_at: datetime | None
) -> dict[int, list[TargetFacts]]:
    """What other projects' targets say, those they have decided are counted elsewhere left out."""
    found: dict[int, list[TargetFacts]] = defaultdict(list)
    wanted = list(projects)
    if not wanted:
        return found
    rows = TargetVersion.objects.in_force(as_of, known_at).filter(target__project__in=wanted)
    for row in rows.select_related("target").prefetch_related("values", "planned").order_by("target__number"):
        if f"target:{row.target_id}" not in gone.get(row.target.project_id, {}):
            found[row.target.project_id].append(target_facts(row))
    return found


def _over_whole(asked: Asked) -> list[tuple[int, FullBox]]:
    """(project, box) for the boxes whose lines, at the end of a day, stood for more than the whole of them."""
    moment = asked.moment
    shares = MapShare.objects.filter(link__project__in=asked.project_ids, recorded_at__lte=moment)
    shares = shares.filter(Q(link__removed_at=None) | Q(link__removed_at__gt=moment))
    newest: dict[int, tuple[int, int]] = {}
    for link, box, share in shares.order_by("pk").values_list("link", "link__leads_to", "share"):
        newest[link] = box, share or 0
    told: dict[int, int] = defaultdict(int)
    for box, share in newest.values():
        told[box] += share
    over = {box: share for box, share in told.items() if share > FULL}
    if not over:
        return []
    nodes = MapNode.objects.filter(pk__in=over).select_related(*MapNode.REFERENCES).order_by("pk")
    return [(node.project_id, FullBox(node.pk, str(node), over[node.pk])) for node in nodes]
