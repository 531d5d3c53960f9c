"""What the catalogues of nynorsk and English say can be compiled, and keeps every placeholder."""

from io import BytesIO

import pytest
from babel.messages.mofile import write_mo

from scripts.translations import LANGUAGES, catalogue


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
