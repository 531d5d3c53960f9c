"""A project's benefit map as one reader sees it on a date: boxes with their state, lines, chains, and weak points."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from benefits.engine.aggregate import GOOD, JUDGED, WORST_FIRST
from benefits.maps.shapes import Box, Line
from benefits.models import BenefitVersion, InitiativeVersion, MapLink, MapNode, TargetStatus, TargetVersion
from benefits.suppression import hidden_targets
from benefits.wording.maps import (
    MISSING,
    Status,
    initiative_status,
    kind_words,
    line_words,
    milestone_status,
    share_in_route,
)
from projects.models import Project
from saman import formatting

FULL = 100  # per cent of what a box stands for


@dataclass(slots=True)
class MapBox:
    """One box: what it is called, how it goes, what it builds on and leads to.

    `shows`: what the thing it shows is called, where the box has a name of its own.
    """

    node: MapNode
    title: str
    status: Status
    responsible: str = ""
    measured: str = ""
    address: str = ""
    shows: str = ""
    onwards: list["MapLine"] = field(default_factory=list)
    grounds: list["MapLine"] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The row's id, which is its name in addresses."""
        return self.node.pk

    @property
    def shape(self) -> Box:
        """The box as the drawing takes it."""
        return Box(self.node.pk, self.node.column, self.node.position)

    @property
    def is_loose(self) -> bool:
        """Whether it leads nowhere, though it is not what it is all for."""
        return not self.onwards and self.node.kind != MapNode.Kind.OBJECTIVE

    @property
    def contributes_to(self) -> str:
        """What it leads to, with what is known of each line."""
        return ", ".join(line.words for line in self.onwards)

    @property
    def kind(self) -> str:
        """What kind of box it is, in words."""
        return kind_words(self.node)

    @property
    def share(self) -> int:
        """How many per cent of it the lines that lead to it say they stand for."""
        return sum(line.link.share or 0 for line in self.grounds)


@dataclass(frozen=True, slots=True)
class MapLine:
    """One line, with the boxes it lies between."""

    link: MapLink
    origin: MapBox
    leads_to: MapBox

    @property
    def words(self) -> str:
        """What it leads to, with what is known of it."""
        return line_words(self.leads_to.title, self.link)

    @property
    def shape(self) -> Line:
        """The line as the drawing takes it."""
        return Line(self.link.pk, self.origin.id, self.leads_to.id)


@dataclass(frozen=True, slots=True)
class BenefitMap:
    """Every box by id in reading order, and every line."""

    boxes: dict[int, MapBox]
    lines: list[MapLine]


def over_allocated(projects: Iterable[int]) -> QuerySet[MapNode]:
    """The boxes whose lines together stand for more than the whole of them, with `told`, the sum in per cent."""
    told = Sum("grounds__share", filter=Q(grounds__removed_at=None))
    return MapNode.objects.live().filter(project__in=projects).annotate(told=told).filter(told__gt=FULL)


def benefit_map(project: Project, today: date, *, is_inside: bool) -> BenefitMap:
    """Read a project's map. People outside the project see no figure about so few that someone could be known by it."""
    nodes = list(project.map_nodes.live().select_related("milestone"))
    links = list(project.map_links.live())
    facts = _Facts(project, nodes, today, is_inside=is_inside)
    boxes = {node.pk: facts.box(node) for node in sorted(nodes, key=lambda one: (one.column, one.position, one.pk))}
    lines = [MapLine(link, boxes[link.origin_id], boxes[link.leads_to_id]) for link in links]
    for line in sorted(lines, key=lambda one: (one.leads_to.node.column, one.leads_to.node.position, one.leads_to.id)):
        line.origin.onwards.append(line)
    for line in sorted(lines, key=lambda one: (one.origin.node.column, one.origin.node.position, one.origin.id)):
        line.leads_to.grounds.append(line)
    for box in boxes.values():
        if box.node.kind in (MapNode.Kind.BENEFIT, MapNode.Kind.OBJECTIVE) and box.status == MISSING:
            box.status = _from_grounds(box)
    return BenefitMap(boxes, lines)


def _from_grounds(box: MapBox) -> Status:
    """A box that is not measured itself takes the worst of what leads to it, and counts it; as targets do projects."""
    results = [line.origin.status.result for line in box.grounds]
    counted = [result for result in results if result not in (None, "withdrawn")]
    judged = [result for result in counted if result in JUDGED]
    if not judged or 2 * len(judged) < len(counted):
        return MISSING
    worst = next(str(result) for result in (*WORST_FIRST, *GOOD) if result in judged)
    good = sum(result in GOOD for result in judged)
    return Status(worst, share_in_route(good, len(counted)) if len(counted) > 1 else "")


class _Facts:
    """What the boxes of one map show, read with one question for each kind of thing."""

    def __init__(self, project: Project, nodes: Sequence[MapNode], today: date, *, is_inside: bool) -> None:
        self.project, self.today = project, today
        shown: dict[str, set[int]] = defaultdict(set)
        for node in nodes:
            for name in MapNode.REFERENCES:
                if pk := getattr(node, f"{name}_id"):
                    shown[name].add(pk)
        self.initiatives: dict[int, InitiativeVersion] = {}
        self.benefits: dict[int, BenefitVersion] = {}
        if shown["initiative"]:
            rows = (
                InitiativeVersion.objects.live().filter(initiative__in=shown["initiative"]).select_related("initiative")
            )
            self.initiatives = {row.initiative_id: row for row in rows}
        if shown["benefit"]:
            said = BenefitVersion.objects.live().filter(benefit__in=shown["benefit"]).select_related("owner", "benefit")
            self.benefits = {row.benefit_id: row for row in said}
        measured = shown["target"] | {row.target_id for row in self.benefits.values() if row.target_id}
        self.targets: dict[int, TargetVersion] = {}
        self.states: dict[int, TargetStatus] = {}
        if measured:
            versions = TargetVersion.objects.live().filter(target__in=measured)
            versions = versions.select_related("target__status", "measurement_responsible")
            self.targets = {row.target_id: row for row in versions}
            states = {pk: getattr(row.target, "status", None) for pk, row in self.targets.items()}
            self.states = {pk: state for pk, state in states.items() if state is not None}
        self.hidden = hidden_targets(measured) if measured and not is_inside else frozenset()

    def box(self, node: MapNode) -> MapBox:
        """A box with what it shows; a name of its own is kept, whatever that is called."""
        box = self._shown(node)
        if node.title and box.title != node.title:
            box.shows, box.title = box.title, node.title
        return box

    def _shown(self, node: MapNode) -> MapBox:
        if node.initiative_id:
            return self._initiative(node, self.initiatives[node.initiative_id])
        if node.benefit_id:
            return self._benefit(node, self.benefits[node.benefit_id])
        if node.target_id:
            return self._target(node, self.targets[node.target_id])
        if node.milestone is not None:
            address = f"{reverse('milestones', args=[self.project.slug])}#milepael-{node.milestone_id}"
            return MapBox(node, node.milestone.title, milestone_status(node.milestone, self.today), address=address)
        return MapBox(node, node.title, Status(None) if node.kind == MapNode.Kind.DRIVER else MISSING)

    def _target(self, node: MapNode, said: TargetVersion) -> MapBox:
        responsible = str(said.measurement_responsible or "")
        address = reverse("target", args=[self.project.slug, said.target.number])
        status, measured = self._measured(said.target_id)
        return MapBox(node, said.title, status, responsible, measured, address)

    def _initiative(self, node: MapNode, said: InitiativeVersion) -> MapBox:
        address = f"{reverse('initiatives', args=[self.project.slug])}#tiltak-{said.initiative.number}"
        return MapBox(node, said.title, initiative_status(said, self.today), said.home_unit, address=address)

    def _benefit(self, node: MapNode, said: BenefitVersion) -> MapBox:
        status, measured = self._measured(said.target_id) if said.target_id else (MISSING, "")
        status = Status("withdrawn") if said.withdrawn_on else status
        address = f"{reverse('plan', args=[self.project.slug])}#gevinst-{said.benefit.code}"
        return MapBox(node, said.title, status, str(said.owner or said.owner_position), measured, address)

    def _measured(self, target: int) -> tuple[Status, str]:
        """(how it goes with a target, its newest figure against the plan)."""
        state, unit = self.states.get(target), self.targets[target].unit
        if state is None or target in self.hidden or state.value is None:
            return Status(state.result if state else "missing"), ""
        figure = _figure(state.value, unit)
        if state.result == "missing":
            return Status("missing"), ""
        if state.expected_value is None:
            return Status(state.result, figure), figure
        values: dict[str, Any] = {"value": figure, "expected": _figure(state.expected_value, unit)}
        return Status(state.result, figure), _("%(value)s mot planlagt %(expected)s") % values


def _figure(value: float, unit: str) -> str:
    return formatting.with_unit(round(value, 1), unit)
