"""The benefit map's page: the drawing, the chosen box with its chain, and where the map is weak."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from benefits.maps.chains import chain_of, loose_ends, without_ground
from benefits.maps.layout import lay_out
from benefits.models import MapNode
from benefits.queries.benefit_map import FULL, BenefitMap, MapBox
from benefits.wording import maps as wording
from projects.models import Project
from saman import formatting

REM = 16  # pixels


@dataclass(frozen=True, slots=True)
class Cell:
    """A box in its place."""

    box: MapBox
    address: str
    is_chosen: bool
    is_on: bool
    loose: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the map: its word and icon, and its places from the top, empty ones too."""

    word: str
    icon: str
    cells: list[Cell | None]

    @property
    def count(self) -> int:
        """How many boxes it has."""
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line as it is drawn."""

    path: str
    style: str


@dataclass(frozen=True, slots=True)
class WeakPoint:
    """Something that keeps the map from being followed."""

    icon: str
    sentence: SafeString | str


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything the page shows. Sizes are in rem."""

    columns: list[Column]
    paths: list[Drawn]
    width: str
    height: str
    view: str
    boxes: list[MapBox]
    chosen: MapBox | None
    weak: list[WeakPoint]

    @property
    def drawn(self) -> SafeString:
        """The lines as elements of an SVG."""
        return format_html_join("", '<path class="{}" d="{}"/>', ((line.style, line.path) for line in self.paths))


def map_page(project: Project, read: BenefitMap, chosen_id: int | None) -> MapPage:
    """Work the page out; `chosen_id` is the box asked for, and may be gone."""
    shapes, lines = [box.shape for box in read.boxes.values()], [line.shape for line in read.lines]
    layout = lay_out(shapes, lines)
    chosen = read.boxes.get(chosen_id or 0)
    chain = chain_of(chosen.id, lines) if chosen else None
    on_boxes, on_lines = (chain.boxes, chain.lines) if chain else (frozenset[int](), frozenset[int]())
    address = reverse("benefit_map", args=[project.slug])

    def cell(id: int) -> Cell:
        box = read.boxes[id]
        loose = str(wording.LOOSE[box.node.kind][0]) if box.is_loose else ""
        return Cell(box, f"{address}?boks={id}", box is chosen, id in on_boxes, loose)

    columns = [
        Column(str(word), icon, [None if id is None else cell(id) for id in ids])
        for (word, icon), ids in zip(wording.COLUMNS, layout.columns, strict=True)
    ]
    drawn = [
        Drawn(layout.paths[line.link.pk], _style(line.link.is_documented, line.link.pk in on_lines))
        for line in sorted(read.lines, key=lambda one: (one.link.pk in on_lines, one.link.pk))
    ]
    size = (f"{layout.width / REM:g}rem", f"{layout.height / REM:g}rem", f"0 0 {layout.width:g} {layout.height:g}")
    return MapPage(columns, drawn, *size, list(read.boxes.values()), chosen, weak_points(project, read))


def _style(is_documented: bool, is_on: bool) -> str:
    return " ".join(name for name, holds in (("guess", not is_documented), ("on", is_on)) if holds)


def weak_points(project: Project, read: BenefitMap) -> list[WeakPoint]:
    """Loose ends first, then what builds on nothing, what is counted twice, not measured, and assumed."""
    shapes, lines = [box.shape for box in read.boxes.values()], [line.shape for line in read.lines]
    loose = [read.boxes[id] for id in loose_ends(shapes, lines)]
    found = [
        WeakPoint("unlink", _about(project, wording.LOOSE[kind][1], list(boxes)))
        for kind, boxes in groupby(sorted(loose, key=_order), key=lambda box: box.node.kind)
    ]
    if groundless := [read.boxes[id] for id in without_ground(shapes, lines)]:
        found.append(WeakPoint("unlink", _about(project, wording.NO_GROUND, groundless)))
    for box in read.boxes.values():
        if box.share > FULL:
            share = formatting.percent(box.share / 100)
            found.append(WeakPoint("warn", _about(project, wording.TOO_MUCH, [box], share=share)))
    unmeasured = [box for box in read.boxes.values() if box.status.result == "missing"]
    if unmeasured:
        goals = [box.title for box in unmeasured if box.node.kind == MapNode.Kind.OBJECTIVE]
        found.append(WeakPoint("mangler", wording.unmeasured_sentence(len(unmeasured), goals)))
    assumed = sum(not line.link.is_documented for line in read.lines)
    if assumed:
        found.append(WeakPoint("eye", wording.assumed_sentence(assumed)))
    return found


def _order(box: MapBox) -> tuple[int, str]:
    return box.node.column, box.node.kind


def _about(project: Project, sentence: object, boxes: list[MapBox], **values: str) -> SafeString:
    """A sentence with the boxes' names as links to them."""
    here = reverse("benefit_map", args=[project.slug])
    links: list[str] = [
        format_html('<a class="ds-link" href="{}?boks={}" lang="{}">{}</a>', here, box.id, project.language, box.title)
        for box in boxes
    ]
    return format_html(str(sentence), box=SafeString(formatting.joined(links)), **values)
