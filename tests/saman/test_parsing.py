"""What people type: read when it can be read in one way, else refused with a reason and an example; never a crash."""

import unicodedata
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from saman import formatting
from saman.parsing import (
    AmbiguousNumber,
    InvalidDay,
    InvalidNumber,
    InvalidText,
    clean_text,
    example_day,
    has_national_identity_number,
    parse_day,
    parse_decimal,
)


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        (" 12,5 ", "12.5"),
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234\u202f567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1234.567", "1234.567"),
        ("1,234", "1.234"),
        ("\u22123", "-3"),
        ("-3", "-3"),
        ("+3", "3"),
        ("007", "7"),
    ],
)
def test_numbers_that_can_be_read_in_one_way(typed, value):
    assert parse_decimal(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [("12,5 %", "%", "12.5"), ("12,5%", "%", "12.5"), ("2,4 Årsverk", "årsverk", "2.4"), ("12,5", "%", "12.5")],
)
def test_the_fields_own_unit_may_be_typed(typed, unit, value):
    assert parse_decimal(typed, unit) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    [
        *("1e3", "１２", "NaN", "Infinity", "-inf", "1e999", "0x10", "٣", "ca. 12", "12-15", "12,5 %", "12 34"),
        *("1 23,5", "--3", "3-", "1,2,3", "1.2.3", "12,", ",5", "%", "1_000", "1\n2", "12\u0000", "½", "²", "1'000"),
    ],
)
def test_everything_else_is_refused_with_an_example(typed):
    with pytest.raises(InvalidNumber) as refusal:
        parse_decimal(typed)
    assert refusal.value.reason == "not_a_number"
    assert "12,5" in str(refusal.value.message)


@pytest.mark.parametrize("typed", ["", " ", "\u00a0", "\t\n"])
def test_nothing_is_not_zero(typed):
    with pytest.raises(InvalidNumber) as refusal:
        parse_decimal(typed)
    assert refusal.value.reason == "empty"


@pytest.mark.parametrize("typed", ["1.234", "-1.234", "12.345", "999.999"])
def test_a_point_before_three_digits_is_asked_about(typed):
    with pytest.raises(AmbiguousNumber) as refusal:
        parse_decimal(typed)
    message = str(refusal.value.message)
    assert typed in message
    assert typed.lstrip("-").replace(".", "") in message


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("typed", ["1.234", "1,234"])
def test_both_answers_to_the_question_are_accepted(language, typed):
    with translation.override(language):
        try:
            parse_decimal(typed)
        except AmbiguousNumber as refusal:
            answers = [word.rstrip(".") for word in str(refusal.message).split() if word[0] == "1"]
            assert {parse_decimal(answer) for answer in answers} == {Decimal("1234"), Decimal("1.234")}
        else:
            assert (language, typed) in {("nb", "1,234"), ("nn", "1,234")}


@pytest.mark.parametrize("typed", ["9" * 16, "1,123456789012345", "9" * 39])
def test_numbers_too_long_to_be_exact_are_refused(typed):
    with pytest.raises(InvalidNumber):
        parse_decimal(typed)


@given(st.text())
def test_any_text_is_a_number_or_refused(typed):
    with suppress(InvalidNumber):
        assert parse_decimal(typed, "%").is_finite()
        assert all(character.isascii() for character in typed if character.isdigit())


@given(st.decimals(-(10**8), 10**8, places=3))
def test_a_shown_number_with_its_unit_is_read_back(value):
    shown = formatting.with_unit(value, "%", 4)
    assert parse_decimal(shown, "%") == value


@pytest.mark.parametrize(
    "typed",
    [
        *("21.02.2013", "21.2.2013", "21. 2. 2013", "2013-02-21", "21022013", " 21.02.2013 "),
        *("21. februar 2013", "21 February 2013", "21. feb. 2013"),
    ],
)
def test_dates_that_can_be_read_in_one_way(typed):
    assert parse_day(typed) == date(2013, 2, 21)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31.02.2014", "no_such_day"),
        ("29.2.2013", "no_such_day"),
        ("2014-13-01", "no_such_day"),
        ("0.1.2014", "no_such_day"),
        ("01/02/14", "short_year"),
        ("21.2.13", "short_year"),
        ("01.01.0000", "year_out_of_range"),
        ("31.12.9999", "year_out_of_range"),
        ("01/02/2014", "not_a_day"),
        ("i går", "not_a_day"),
        ("21. foo 2013", "not_a_day"),
        ("２１.02.2013", "not_a_day"),
        ("", "empty"),
        ("   ", "empty"),
    ],
)
def test_other_dates_are_refused_with_an_example(typed, reason):
    with pytest.raises(InvalidDay) as refusal:
        parse_day(typed)
    assert refusal.value.reason == reason
    assert example_day()["day"] in str(refusal.value.message)


def test_a_leap_day_is_a_day():
    assert parse_day("29.02.2012") == date(2012, 2, 29)


@given(st.text())
def test_any_text_is_a_date_or_refused(typed):
    with suppress(InvalidDay):
        assert 1900 <= parse_day(typed).year <= 2100


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["nb", "nn", "en"]))
def test_a_shown_date_is_read_back(day, language):
    with translation.override(language):
        assert parse_day(formatting.day(day)) == parse_day(formatting.day_medium(day)) == day
        assert parse_day(formatting.day_input(day)) == day


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Heltid  ", "Heltid"),
        ("A\u030asnes", "Åsnes"),
        ("én\r\nto\rtre", "én\nto\ntre"),
        ("én\x0bto", "én\nto"),
        ("\ufeffHeltid", "Heltid"),
        (" \u200b\u00a0\u2060", ""),
        ("<b>&amp;'\"", "<b>&amp;'\""),
        ("Guovdageaidnu 👩\u200d⚕️", "Guovdageaidnu 👩\u200d⚕️"),
        ("linje  \nto", "linje\nto"),
    ],
)
def test_text_is_kept_as_written_but_composed_and_trimmed(typed, kept):
    assert clean_text(typed, 100) == kept


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u2066", "\u200f", "\ud800"])
def test_what_cannot_be_stored_or_would_deceive_is_refused(character):
    with pytest.raises(InvalidText) as refusal:
        clean_text(f"Heltid{character}", 100)
    assert refusal.value.reason == "forbidden_character"


def test_length_is_counted_after_trimming_and_composing():
    assert len(clean_text(" " + "a\u030a" * 100 + " ", 100)) == 100
    with pytest.raises(InvalidText) as refusal:
        clean_text("a" * 1100, 1000)
    assert refusal.value.reason == "too_long"
    assert "100 tegn" in str(refusal.value.message)
    assert "1\u202f000 tegn" in str(refusal.value.message)


@pytest.mark.parametrize("written", ["01010750160", "010107 50160", "Født 010107\u00a050160."])
def test_a_national_identity_number_is_stopped_and_not_repeated(written):
    with pytest.raises(InvalidText) as refusal:
        clean_text(written, 100)
    assert refusal.value.reason == "national_identity_number"
    assert "50160" not in str(refusal.value.message) + str(refusal.value)


@pytest.mark.parametrize("text", ["01010750161", "12345678901234567890", "tlf. 91234567", "0101075016"])
def test_other_digits_are_left_alone(text):
    assert not has_national_identity_number(text)


@given(st.text(max_size=300))
def test_any_text_is_cleaned_or_refused_and_cleaning_again_changes_nothing(typed):
    with suppress(InvalidText):
        cleaned = clean_text(typed, 200)
        assert clean_text(cleaned, 200) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        assert "\x00" not in cleaned
        cleaned.encode()
