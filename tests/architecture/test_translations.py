"""Every text is there in nynorsk and English: none missing, none fuzzy, every placeholder kept. Bokmål is the text."""

import re
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo

from scripts.translations import LANGUAGES, catalogue, left_over, missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_or_fuzzy(language):
    assert missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_has_outlived_its_text(language):
    assert left_over(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_kept(language):
    entries = catalogue(language)
    errors = {str(entry.id): [str(error) for error in entry.check(entries)] for entry in entries}
    assert {text: found for text, found in errors.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_compiles(language):
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    assert len(compiled.getvalue()) > 1000


@pytest.mark.parametrize("other", ["ådgivar", "«ikkje talt her»", r"\b[Vv]iss\b"])
def test_nynorsk_has_one_word_for_a_thing(other):
    """The glossary's word for the adviser, in a quotation the words the label has, and «dersom»."""
    assert [str(entry.id) for entry in catalogue("nn") if re.search(other, str(entry.string))] == []
