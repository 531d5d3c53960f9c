"""A small programme where something of everything is known, and the pages as its adviser gets them."""

import pytest
from django.urls import reverse

from tests.remembered import remembered
from tests.reporting.analysis import world


@pytest.fixture
def programme(db):
    """The programme of `world`."""
    remembered("analysis", world.build)
    return world.programme()


@pytest.fixture
def look(client, adviser, programme):
    """`look("gevinster", fylke="19")`: a page as the adviser gets it; "" is the overview."""
    client.force_login(adviser)

    def get(page="", headers=None, **query):
        name, args = ("analysis_page", [programme.slug, page]) if page else ("analysis", [programme.slug])
        return client.get(reverse(name, args=args), query, headers=headers or {})

    return get
