"""The adviser's programme, and its dashboard."""

import pytest
from django.urls import reverse

from tests.reporting.portfolio import world


@pytest.fixture
def big(programme):
    """51 projects in use, and entries that are not: one confirmed, one unresolved, one withdrawn."""
    world.counties()
    world.programme_of(51, programme)
    world.entry(programme, "Ubrukt")
    world.entry(programme, "Ringerike", participation="unresolved")
    world.entry(programme, "Trukket ut", participation="withdrawn")
    return programme


@pytest.fixture
def dashboard(client, adviser, programme):
    """`dashboard(fylke="19")`: the page as the adviser gets it."""
    client.force_login(adviser)

    def get(**query):
        return client.get(reverse("dashboard", args=[programme.slug]), query)

    return get
