"""The benefit map: boxes and lines are added, changed and removed. What is removed stays in the history."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F, Max, Q

from accounts.actor import Actor
from benefits.actions.targets import lock_for_writing
from benefits.models import MapLink, MapNode, MapShare
from journal.actions import record
from projects.models import Project
from projects.revision import touch

Kind = MapNode.Kind
# What a box of each kind may show of the project's.
SHOWS: dict[str, frozenset[str]] = {
    Kind.INITIATIVE: frozenset({"initiative"}),
    Kind.DRIVER: frozenset(),
    Kind.DELIVERABLE: frozenset({"milestone", "target"}),
    Kind.PRACTICE: frozenset({"milestone", "target"}),
    Kind.EFFECT: frozenset({"target"}),
    Kind.BENEFIT: frozenset({"benefit"}),
    Kind.OBJECTIVE: frozenset({"target"}),
}


class StaleBox(Exception):
    """Someone else has changed the box since the form was opened, or taken it off the map. `current` is it now."""

    def __init__(self, current: MapNode) -> None:
        super().__init__("the box has changed")
        self.current = current


class StaleLine(Exception):
    """Someone else has changed the line since the form was opened, or taken it off the map. `current` is it now."""

    def __init__(self, current: MapLink) -> None:
        super().__init__("the line has changed")
        self.current = current


class NothingToShow(Exception):
    """A box without a title that shows nothing of the project's either."""


class NotForThisKind(Exception):
    """A box of this kind does not show that, or what it shows is of another project or chosen already."""


class OnTheMap(Exception):
    """Another box shows the same."""


class NotForwards(Exception):
    """A line leads to a box further on: that is why a map has no circles."""


class LinkedAlready(Exception):
    """There is a line between the two."""


@dataclass(frozen=True, slots=True)
class BoxPlan:
    """What a box is. `refers_to`: (the field of MapNode, the id) of what of the project's it shows."""

    kind: str
    title: str = ""
    driver: str = ""
    refers_to: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class LinePlan:
    """What is said of a line. `share`: per cent of what it leads to, None when nobody has said."""

    is_documented: bool = False
    share: int | None = None
    note: str = ""


@transaction.atomic
def add(*, by: Actor, project: Project, plan: BoxPlan) -> MapNode:
    """Put a box on the map, last in its column.

    Raises NotAllowed, NotFollowed, NothingToShow, NotForThisKind, OnTheMap.
    """
    project = lock_for_writing(by, project.pk)
    node = insert_box(by, project, plan)
    _record(by, node, "map_box_added")
    touch(project.pk)
    return node


@transaction.atomic
def change(*, by: Actor, node: MapNode, version: int, title: str, refers_to: tuple[str, int] | None = None) -> None:
    """Give a box another title, or let it show something where it had only its title; the title is kept if given.

    A box that shows something needs none: it is then called what that is called. Raises as `add`, and StaleBox.
    """
    lock_for_writing(by, node.project_id)
    current = MapNode.objects.get(pk=node.pk)
    values: dict[str, object] = {"title": title.strip()}
    if refers_to is not None:
        if current.refers_since is not None:
            raise NotForThisKind
        values |= _reference(current.project, current.kind, refers_to) | {"refers_since": by.now}
    elif not title.strip() and current.refers_since is None:
        raise NothingToShow
    _set_box(current, version, **values)
    before, after = {"title": current.title}, {"title": values["title"]}
    if refers_to is not None:
        after["shows"] = refers_to
    _record(by, current, "map_box_changed", before=before, after=after)
    touch(current.project_id)


@transaction.atomic
def remove(*, by: Actor, node: MapNode, version: int) -> None:
    """Take a box off the map, and its lines with it. Raises NotAllowed, NotFollowed, StaleBox."""
    lock_for_writing(by, node.project_id)
    _set_box(node, version, removed_at=by.now, removed_by=by.user)
    _record(by, node, "map_box_removed")
    for link in MapLink.objects.live().filter(Q(origin=node) | Q(leads_to=node)):
        _set_line(link, link.version, removed_at=by.now, removed_by=by.user)
        _record(by, link, "map_line_removed")
    touch(node.project_id)


@transaction.atomic
def link(*, by: Actor, origin: MapNode, leads_to: MapNode, plan: LinePlan) -> MapLink:
    """Say that one box leads to another, further on.

    Raises NotAllowed, NotFollowed, StaleBox where one is off the map, NotForwards, LinkedAlready.
    """
    lock_for_writing(by, origin.project_id)
    ends = {node.pk: node for node in MapNode.objects.filter(pk__in=[origin.pk, leads_to.pk])}
    made = insert_line(by, ends[origin.pk], ends[leads_to.pk], plan)
    _record(by, made, "map_line_added")
    touch(origin.project_id)
    return made


@transaction.atomic
def change_link(*, by: Actor, link: MapLink, version: int, plan: LinePlan) -> None:
    """Say something else of a line. Raises NotAllowed, NotFollowed, StaleLine."""
    lock_for_writing(by, link.project_id)
    _set_line(link, version, is_documented=plan.is_documented, share=plan.share, note=plan.note)
    if plan.share != link.share:
        MapShare.objects.create(link=link, share=plan.share, recorded_at=by.now)
    before = {"is_documented": link.is_documented, "share": link.share, "note": link.note}
    _record(by, link, "map_line_changed", before=before, after=asdict(plan))
    touch(link.project_id)


@transaction.atomic
def unlink(*, by: Actor, link: MapLink, version: int) -> None:
    """Take a line off the map. Raises NotAllowed, NotFollowed, StaleLine."""
    lock_for_writing(by, link.project_id)
    _set_line(link, version, removed_at=by.now, removed_by=by.user)
    _record(by, link, "map_line_removed")
    touch(link.project_id)


def insert_box(by: Actor, project: Project, plan: BoxPlan) -> MapNode:
    """A box, for an action that has the project locked and records it. Raises as `add`."""
    title = plan.title.strip()
    if plan.refers_to is None and not title:
        raise NothingToShow
    shown = _reference(project, plan.kind, plan.refers_to) if plan.refers_to else {}
    last = MapNode.objects.live().filter(project=project).aggregate(Max("position"))["position__max"] or 0
    return MapNode.objects.create(
        project=project,
        kind=plan.kind,
        driver=plan.driver if plan.kind == Kind.DRIVER else "",
        title=title,
        position=last + 1,
        refers_since=by.now if shown else None,
        created_at=by.now,
        created_by=by.user,
        **shown,
    )


def insert_line(by: Actor, origin: MapNode, leads_to: MapNode, plan: LinePlan) -> MapLink:
    """A line, for an action that has the project locked and records it. Raises as `link`."""
    for node in (origin, leads_to):
        if node.removed_at is not None:
            raise StaleBox(node)
    if origin.project_id != leads_to.project_id or origin.column >= leads_to.column:
        raise NotForwards
    if MapLink.objects.live().filter(origin=origin, leads_to=leads_to).exists():
        raise LinkedAlready
    line = MapLink.objects.create(
        project_id=origin.project_id,
        origin=origin,
        leads_to=leads_to,
        is_documented=plan.is_documented,
        share=plan.share,
        note=plan.note,
        created_at=by.now,
        created_by=by.user,
    )
    if plan.share is not None:
        MapShare.objects.create(link=line, share=plan.share, recorded_at=by.now)
    return line


def _reference(project: Project, kind: str, refers_to: tuple[str, int]) -> dict[str, int]:
    """The column of what a box shows; it is the project's own, is for this kind, and is shown once."""
    name, pk = refers_to
    if name not in SHOWS[kind] or not getattr(project, f"{name}s").filter(pk=pk).exists():
        raise NotForThisKind
    if MapNode.objects.live().filter(project=project, **{name: pk}).exists():
        raise OnTheMap
    return {f"{name}_id": pk}


def _set_box(node: MapNode, version: int, **values: object) -> None:
    """Compare and set: the box must still be on the map as the person saw it."""
    rows = MapNode.objects.live().filter(pk=node.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        raise StaleBox(MapNode.objects.get(pk=node.pk))


def _set_line(link: MapLink, version: int, **values: object) -> None:
    """Compare and set: the line must still be on the map as the person saw it."""
    rows = MapLink.objects.live().filter(pk=link.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        raise StaleLine(MapLink.objects.get(pk=link.pk))


def _record(by: Actor, what: MapNode | MapLink, action: str, **data: object) -> None:
    """Write what happened; what is written over in a row stands in the event."""
    record(
        stream=f"project:{what.project_id}",
        action=action,
        obj=("map_node" if isinstance(what, MapNode) else "map_link", what.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
