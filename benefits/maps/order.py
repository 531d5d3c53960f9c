"""In which order the boxes of each column stand, so that few lines cross and little moves from one edit to the next.

A line that passes a column has a place in it as well (a passage), between two boxes. The order begins as people made
it; two neighbours change places only where fewer lines cross for it, and a whole column is put in the order of its
neighbours' middles (the barycentre) only where the map as a whole gets fewer crossings. So a new box moves others only
when that makes the map easier to read. Boxes without lines stand last.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from benefits.maps.shapes import COLUMNS, Box, Line

# A box is (0, id); the passage of a line through a column is (1, the line's id).
Item = tuple[int, int]
Neighbours = dict[tuple[int, Item], list[Item]]
ROUNDS = 4
EXCHANGES = 8


def ordered(boxes: Sequence[Box], lines: Sequence[Line]) -> tuple[list[list[Item]], list[list[int]]]:
    """(the columns with their passages, from the top; the ids of the boxes without lines, column by column)."""
    known = {box.id: box for box in boxes}
    lines = sorted(lines, key=lambda line: (line.origin, line.leads_to, line.id))
    linked = {end for line in lines for end in (line.origin, line.leads_to)}
    base = sorted(boxes, key=lambda box: (box.column, box.position, box.id))
    alone = [[box.id for box in base if box.column == column and box.id not in linked] for column in range(COLUMNS)]
    columns = begin([box for box in base if box.id in linked], lines, known)
    before, after = neighbours(lines, known)
    return _untangle(columns, before, after), alone


def crossings(columns: Sequence[Sequence[Item]], after: Neighbours) -> int:
    """How many pairs of lines cross between the columns."""
    total = 0
    for number, (left, right) in enumerate(pairwise(columns)):
        places = {item: place for place, item in enumerate(right)}
        seen: list[int] = []
        for item in left:
            ends = sorted(places[end] for end in after.get((number, item), ()))
            total += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def begin(base: Sequence[Box], lines: Sequence[Line], known: dict[int, Box]) -> list[list[Item]]:
    """The boxes as people ordered them, each passage as far down as a straight line would pass."""
    ranks: list[list[tuple[float, Item]]] = [[] for _ in range(COLUMNS)]
    depth: dict[int, float] = {}
    for column in range(COLUMNS):
        here = [box for box in base if box.column == column]
        for place, box in enumerate(here):
            depth[box.id] = (place + 0.5) / len(here)
            ranks[column].append((depth[box.id], (0, box.id)))
    for line in lines:
        start, end = known[line.origin].column, known[line.leads_to].column
        for column in range(start + 1, end):
            way = (column - start) / (end - start)
            passes = depth[line.origin] + way * (depth[line.leads_to] - depth[line.origin])
            ranks[column].append((passes, (1, line.id)))
    return [[item for _, item in sorted(rank)] for rank in ranks]


def neighbours(lines: Sequence[Line], known: dict[int, Box]) -> tuple[Neighbours, Neighbours]:
    """What stands right before and right after each item, by its column: passages break long lines into short ones."""
    before, after = defaultdict(list), defaultdict(list)
    for line in lines:
        start, end = known[line.origin].column, known[line.leads_to].column
        way: list[Item] = [(0, line.origin), *[(1, line.id)] * (end - start - 1), (0, line.leads_to)]
        for column, (here, there) in enumerate(pairwise(way), start):
            after[column, here].append(there)
            before[column + 1, there].append(here)
    return before, after


def _untangle(columns: list[list[Item]], before: Neighbours, after: Neighbours) -> list[list[Item]]:
    """Fewer crossings, for as few changes of place as that takes."""
    _exchange(columns, before, after)
    best, fewest = columns, crossings(columns, after)
    for number in range(ROUNDS):
        if not fewest:
            break
        tried = [list(column) for column in best]
        _sweep(tried, before if number % 2 == 0 else after, is_forward=number % 2 == 0)
        _exchange(tried, before, after)
        if (found := crossings(tried, after)) < fewest:
            best, fewest = tried, found
    return best


def _sweep(columns: list[list[Item]], towards: Neighbours, *, is_forward: bool) -> None:
    """Put each column in the order of the middles of what its items are linked to in the column just passed."""
    numbers = range(1, COLUMNS) if is_forward else range(COLUMNS - 2, -1, -1)
    for number in numbers:
        column, beside = columns[number], columns[number - 1 if is_forward else number + 1]
        depth = {item: (place + 0.5) / len(beside) for place, item in enumerate(beside)}
        ranks = []
        for place, item in enumerate(column):
            linked = [depth[other] for other in towards.get((number, item), ())]
            middle = sum(linked) / len(linked) if linked else (place + 0.5) / len(column)
            ranks.append((middle, place, item))
        columns[number] = [item for _, _, item in sorted(ranks)]


def _exchange(columns: list[list[Item]], before: Neighbours, after: Neighbours) -> None:
    """Let neighbours in a column change places as long as fewer lines cross for it."""
    moved = set(range(COLUMNS))
    for _ in range(EXCHANGES):
        near = sorted({beside for number in moved for beside in (number - 1, number, number + 1)} & set(range(COLUMNS)))
        moved = {number for number in near if _exchange_in(columns, number, before, after)}
        if not moved:
            return


def _exchange_in(columns: list[list[Item]], number: int, before: Neighbours, after: Neighbours) -> bool:
    column, has_moved = columns[number], False
    sides = []
    for towards, beside in ((before, number - 1), (after, number + 1)):
        if 0 <= beside < COLUMNS:
            places = {item: place for place, item in enumerate(columns[beside])}
            sides.append({i: sorted([places[o] for o in towards.get((number, i), ())]) for i in column})
    for place in range(len(column) - 1):
        upper, lower = column[place], column[place + 1]
        gain = 0
        for side in sides:
            gain += _crossed(side[upper], side[lower]) - _crossed(side[lower], side[upper])
        if gain > 0:
            column[place], column[place + 1] = lower, upper
            has_moved = True
    return has_moved


def _crossed(upper: Sequence[int], lower: Sequence[int]) -> int:
    """How many pairs cross when one item stands above another; the places of their neighbours, in order."""
    total = 0
    for end in upper:
        total += bisect_left(lower, end)
    return total
