"""Lines over time: the axis grows upwards, what is not measured leaves a gap, and any series can be drawn."""

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from saman.charts import Point, Usual, sparkline, target_chart

TODAY = date(2015, 1, 22)
START = date(2013, 1, 15)


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


def chart(points, **options):
    markup = target_chart(points, **{"today": TODAY, "unit": "%", "label": "Linjediagram", **options})
    assert "style=" not in markup
    return ElementTree.fromstring(markup)


def part(svg, css):
    return [found for found in svg.iter() if found.get("class") == css]


def series(*values):
    return [Point(START + timedelta(days=60 * i), value) for i, value in enumerate(values)]


def dots(svg):
    return [(float(dot.get("cx").rstrip("%")), float(dot.get("cy"))) for dot in part(svg, "fig-dot")]


def test_greater_values_are_higher_up_whatever_the_wanted_direction():
    for values in ((38.0, 30.0, 24.0), (24.0, 30.0, 38.0)):
        places = dots(chart(series(*values), baseline=values[0], target=values[-1]))
        assert [y for _x, y in places] == sorted((y for _x, y in places), reverse=values[0] < values[-1])
        assert [x for x, _y in places] == sorted(x for x, _y in places)


def test_a_missing_value_leaves_a_gap_and_no_dot():
    svg = chart(series(38.0, 36.0, None, 31.0, 30.0))
    assert len(dots(svg)) == 4
    assert part(svg, "fig-actual")[0].get("d").count("M") == 2


def test_a_value_alone_between_gaps_is_a_dot_without_a_line():
    svg = chart(series(None, 36.0, None))
    assert len(dots(svg)) == 1
    assert part(svg, "fig-actual") == []


def test_points_are_drawn_in_order_of_time():
    first, second, third = series(1.0, 2.0, 3.0)
    assert part(chart([third, first, second]), "fig-actual")[0].get("d") == part(
        chart([first, second, third]), "fig-actual"
    )[0].get("d")


def test_each_point_tells_its_date_and_value_alike():
    svg = chart([Point(date(2013, 2, 15), 30.4), Point(date(2013, 4, 15), 30.0, is_preliminary=True)])
    titles = [title.text for title in svg.iter("title")]
    assert titles == ["15. februar 2013: 30,4\u00a0%", "15. april 2013: 30,0\u00a0%, foreløpig"]


def test_relapse_is_a_diamond_with_a_word():
    svg = chart([Point(START, 24.0), Point(date(2014, 1, 1), 30.4, is_relapse=True)])
    assert len(part(svg, "fig-relapse")) == 1
    assert "Tilbakefall" in [text.text for text in svg.iter("text")]


@pytest.mark.parametrize("relapse", [30.8, 44.0])
def test_the_word_for_a_relapse_and_the_name_of_the_baseline_are_not_written_over_each_other(relapse):
    points = [*series(44.0, 20.0), Point(date(2014, 12, 31), relapse, is_relapse=True)]
    names = {text.text: float(text.get("y")) for text in chart(points, baseline=30.5).iter("text")}
    assert abs(names["Tilbakefall"] - names["Nullpunkt 30,5\u00a0%"]) >= 14


def test_baseline_target_and_today_are_named():
    svg = chart(series(38.0, 30.4), baseline=38.0, target=15.0, plan=[(START, 38.0), (date(2014, 12, 31), 15.0)])
    texts = [text.text for text in svg.iter("text")]
    assert {"Nullpunkt 38,0\u00a0%", "Mål 15,0\u00a0%", "I dag"} <= set(texts)
    assert len(part(svg, "fig-goal")) == 1


def test_tolerance_is_as_wide_on_both_sides_of_the_plan():
    svg = chart([], plan=[(START, 38.0), (date(2014, 12, 31), 18.0)], tolerance=2.0)

    def numbers(css):
        return part(svg, css)[0].get("d").replace("M", " ").replace("L", " ").replace("Z", "").split()

    plan, band = numbers("fig-plan"), numbers("fig-band")
    upper, middle, lower = float(band[1]), float(plan[1]), float(band[-1])
    assert middle - upper == pytest.approx(lower - middle)
    assert upper < middle < lower


@pytest.mark.parametrize(
    ("points", "options"),
    [
        ([], {}),
        ([Point(TODAY, 3.0)], {}),
        ([Point(TODAY, None)], {}),
        (series(5.0, 5.0, 5.0), {"baseline": 5.0, "target": 5.0}),
        (series(0.0, 0.0), {}),
        (series(*range(100)), {}),
        (series(1e-6, 2e-6), {}),
        (series(-1e9, 1e9), {}),
        (series(1.0), {"plan": [(TODAY, 1.0)], "tolerance": 0.0, "target": 1.0}),
    ],
)
def test_any_series_is_drawn_inside_the_plot(points, options):
    svg = chart(points, height=300, **options)
    for x, y in dots(svg):
        assert 0 <= x <= 100
        assert 0 <= y <= 300 - 26
    assert "nan" not in ElementTree.tostring(svg, encoding="unicode").lower()


@given(st.lists(st.floats(-1e6, 1e6) | st.none(), max_size=40))
def test_whatever_was_measured_can_be_drawn(values):
    svg = chart(series(*values))
    assert len(dots(svg)) == sum(value is not None for value in values)
    assert all(0 <= y <= 400 for _x, y in dots(svg))


def test_the_value_axis_has_round_even_steps_that_hold_every_value():
    svg = chart(series(23.7, 38.2))
    axis = [text for text in svg.iter("text") if text.get("x") == "-8"]
    values = [float(text.text.replace("\u00a0%", "").replace(",", ".")) for text in axis]
    assert values[0] <= 23.7
    assert values[-1] >= 38.2
    assert len({round(later - earlier, 6) for earlier, later in pairwise(values)}) == 1


@pytest.mark.parametrize("years", [0, 1, 2, 5, 12, 40])
def test_months_below_do_not_run_into_each_other(years):
    svg = chart([Point(date(2015 - years, 1, 1), 1.0)])
    months = [text for text in svg.iter("text") if text.get("y") == "394"]
    places = [float(text.get("x").rstrip("%")) for text in months]
    assert len(months) <= 9
    assert all(later - earlier > 5 for earlier, later in pairwise(places))


def test_texts_are_escaped():
    svg = chart(series(1.0), unit="<b>&", label='"><script>')
    assert svg.get("aria-label") == '"><script>'
    assert "<b>&" in next(svg.iter("title")).text


def test_a_sparkline_ends_in_a_dot_at_its_last_value():
    svg = ElementTree.fromstring(sparkline([38.0, None, 24.0, None], status="relapse", label="Ned"))
    dot = part(svg, "spark-dot")[0]
    assert dot.get("data-status") == "tilbakefall"
    assert part(svg, "spark-actual")[0].get("d").count("M") == 2
    assert float(dot.get("cy")) > 20


def test_a_sparkline_of_nothing_is_nothing():
    assert sparkline([]) == ""
    assert sparkline([None, None]) == ""


@pytest.mark.parametrize("values", [[5.0], [5.0, 5.0, 5.0], [float(i % 7) for i in range(100)]])
def test_a_sparkline_keeps_within_its_frame(values):
    svg = ElementTree.fromstring(sparkline(values, label="x"))
    dot = part(svg, "spark-dot")[0]
    assert 0 <= float(dot.get("cx")) <= 132
    assert 0 <= float(dot.get("cy")) <= 34


def test_usual_variation_is_drawn_along_its_points_and_fits_in_the_plot():
    points = series(10.0, 11.0, 10.5, 10.2)
    usual = Usual(points[1].on, points[-1].on, 2.0, 18.0)
    svg = chart(points, usual=usual)
    high, low = part(svg, "fig-usual")
    xs = [x for x, _y in dots(svg)]
    for line in (high, low):
        assert [float(line.get(name).rstrip("%")) for name in ("x1", "x2")] == [xs[1], xs[-1]]
        assert 0 < float(line.get("y1")) < 400
    assert float(high.get("y1")) < min(y for _x, y in dots(svg))
    assert float(low.get("y1")) > max(y for _x, y in dots(svg))
    said = [text.text for text in part(svg, "fig-halo")]
    assert {"Vanlig opp til 18,0\u00a0%", "Vanlig ned til 2,0\u00a0%"} <= set(said)
    assert part(chart(points), "fig-usual") == []
