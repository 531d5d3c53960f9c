"""A first map of what the project has said already: its targets, initiatives and benefits, and what leads to what."""

from django.db import transaction

from accounts.actor import Actor
from benefits.actions.maps import BoxPlan, LinePlan, insert_box, insert_line
from benefits.actions.targets import lock_for_writing
from benefits.models import BenefitVersion, InitiativeVersion, MapLink, MapNode, TargetVersion
from journal.actions import record
from projects.models import Project
from projects.revision import touch

Kind = MapNode.Kind
KIND_OF_LEVEL = {
    TargetVersion.Level.SOCIETAL: Kind.OBJECTIVE,
    TargetVersion.Level.EFFECT: Kind.EFFECT,
    TargetVersion.Level.OUTPUT: Kind.DELIVERABLE,
    TargetVersion.Level.PROCESS: Kind.PRACTICE,
}
Key = tuple[str, int]


@transaction.atomic
def draw(*, by: Actor, project: Project) -> int:
    """Put on the map what the project has and the map lacks; the number of boxes added. Raises NotAllowed, NotFollowed.

    What is withdrawn or stopped is left out, and so is what somebody has taken off the map.
    """
    project = lock_for_writing(by, project.pk)
    wanted, ties = _said(project)
    nodes = {key: node for node in project.map_nodes.live() if (key := _shown(node))}
    taken_off = {key for node in project.map_nodes.exclude(removed_at=None) if (key := _shown(node))}
    new = [(key, kind) for key, kind in wanted.items() if key not in nodes and key not in taken_off]
    for key, kind in new:
        nodes[key] = insert_box(by, project, BoxPlan(kind=kind, refers_to=key))
    added, lines = {key for key, _ in new}, list[MapLink]()
    tied = set(MapLink.objects.filter(project=project).values_list("origin", "leads_to"))
    for (start, end), plan in ties.items():
        if start not in nodes or end not in nodes or not {start, end} & added:
            continue
        origin, leads_to = nodes[start], nodes[end]
        if origin.column < leads_to.column and (origin.pk, leads_to.pk) not in tied:
            lines.append(insert_line(by, origin, leads_to, plan))
    if new:
        data = {"boxes": [nodes[key].pk for key, _ in new], "lines": [line.pk for line in lines]}
        record(
            stream=f"project:{project.pk}",
            action="map_drawn",
            obj=("project", project.pk),
            actor_id=by.user_id,
            at=by.now,
            request_id=by.request_id,
            data=data,
        )
        touch(project.pk)
    return len(new)


def lacking(project: Project) -> int:
    """How many of the project's targets, initiatives and benefits have never been on the map."""
    wanted, _ = _said(project)
    return len(wanted.keys() - {_shown(node) for node in project.map_nodes.all()})


def _shown(node: MapNode) -> Key | None:
    """What of the project's a box shows."""
    for name in node.REFERENCES:
        if pk := getattr(node, f"{name}_id"):
            return name, pk
    return None


def _said(project: Project) -> tuple[dict[Key, str], dict[tuple[Key, Key], LinePlan]]:
    """What the project has, with the kind of box for each, and what leads to what by its own words.

    That a benefit is measured by a target is no guess; that an initiative helps is one until it says what is known.
    """
    kinds: dict[Key, str] = {}
    ties: dict[tuple[Key, Key], LinePlan] = {}
    targets = TargetVersion.objects.live().filter(target__project=project, withdrawn_on=None)
    for target in targets.order_by("-target__is_main", "target__number").values_list("target", "level"):
        kinds["target", target[0]] = KIND_OF_LEVEL[TargetVersion.Level(target[1])]
    initiatives = InitiativeVersion.objects.live().filter(initiative__project=project, stopped_on=None)
    for initiative in initiatives.order_by("initiative__number").prefetch_related("targets"):
        key = ("initiative", initiative.initiative_id)
        kinds[key] = Kind.INITIATIVE
        known = LinePlan(is_documented=bool(initiative.evidence), note=initiative.evidence[:500])
        ties |= {(key, ("target", target.pk)): known for target in initiative.targets.all()}
    benefits = BenefitVersion.objects.live().filter(benefit__project=project, withdrawn_on=None)
    for benefit in benefits.order_by("benefit").prefetch_related("initiatives"):
        key = ("benefit", benefit.benefit_id)
        kinds[key] = Kind.BENEFIT
        measured = ("target", benefit.target_id) if benefit.target_id else None
        if measured:
            ties[measured, key] = LinePlan(is_documented=True)
        for one in benefit.initiatives.all():
            start = ("initiative", one.pk)
            if measured is None or (start, measured) not in ties:
                ties[start, key] = LinePlan()
    return kinds, ties
