"""The order of names in a Norwegian list."""

import pytest

from saman.sorting import norwegian


@pytest.mark.parametrize(
    "names",
    [
        ["Andøy", "Dønna", "Zahl", "Ærøy", "Østre Toten", "Øvre Eiker", "Åfjord", "Åsnes"],
        ["Frøya", "Fræna"][::-1],
        ["Hamar", "hamre", "Haugesund", "Høyanger", "Høylandet"],
        ["Nord-Trøndelag", "Nordland"],
        ["Sel", "Sér", "Ses"],
    ],
)
def test_names_come_in_the_order_of_the_norwegian_alphabet(names):
    assert sorted(set(names), key=norwegian) == names


def test_a_letter_written_in_two_parts_is_the_same_letter():
    assert norwegian("A\u030asnes") == norwegian("Åsnes")
