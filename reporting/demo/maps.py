"""The benefit maps of the invented projects that have one: drawn of the plan, then made into chains by the leader."""

import re
from typing import TYPE_CHECKING

from accounts.actor import Actor
from benefits.actions import maps
from benefits.actions.map_drawing import draw
from benefits.actions.maps import BoxPlan, LinePlan
from benefits.models import MapNode
from reporting.demo.map_texts import MAPS, BoxText, MapText
from reporting.demo.timeline import at

if TYPE_CHECKING:
    from reporting.demo.lives import Life

LINE = re.compile(r"(\w+) ([>~]) (\w+) ?(\d*)")
LETTERS = {"target": "t", "initiative": "i", "benefit": "b"}


def tell(life: "Life") -> None:
    """Put the project's map on the timeline, where it has one."""
    text = MAPS.get(life.story.name)
    if text is not None:
        life.timeline.add(at(text.on, 10), lambda: _make(life, text))


def _make(life: "Life", text: MapText) -> None:
    by, project = Actor(life.cast.leader, at(text.on, 10)), life.project
    if text.is_drawn:
        draw(by=by, project=project)
    if text.is_redrawn:
        for link in project.map_links.live():
            maps.unlink(by=by, link=link, version=link.version)
    nodes = _of_the_plan(life)
    for box in (one for one in text.boxes if one.key not in nodes):
        nodes[box.key] = maps.add(by=by, project=project, plan=_plan(life, box))
    for line in text.lines:
        found = LINE.fullmatch(line)
        assert found is not None
        origin, sign, end, share = found.groups()
        if origin in nodes and end in nodes:
            said = LinePlan(sign == ">", int(share) if share else None, text.notes.get(line, ""))
            maps.link(by=by, origin=nodes[origin], leads_to=nodes[end], plan=said)


def _plan(life: "Life", box: BoxText) -> BoxPlan:
    """The box with a title of its own, or showing the milestone with that title."""
    if box.is_milestone:
        milestone = life.project.milestones.filter(title=box.title).first()
        if milestone is not None:
            return BoxPlan(box.kind, refers_to=("milestone", milestone.pk))
    return BoxPlan(box.kind, title=box.title, driver=box.driver)


def _of_the_plan(life: "Life") -> dict[str, MapNode]:
    """The boxes drawn of the plan, each by its letter and order."""
    nodes: dict[str, MapNode] = {}
    for name, letter in LETTERS.items():
        shown = life.project.map_nodes.live().filter(**{f"{name}__isnull": False}).order_by(name)
        nodes |= {f"{letter}{order}": node for order, node in enumerate(shown, 1)}
    return nodes
