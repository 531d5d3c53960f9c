"""Bars and columns: lengths are shares, nothing leaves the drawing, nothing is told by colour alone."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation

from saman.charts import bar, stackbar, stacked_columns


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


def drawn(markup):
    assert "style=" not in markup
    return ElementTree.fromstring(markup)


def part(svg, css):
    return [found for found in svg.iter() if found.get("class") == css]


def test_a_bar_shows_value_expected_and_best_as_shares():
    svg = drawn(bar(0.33, 0.56, 0.61, status="relapse", label="33 prosent"))
    assert part(svg, "bar-value")[0].get("width") == "33%"
    assert part(svg, "bar-expected")[0].get("x1") == "56%"
    assert part(svg, "bar-best")[0].get("x2") == "61%"
    assert svg.get("data-status") == "tilbakefall"
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "33 prosent")


@pytest.mark.parametrize(("value", "width"), [(-0.4, "0%"), (1.7, "100%"), (0, "0%")])
def test_a_bar_never_leaves_its_track(value, width):
    assert part(drawn(bar(value)), "bar-value")[0].get("width") == width


def test_what_is_not_measured_has_no_bar_at_all():
    svg = drawn(bar(None, 0.5))
    assert part(svg, "bar-value") == []
    assert len(part(svg, "bar-track")) == 1


def test_the_best_place_is_only_shown_when_it_was_better():
    assert part(drawn(bar(0.6, best=0.5)), "bar-best") == []


def test_a_bar_without_words_is_decoration():
    assert drawn(bar(0.5)).get("aria-hidden") == "true"


def test_a_stacked_bar_is_filled_best_first():
    svg = drawn(stackbar({"missing": 1, "achieved": 1, "on_track": 2, "behind": 0}, label="<4> prosjekter"))
    rects = svg.findall("rect")
    assert [rect.get("data-status") for rect in rects] == ["oppnadd", "i-rute", "mangler"]
    assert [rect.get("width") for rect in rects] == ["25%", "50%", "25%"]
    assert rects[2].get("x") == "75%"
    assert svg.get("aria-label") == "<4> prosjekter"


def test_a_stacked_bar_of_nothing_is_empty():
    assert drawn(stackbar({})).findall("rect") == []


def test_columns_stack_upwards_from_the_axis():
    svg = drawn(stacked_columns([("jan.", {"achieved": 3, "missing": 7}), ("feb.", {})], "Status", height=226))
    low, high = part(svg, "fig-part")
    assert low.get("data-status") == "oppnadd"
    assert float(low.get("y")) + float(low.get("height")) == pytest.approx(200)
    assert float(high.get("y")) + float(high.get("height")) == pytest.approx(float(low.get("y")))
    assert float(high.get("height")) / float(low.get("height")) == pytest.approx(7 / 3, rel=0.01)
    assert low.find("title").text == "jan.: Oppnådd 3"


def test_columns_of_no_projects_still_draw():
    drawn(stacked_columns([], "Status"))
    drawn(stacked_columns([("jan.", {})], "Status"))


def test_names_below_many_columns_do_not_run_into_each_other():
    names = [f"m{i}" for i in range(40)]
    svg = drawn(stacked_columns([(name, {"missing": 1}) for name in names], "Status"))
    shown = [text for text in svg.iter("text") if text.text in names]
    places = [float(text.get("x").rstrip("%")) for text in shown]
    assert 2 <= len(shown) <= 7
    assert shown[-1].text == "m39"
    assert all(later - earlier >= 10 for earlier, later in pairwise(places))
    assert sum(text.get("class") is None for text in shown) <= 4
