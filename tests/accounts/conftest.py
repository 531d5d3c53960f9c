"""What tests of sign-in share."""

import pytest
from django.core.cache import cache

from journal.actions import mark_installation
from tests import factories


@pytest.fixture(autouse=True)
def _no_rate_limits_from_other_tests():
    """Rate limits count in the cache."""
    cache.clear()


@pytest.fixture
def demonstration(db, settings):
    """A database marked as a demonstration."""
    settings.DEMO = True
    mark_installation(mode="demo", now=factories.noon(factories.START))


@pytest.fixture
def real(db, settings):
    """A database marked as real."""
    settings.DEMO = False
    mark_installation(mode="real", now=factories.noon(factories.START))
