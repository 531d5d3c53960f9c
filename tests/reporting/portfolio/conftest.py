"""The adviser's programme, and its dashboard."""

import pytest
from django.urls import reverse

from projects.models import Programme
from tests import factories
from tests.remembered import remembered
from tests.reporting.portfolio import world

NAME = "Saman om ein betre kommune"


@pytest.fixture
def programme(request, db):
    """The adviser's programme: the big one in tests that ask for it."""
    return request.getfixturevalue("big") if "big" in request.fixturenames else factories.programme(name=NAME)


@pytest.fixture
def big(db):
    """51 projects in use, and entries that are not: one confirmed, one unresolved, one withdrawn."""
    remembered("51 projects", _51_projects)
    return Programme.objects.get(name=NAME)


def _51_projects():
    world.counties()
    programme = world.programme_of(51, factories.programme(name=NAME))
    world.entry(programme, "Ubrukt")
    world.entry(programme, "Ringerike", participation="unresolved")
    world.entry(programme, "Trukket ut", participation="withdrawn")
    world.reports(programme)


@pytest.fixture
def dashboard(client, adviser, programme):
    """`dashboard(fylke="19")`: the page as the adviser gets it."""
    client.force_login(adviser)

    def get(**query):
        return client.get(reverse("dashboard", args=[programme.slug]), query)

    return get
