"""The engine is judged without a database: asking for one here is a mistake."""

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


@pytest.fixture(autouse=True)
def _no_database(request):
    """Refuse tests that reach for the database; pytest-django blocks it for all others."""
    assert not DATABASE_FIXTURES & set(request.fixturenames), "engine tests take facts, not rows"
    assert request.node.get_closest_marker("django_db") is None, "engine tests take facts, not rows"
