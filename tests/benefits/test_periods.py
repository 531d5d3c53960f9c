"""When a figure holds, as people write it, and the dates a target is planned to be measured on."""

from datetime import date

import pytest
from django.utils.translation import override

from benefits.models import PlannedPoint
from benefits.periods import Span, latest_end, parse_period, period_ends
from benefits.planning import UnreadablePoint, parse_planned, planned_points, planned_text
from saman.parsing import InvalidDay


@pytest.mark.parametrize(
    ("text", "ends_on", "span"),
    [
        ("2013", date(2013, 12, 31), Span.YEAR),
        (" 2013 ", date(2013, 12, 31), Span.YEAR),
        ("2014 K1", date(2014, 3, 31), Span.QUARTER),
        ("2014K2", date(2014, 6, 30), Span.QUARTER),
        ("2014-Q3", date(2014, 9, 30), Span.QUARTER),
        ("K4 2014", date(2014, 12, 31), Span.QUARTER),
        ("1. kvartal 2014", date(2014, 3, 31), Span.QUARTER),
        ("3.kv. 2014", date(2014, 9, 30), Span.QUARTER),
        ("2012-02", date(2012, 2, 29), Span.MONTH),
        ("mars 2014", date(2014, 3, 31), Span.MONTH),
        ("31.12.2013", date(2013, 12, 31), Span.DAY),
        ("2013-06-30", date(2013, 6, 30), Span.DAY),
        ("21. februar 2013", date(2013, 2, 21), Span.DAY),
    ],
)
def test_what_people_write_is_read(text, ends_on, span):
    period = parse_period(text)
    assert (period.ends_on, period.span) == (ends_on, span)


@pytest.mark.parametrize("text", ["", "i fjor", "2014 K5", "31.02.2014", "0013", "13", "2014-13", "9999", "01/02/14"])
def test_what_cannot_be_read_is_refused_with_an_example(text):
    with pytest.raises(InvalidDay) as refusal:
        parse_period(text)
    assert str(refusal.value.message)


@pytest.mark.parametrize("text", ["2013", "2014 K2", "30.06.2013"])
def test_a_period_is_shown_as_it_is_typed(text):
    assert str(parse_period(text)) == text


def test_the_ends_of_quarters_lie_between_the_days():
    found = list(period_ends("quarterly", date(2013, 12, 31), date(2014, 9, 30)))
    assert found == [date(2014, 3, 31), date(2014, 6, 30), date(2014, 9, 30)]


@pytest.mark.parametrize(
    ("frequency", "ends_on"),
    [("yearly", date(2014, 12, 31)), ("quarterly", date(2014, 12, 31)), ("monthly", date(2014, 12, 31))],
)
def test_the_latest_period_that_is_over(frequency, ends_on):
    assert latest_end(frequency, date(2015, 1, 22)) == ends_on


def plan(frequency, **facts):
    facts = {"baseline_on": date(2013, 12, 31), "target_on": date(2015, 12, 31), "today": date(2015, 1, 22)} | facts
    return planned_points(frequency, **facts)


def test_measuring_goes_on_for_two_years_after_the_target_date():
    assert plan("yearly") == (
        (date(2014, 12, 31), "midway"),
        (date(2015, 12, 31), "end"),
        (date(2016, 12, 31), "follow_up"),
        (date(2017, 12, 31), "follow_up"),
    )


def test_a_baseline_to_come_is_planned_and_nothing_before_it():
    points = plan("quarterly", baseline_on=None, baseline_due_on=date(2015, 6, 1))
    assert points[0] == (date(2015, 6, 1), "baseline")
    assert points[1][0] == date(2015, 6, 30)


def test_an_old_baseline_plans_nothing_far_in_the_past():
    assert plan("yearly", baseline_on=date(2005, 12, 31))[0][0] == date(2014, 12, 31)


def test_no_date_is_planned_twice():
    dates = [on for on, _kind in plan("monthly", target_on=date(2015, 12, 15))]
    assert len(dates) == len(set(dates))
    assert date(2015, 12, 15) in dates


LATEST = date(2030, 1, 22)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_planned_dates_are_read_as_they_are_written_in_any_language(language):
    points = tuple((date(2014, 1 + n, 28), kind) for n, kind in enumerate(PlannedPoint.Kind.values))
    with override(language):
        text = planned_text(points)
    assert parse_planned(text, LATEST) == points


def test_planned_dates_are_put_in_order_and_a_bare_one_is_a_measurement():
    typed = "2015 slutt\n\n  2014 K2\n31. desember 2013 Nullpunkt\n"
    assert parse_planned(typed, LATEST) == (
        (date(2013, 12, 31), "baseline"),
        (date(2014, 6, 30), "regular"),
        (date(2015, 12, 31), "end"),
    )
    assert parse_planned("", LATEST) == ()


@pytest.mark.parametrize("line", ["i fjor", "2015 om litt", "slutt", "31.02.2015 slutt", "2031", "2014\n31.12.2014"])
def test_a_line_that_is_no_date_to_measure_on_is_said_back(line):
    with pytest.raises(UnreadablePoint) as refusal:
        parse_planned(line, LATEST)
    assert f"«{line.splitlines()[-1]}»" in str(refusal.value.message)
