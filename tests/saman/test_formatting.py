"""What people read: by language, with real signs and spaces, and never a zero for what is not known."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from saman import formatting
from saman.parsing import parse_decimal

TODAY = date(2015, 1, 22)


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (None, None, "–"),
        (float("nan"), 1, "–"),
        (float("inf"), None, "–"),
        (0, None, "0"),
        (Decimal("12.50"), None, "12,5"),
        (Decimal("12.5"), 2, "12,50"),
        (Decimal("100"), None, "100"),
        (1012, None, "1\u202f012"),
        (Decimal("-1234567.25"), None, "\u22121\u202f234\u202f567,25"),
        (30.400000000000002, None, "30,4"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-0.04"), 1, "0,0"),
        (1 / 3, None, "0,3333"),
    ],
)
def test_numbers_in_norwegian(value, decimals, shown):
    assert formatting.number(value, decimals) == shown


def test_numbers_in_english_keep_the_space_between_thousands():
    with translation.override("en"):
        assert formatting.number(Decimal("1234.5")) == "1\u202f234.5"


@pytest.mark.parametrize(("value", "shown"), [(5.4, "+5,4"), (-3.7, "\u22123,7"), (0, "0"), (0.04, "0,0"), (None, "–")])
def test_differences_carry_their_sign(value, shown):
    assert formatting.signed(value, None if value == 0 else 1) == shown


def test_units_hang_on_to_their_number():
    assert formatting.with_unit(Decimal("30.4"), "%") == "30,4\u00a0%"
    assert formatting.with_unit("2,4", "årsverk") == "2,4\u00a0årsverk"
    assert formatting.with_unit(None, "%") == "–"
    assert formatting.percent(0.334) == "33\u00a0%"
    assert formatting.percent(None) == "–"


@pytest.mark.parametrize(
    ("language", "full", "short", "weekday", "clock"),
    [
        ("nb", "21. februar 2013", "21. feb.", "torsdag 21. februar 2013", "kl.\u00a009.41"),
        ("nn", "21. februar 2013", "21. feb.", "torsdag 21. februar 2013", "kl.\u00a009.41"),
        ("en", "21 February 2013", "21 Feb", "Thursday 21 February 2013", "09:41"),
    ],
)
def test_dates_and_times(language, full, short, weekday, clock):
    with translation.override(language):
        assert formatting.day(date(2013, 2, 21)) == full
        assert formatting.day_short(date(2013, 2, 21)) == short
        assert formatting.day_long(date(2013, 2, 21)) == weekday
        assert formatting.clock_time(datetime(2013, 2, 21, 8, 41, tzinfo=UTC)) == clock


def test_nynorsk_has_its_own_weekdays():
    with translation.override("nn"):
        assert formatting.day_long(date(2015, 1, 24)).startswith("laurdag")


def test_a_moment_is_shown_in_norwegian_time():
    assert formatting.moment(datetime(2013, 7, 1, 22, 30, tzinfo=UTC)) == "2. juli 2013 kl.\u00a000.30"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2015, 1, 22), "i dag"),
        (date(2015, 1, 23), "i morgen"),
        (date(2015, 1, 28), "om 6 dager"),
        (date(2015, 3, 12), "om 7 uker"),
        (date(2016, 1, 22), "om 12 måneder"),
        (date(2015, 1, 21), "1 dag over fristen"),
        (date(2015, 1, 16), "6 dager over fristen"),
        (date(2014, 12, 4), "7 uker over fristen"),
        (None, "–"),
    ],
)
def test_deadlines_are_told_as_distances(day, shown):
    assert formatting.due_in(day, TODAY) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(2015, 1, 22), "i dag"), (date(2015, 1, 21), "i går"), (date(2015, 1, 16), "for 6 dager siden")],
)
def test_the_past_is_told_as_distances(day, shown):
    assert formatting.ago(day, TODAY) == shown


def test_names_are_joined_as_a_sentence_has_them():
    assert formatting.joined(["Værøy", "Moskenes", "Røst"]) == "Værøy, Moskenes og Røst"
    assert formatting.joined(["Værøy"]) == "Værøy"
    assert formatting.joined([]) == ""


@given(st.decimals(-(10**9), 10**9, places=4))
def test_what_is_shown_can_be_typed_back(value):
    assert parse_decimal(formatting.number(value)) == value
