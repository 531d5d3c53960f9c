"""The drawing: the same map always looks the same, nothing lies on anything else, and an edit moves little."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from benefits.maps.layout import ACROSS, DOWN, HEIGHT, WIDTH, lay_out
from benefits.maps.order import begin, crossings, neighbours, ordered
from benefits.maps.shapes import COLUMNS, Box, Line


@st.composite
def maps(draw, most_boxes=40, most_lines=60):
    """Boxes with ids in any order, and lines that lead forwards, each pair once."""
    columns = draw(st.lists(st.integers(0, COLUMNS - 1), max_size=most_boxes))
    ids = draw(st.permutations(range(1, len(columns) + 1)))
    boxes = [Box(id, column, draw(st.integers(0, 3))) for id, column in zip(ids, columns, strict=True)]
    forwards = [(a.id, b.id) for a in boxes for b in boxes if a.column < b.column]
    pairs = draw(st.lists(st.sampled_from(forwards), unique=True, max_size=most_lines)) if forwards else []
    return boxes, [Line(number, *pair) for number, pair in enumerate(pairs, 1)]


def corners(layout):
    return {
        id: layout.corner(column, row)
        for column, ids in enumerate(layout.columns)
        for row, id in enumerate(ids)
        if id is not None
    }


@given(maps(), st.randoms())
def test_a_map_is_drawn_the_same_whatever_order_its_parts_come_in(drawn, random):
    boxes, lines = drawn
    before = lay_out(boxes, lines)
    random.shuffle(boxes)
    random.shuffle(lines)
    assert lay_out(boxes, lines) == before


@given(maps())
def test_every_box_has_a_place_of_its_own_in_its_column(drawn):
    boxes, lines = drawn
    layout = lay_out(boxes, lines)
    places = corners(layout)
    assert set(places) == {box.id for box in boxes}
    for box in boxes:
        x, y = places[box.id]
        assert x == box.column * (WIDTH + ACROSS)
        assert 0 <= y <= layout.height - HEIGHT
    assert len(set(places.values())) == len(boxes), "no two lie on each other"
    most = max((sum(box.column == column for box in boxes) for column in range(COLUMNS)), default=0)
    assert max(map(len, layout.columns)) == most, "empty places make no map taller"


@given(maps())
def test_every_line_begins_and_ends_at_its_boxes_and_passes_between_the_others(drawn):
    boxes, lines = drawn
    layout = lay_out(boxes, lines)
    places, column = corners(layout), {box.id: box.column for box in boxes}
    for line in lines:
        path = layout.paths[line.id]
        numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path)]
        (x, y), (to_x, to_y) = places[line.origin], places[line.leads_to]
        assert numbers[:2] == [x + WIDTH, y + HEIGHT / 2]
        assert numbers[-2:] == [to_x, to_y + HEIGHT / 2]
        level = [float(y) for y in re.findall(r"(-?[\d.]+)H", path)]
        assert len(level) == column[line.leads_to] - column[line.origin] - 1
        assert all(-DOWN <= y % (HEIGHT + DOWN) - (HEIGHT + DOWN) <= 0 or y < 0 for y in level)
        assert all(y < 0 or y % (HEIGHT + DOWN) > HEIGHT for y in level), "between two rows, on no box"


@given(maps())
def test_the_order_has_no_more_crossings_than_the_one_it_began_with(drawn):
    boxes, lines = drawn
    known = {box.id: box for box in boxes}
    linked = {end for line in lines for end in (line.origin, line.leads_to)}
    base = sorted((b for b in boxes if b.id in linked), key=lambda b: (b.column, b.position, b.id))
    sorted_lines = sorted(lines, key=lambda line: (line.origin, line.leads_to))
    _, after = neighbours(sorted_lines, known)
    items, _ = ordered(boxes, lines)
    assert crossings(items, after) <= crossings(begin(base, sorted_lines, known), after)


@given(maps(), st.integers(0, COLUMNS - 1))
def test_a_new_box_without_lines_moves_nothing(drawn, column):
    boxes, lines = drawn
    before = corners_in_order(lay_out(boxes, lines))
    new = Box(len(boxes) + 1, column, 9)
    after = corners_in_order(lay_out([*boxes, new], lines))
    assert [[id for id in ids if id != new.id] for ids in after] == before
    assert after[column][-1] == new.id


@given(maps(most_boxes=16, most_lines=0), st.data())
def test_where_no_lines_cross_the_boxes_stand_as_people_ordered_them(drawn, data):
    """Also after a new line that crosses none: an edit shuffles no more than it must."""
    boxes, _ = drawn
    by_column = [sorted((b for b in boxes if b.column == c), key=lambda b: (b.position, b.id)) for c in range(COLUMNS)]
    pairs = [pair for left, right in pairwise(by_column) for pair in zip(left, right, strict=False)]
    kept = [pair for pair in pairs if data.draw(st.booleans())]
    lines = [Line(number, a.id, b.id) for number, (a, b) in enumerate(kept, 1)]
    linked = {end for line in lines for end in (line.origin, line.leads_to)}
    found = corners_in_order(lay_out(boxes, lines))
    for column, ids in zip(by_column, found, strict=True):
        assert [id for id in ids if id in linked] == [box.id for box in column if box.id in linked]


def corners_in_order(layout):
    return [[id for id in ids if id is not None] for ids in layout.columns]


def test_two_lines_that_cross_are_untangled():
    boxes = [Box(1, 0, 1), Box(2, 0, 2), Box(3, 1, 1), Box(4, 1, 2)]
    layout = lay_out(boxes, [Line(1, 1, 4), Line(2, 2, 3)])
    left, right = corners_in_order(layout)[:2]
    assert [left.index(1), left.index(2)] == [right.index(4), right.index(3)]


def test_a_box_stands_beside_what_it_builds_on():
    boxes = [Box(1, 0, 1), Box(2, 0, 2), Box(3, 0, 3), Box(4, 1, 1)]
    assert lay_out(boxes, [Line(1, 3, 4)]).columns[1][-1] == 4
    middle = lay_out(boxes, [Line(1, 1, 4), Line(2, 2, 4), Line(3, 3, 4)])
    assert middle.columns[1] == (None, 4)
    assert middle.paths[2] == "M176 162C194 162 194 162 212 162", "a straight line where one is enough"


def test_an_empty_map_has_no_size():
    layout = lay_out([], [])
    assert (layout.columns, layout.paths, layout.height) == (((),) * COLUMNS, {}, 0)
