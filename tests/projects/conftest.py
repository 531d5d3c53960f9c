"""What tests of the set-up pages share."""

import pytest

from tests import factories


@pytest.fixture
def browser(client, admin):
    """A client in which the administrator is signed in."""
    client.force_login(admin)
    return client


@pytest.fixture
def cohort(programme):
    """An empty cohort."""
    return factories.cohort(programme=programme)


@pytest.fixture
def stord():
    return factories.municipality("Stord", number="1221")
