"""Following the map: what a box builds on and leads to, and where a chain breaks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benefits.maps.shapes import COLUMNS, Box, Line

FIRST, LAST = 0, COLUMNS - 1


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything a box builds on and leads to, itself included: the ids of boxes and of lines."""

    boxes: frozenset[int]
    lines: frozenset[int]


def chain_of(box: int, lines: Sequence[Line]) -> Chain:
    """The whole chain through a box, both ways."""
    back, on = defaultdict(list), defaultdict(list)
    for line in lines:
        on[line.origin].append((line.id, line.leads_to))
        back[line.leads_to].append((line.id, line.origin))
    boxes, passed = {box}, set[int]()
    for ways in (back, on):
        waiting = [box]
        met = {box}
        while waiting:
            for way, other in ways[waiting.pop()]:
                passed.add(way)
                if other not in met:
                    met.add(other)
                    waiting.append(other)
        boxes |= met
    return Chain(frozenset(boxes), frozenset(passed))


def loose_ends(boxes: Iterable[Box], lines: Iterable[Line]) -> list[int]:
    """The boxes that lead nowhere, though they are not what it is all for."""
    origins = {line.origin for line in lines}
    return [box.id for box in boxes if box.column < LAST and box.id not in origins]


def without_ground(boxes: Iterable[Box], lines: Iterable[Line]) -> list[int]:
    """The boxes nothing leads to, though something must be done for them to come about."""
    ends = {line.leads_to for line in lines}
    return [box.id for box in boxes if box.column > FIRST and box.id not in ends]


def in_order(boxes: Iterable[Box]) -> list[Box]:
    """The boxes so that each comes after everything it builds on."""
    return sorted(boxes, key=lambda box: (box.column, box.position, box.id))
