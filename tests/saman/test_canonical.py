"""Canonical JSON: one content, one text, one checksum."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saman.canonical import NotCanonical, canonical, decimal_text, digest, parse

LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text(max_size=20))
VALUES = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text("abcæøå", max_size=4), inner))
)


@given(VALUES)
def test_reading_and_writing_again_changes_nothing(value):
    text = canonical(value)
    assert canonical(parse(text)) == text
    assert digest(parse(text)) == digest(value)


@given(st.dictionaries(st.text("abcæøå", max_size=4), LEAVES), st.randoms())
def test_the_order_of_the_keys_does_not_matter(value, draw):
    items = list(value.items())
    draw.shuffle(items)
    assert canonical(dict(items)) == canonical(value)


@given(st.text(max_size=30))
def test_how_a_letter_is_composed_and_a_line_is_ended_does_not_matter(text):
    other = unicodedata.normalize("NFD", text).replace("\n", "\r\n") if "\r" not in text else text
    assert digest(other) == digest(text)


@given(VALUES, VALUES)
def test_different_contents_have_different_checksums(one, other):
    if parse(canonical(one)) != parse(canonical(other)):
        assert digest(one) != digest(other)


def test_what_it_looks_like():
    what = {"b": ["ø", None, True], "a": Decimal("2.40"), "Å": "x\r\ny"}
    assert canonical(what) == '{"a":"2.4","b":["ø",null,true],"Å":"x\\ny"}'


@pytest.mark.parametrize("value", [0.1, {"a": float("nan")}, object(), {1, 2}])
def test_what_has_no_one_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [("2.40", "2.4"), ("100", "100"), ("-0.00", "0"), ("0.10", "0.1"), ("1E+3", "1000"), ("-1.50", "-1.5")],
)
def test_a_decimal_has_one_form(value, text):
    assert decimal_text(Decimal(value)) == text
