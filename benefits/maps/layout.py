"""Where each box stands and how each line runs: a pure function of boxes and lines, in pixels at 16 px to the rem."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from benefits.maps.order import Item, ordered
from benefits.maps.shapes import COLUMNS, Box, Line

WIDTH, HEIGHT = 176.0, 100.0  # a box
ACROSS, DOWN = 36.0, 12.0  # between two
LANE = 3.0  # between two lines that pass a column in the same gap
BEND = ACROSS / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """The drawing: the ids in each column by row (None: nothing there), each line's path, and how large it all is."""

    columns: tuple[tuple[int | None, ...], ...]
    paths: dict[int, str]
    width: float
    height: float

    def corner(self, column: int, row: int) -> tuple[float, float]:
        """The upper left corner of a place."""
        return column * (WIDTH + ACROSS), row * (HEIGHT + DOWN)


def lay_out(boxes: Sequence[Box], lines: Sequence[Line]) -> Layout:
    """Draw a map. The order the boxes and lines come in does not matter."""
    items, alone = ordered(boxes, lines)
    rows = _rows(items, alone, lines)
    columns = tuple(_column(rows, items[number], alone[number]) for number in range(COLUMNS))
    tallest = max((len(column) for column in columns), default=0)
    return Layout(
        columns=columns,
        paths=_paths(boxes, lines, items, rows),
        width=COLUMNS * (WIDTH + ACROSS) - ACROSS,
        height=max(tallest * (HEIGHT + DOWN) - DOWN, 0.0),
    )


def _rows(items: Sequence[Sequence[Item]], alone: Sequence[Sequence[int]], lines: Sequence[Line]) -> dict[int, int]:
    """Each box's row: beside what it builds on where there is room, and no lower than the tallest column goes."""
    linked = [[id for is_passage, id in column if not is_passage] for column in items]
    tallest = max(len(boxes) + len(rest) for boxes, rest in zip(linked, alone, strict=True))
    grounds = defaultdict(list)
    for line in lines:
        grounds[line.leads_to].append(line.origin)
    rows: dict[int, int] = {}
    for boxes, rest in zip(linked, alone, strict=True):
        last = -1
        room = tallest - len(rest) - len(boxes)
        for place, id in enumerate(boxes):
            beside = sorted(rows[origin] for origin in grounds[id])
            wished = int(sum(beside) / len(beside) + 0.5) if beside else last + 1
            last = rows[id] = min(max(last + 1, wished), place + room)
        for id in rest:
            last = rows[id] = last + 1
    return rows


def _column(rows: dict[int, int], items: Sequence[Item], alone: Sequence[int]) -> tuple[int | None, ...]:
    """The ids of one column by row, with None where a row is empty."""
    here = {rows[id]: id for id in (*(id for is_passage, id in items if not is_passage), *alone)}
    return tuple(here.get(row) for row in range(max(here, default=-1) + 1))


def _paths(
    boxes: Sequence[Box], lines: Sequence[Line], items: Sequence[Sequence[Item]], rows: dict[int, int]
) -> dict[int, str]:
    """Each line as an SVG path: from the right side of a box to the left side of another, around those between."""
    column = {box.id: box.column for box in boxes}
    passages = _passages(items, rows)
    paths = {}
    for line in lines:
        start, end = column[line.origin], column[line.leads_to]
        x, y = start * (WIDTH + ACROSS) + WIDTH, _middle(rows[line.origin])
        path = [f"M{_n(x)} {_n(y)}"]
        for number in range(start + 1, end):
            passed = passages[number, line.id]
            path.append(_curve(x, y, passed))
            x, y = x + ACROSS + WIDTH, passed
            path.append(f"H{_n(x)}")
        path.append(_curve(x, y, _middle(rows[line.leads_to])))
        paths[line.id] = "".join(path)
    return paths


def _passages(items: Sequence[Sequence[Item]], rows: dict[int, int]) -> dict[tuple[int, int], float]:
    """How far down each line passes each column: in the gap below the box above it, side by side with its like."""
    found: dict[tuple[int, int], float] = {}
    for number, column in enumerate(items):
        below, gaps = -1, []
        for is_passage, id in column:
            if is_passage:
                gaps.append((below, id))
            else:
                below = rows[id]
        for gap, group in groupby(gaps, key=lambda one: one[0]):
            ids = [id for _, id in group]
            step = min(LANE, (DOWN - 2) / max(len(ids) - 1, 1))
            for place, id in enumerate(ids):
                middle = (gap + 1) * (HEIGHT + DOWN) - DOWN / 2
                found[number, id] = middle + (place - (len(ids) - 1) / 2) * step
    return found


def _middle(row: int) -> float:
    return row * (HEIGHT + DOWN) + HEIGHT / 2


def _curve(x: float, y: float, to: float) -> str:
    """From one column to the next, level at both ends."""
    return f"C{_n(x + BEND)} {_n(y)} {_n(x + BEND)} {_n(to)} {_n(x + ACROSS)} {_n(to)}"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
