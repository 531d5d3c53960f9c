"""The real catalogue, and pages read as anyone would."""

import re
from html import unescape

import pytest

from accounts.actor import system
from municipalities.models import County
from projects import catalogue
from projects.actions.catalogue import load_catalogue
from tests import factories
from tests.remembered import remembered


@pytest.fixture
def loaded(db):
    """An installation with the catalogue and nothing else."""
    by = system(factories.noon(factories.START))
    remembered("catalogue", lambda: load_catalogue(by=by, catalogue=catalogue.read()))


@pytest.fixture
def read(client):
    """`read(address)`: the text of the page's main part, on one line."""

    def page(address, **headers):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200
        main = re.sub(r"(?s).*<main.*?>|</main>.*", "", answer.text)
        return re.sub(r"\s+", " ", unescape(re.sub(r"(?s)<datalist.*?</datalist>|<[^>]+>", " ", main)))

    return page


@pytest.fixture
def titles(client):
    """`titles(address)`: the projects the catalogue lists, in its order."""

    def found(address):
        answer = client.get(address)
        assert answer.status_code == 200
        return re.findall(r'<h3[^>]*><a class="ds-link" href="[^"]+">([^<]+)</a>', answer.text)

    return found


@pytest.fixture
def new_place(loaded):
    """A municipality the catalogue does not have, in Akershus."""
    return factories.municipality("Nyby", number="0299", county=County.objects.get(number="02"))
