"""Addresses made of names."""

import pytest

from saman.slugs import slug_of


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Heltid på Stord", "heltid-pa-stord"),
        ("Ørsta, Åfjord & Kvæfjord", "orsta-afjord-kvaefjord"),
        ("Kárášjohka", "karasjohka"),
        ("Guovdageaidnu Đ", "guovdageaidnu-d"),
        ("A\u030asnes", "asnes"),
        ("  ../<b>  ", "b"),
        ("日本", ""),
        ("", ""),
    ],
)
def test_names_become_addresses(text, slug):
    assert slug_of(text, 60) == slug


def test_an_address_is_cut_without_a_hyphen_at_its_end():
    assert slug_of("abcd efgh", 5) == "abcd"
