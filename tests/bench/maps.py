"""What drawing a large map costs, 60 boxes and 120 lines, laid out and written; `python -m tests.bench.maps`."""

import os
import random
import time
from collections.abc import Callable

BOXES, LINES, GOAL_MS = 60, 120, 50


def run(repeats: int = 20) -> None:
    """Print milliseconds of processor time for the layout and for the whole drawing, and their ratio to the goal."""
    from django.template.loader import render_to_string

    from benefits.map_page import map_page
    from benefits.maps.layout import lay_out
    from projects.models import Project

    read = large_map(random.Random(1))
    shapes, lines = [box.shape for box in read.boxes.values()], [line.shape for line in read.lines]
    project = Project(slug="stort-kart", language="nb", title="Stort kart")

    def drawing() -> None:
        page = map_page(project, read, 1)
        render_to_string("maps/_drawing.html", {"project": project, "page": page})

    drawing()  # the templates are read once
    laid_out, drawn = milliseconds(lambda: lay_out(shapes, lines), repeats), milliseconds(drawing, repeats)
    print(f"\nBenefit map, {BOXES} boxes and {LINES} lines, median of {repeats}, processor time")
    print(f"  layout {laid_out:.1f} ms; layout and drawing {drawn:.1f} ms, {drawn / GOAL_MS:.2f} of the goal")


def large_map(draw: random.Random):
    """Boxes in every column, lines to the next one or further."""
    from benefits.models import MapLink, MapNode
    from benefits.queries.benefit_map import BenefitMap, MapBox, MapLine
    from benefits.wording.maps import MISSING

    nodes = [MapNode(pk=n, kind=MapNode.COLUMNS[n % 6], title=f"Boks nummer {n}", position=n) for n in range(1, 61)]
    boxes = {node.pk: MapBox(node, node.title, MISSING) for node in nodes}
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < LINES:
        a, b = draw.sample(nodes, 2)
        if 0 < b.column - a.column <= (1 if draw.random() < 0.85 else 3):
            pairs.add((a.pk, b.pk))
    lines = [MapLine(MapLink(pk=n), boxes[a], boxes[b]) for n, (a, b) in enumerate(sorted(pairs), 1)]
    for line in lines:
        line.origin.onwards.append(line)
        line.leads_to.grounds.append(line)
    return BenefitMap(boxes, lines)


def milliseconds(work: Callable[[], object], repeats: int) -> float:
    """The median of the processor time of some work."""
    times = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return sorted(times)[repeats // 2]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    run()
