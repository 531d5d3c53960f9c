"""Following the map: the chain through a box both ways, and where chains break."""

from hypothesis import given

from benefits.maps.chains import chain_of, loose_ends, without_ground
from benefits.maps.shapes import Box, Line
from tests.benefits.maps.test_layout import maps

BOXES = [Box(id, column) for id, column in ((1, 0), (2, 1), (3, 2), (4, 3), (5, 5), (6, 0), (7, 3))]
LINES = [Line(10, 1, 2), Line(11, 2, 3), Line(12, 3, 4), Line(13, 4, 5), Line(14, 6, 2), Line(15, 3, 7)]


def test_a_chain_goes_both_ways_and_takes_no_side_road_back():
    chain = chain_of(4, LINES)
    assert chain.boxes == {1, 6, 2, 3, 4, 5}, "box 7 builds on the same, but is no part of the way to box 4"
    assert chain.lines == {10, 11, 12, 13, 14}


def test_what_leads_nowhere_and_what_builds_on_nothing_is_found():
    assert loose_ends(BOXES, LINES) == [7]
    assert without_ground(BOXES, LINES) == []
    assert without_ground(BOXES, LINES[:-1]) == [7]
    assert loose_ends([Box(1, 5)], []) == [], "an objective is where it ends"


@given(maps())
def test_a_chain_is_what_reaches_the_box_or_is_reached_from_it(drawn):
    boxes, lines = drawn
    if not boxes:
        return
    box = boxes[0].id
    on, back = {box}, {box}
    for _ in boxes:
        on |= {line.leads_to for line in lines if line.origin in on}
        back |= {line.origin for line in lines if line.leads_to in back}
    chain = chain_of(box, lines)
    assert chain.boxes == on | back
    assert chain.lines == {line.id for line in lines if (line.origin in on) or (line.leads_to in back)}
