"""What every test may ask for: the personas, a project, and no way out to the network."""

import os
import socket
from pathlib import Path

import hypothesis
import pytest
from django.db.backends.sqlite3.base import DatabaseOperations as SqliteOperations

from projects.roles import Role
from tests import factories

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("saman", deadline=None)
hypothesis.settings.load_profile("saman")

HERE = Path(__file__).parent
ROOMS = {"architecture": "architecture", "journeys": "journey", "services": "services"}


def pytest_addoption(parser):
    """`--only-database`: for the run on a second database, where what asks no database would only be said twice."""
    parser.addoption("--only-database", action="store_true", help="leave out tests that never touch the database")


def pytest_collection_modifyitems(config, items):
    """Mark tests by the room they live in, so that a room can be chosen or left out."""
    for item in items:
        if item.path.is_relative_to(HERE):
            room = item.path.relative_to(HERE).parts[0]
            if room in ROOMS:
                item.add_marker(ROOMS[room])
    if config.getoption("--only-database"):
        config.hook.pytest_deselected(items=[item for item in items if not _touches_database(item)])
        items[:] = [item for item in items if _touches_database(item)]


def _touches_database(item):
    return "db" in item.fixturenames or "transactional_db" in item.fixturenames or item.get_closest_marker("django_db")


def pytest_terminal_summary(terminalreporter):
    """Repeat at the end what scripts/test.py had to leave out."""
    for line in filter(None, os.environ.get("SAMAN_TEST_LEFT_OUT", "").splitlines()):
        terminalreporter.write_line(f"Left out: {line}")


@pytest.fixture(autouse=True, scope="session")
def _only_localhost():
    """Refuse connections to anywhere but this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]
            if host not in ("localhost", "::1") and not host.startswith("127."):
                raise RuntimeError(f"a test tried to reach {host}")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_guards():
    """Let tests that commit be cleaned up on SQLite, where append-only tables refuse the clean-up's DELETE too."""
    original = SqliteOperations.sql_flush

    def sql_flush(self, *args, **options):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
        dropped = [f"DROP TRIGGER {name}" for name, _ in guards]
        return dropped + original(self, *args, **options) + [sql for _, sql in guards]

    SqliteOperations.sql_flush = sql_flush
    yield
    SqliteOperations.sql_flush = original


@pytest.fixture
def programme(db):
    """The programme of `project`."""
    return factories.programme(name="Saman om ein betre kommune")


@pytest.fixture
def project(programme):
    """The project the personas have their roles in: in use, with one municipality and no target."""
    return factories.project(factories.municipality("Meråker"), cohort=factories.cohort(programme=programme))


@pytest.fixture
def other_project(programme):
    """A project in the same programme, led by `other_leader`."""
    return factories.project(factories.municipality("Time"), cohort=factories.cohort(programme=programme))


@pytest.fixture
def leader(project):
    """The project's leader."""
    return _with_role("Lise Leder", Role.LEADER, project)


@pytest.fixture
def owner(project):
    """The project's owner."""
    return _with_role("Eirik Eier", Role.OWNER, project)


@pytest.fixture
def benefit_owner(project):
    """The one in the line who measures, also after the project."""
    return _with_role("Gunn Gevinst", Role.BENEFIT_OWNER, project)


@pytest.fixture
def adviser(programme):
    """The ministry's adviser for the programme."""
    return _with_role("Randi Rådgiver", Role.ADVISER, programme)


@pytest.fixture
def reader(programme):
    """A researcher who may read what is approved."""
    return _with_role("Leif Leser", Role.READER, programme)


@pytest.fixture
def admin(db):
    """A programme administrator: sets up, has no rights in projects."""
    return factories.user("Ada Administrator", is_administrator=True)


@pytest.fixture
def stranger(db):
    """Someone signed in who has no role anywhere."""
    return factories.user("Frode Fremmed")


@pytest.fixture
def other_leader(other_project):
    """Leader of another project in the same programme."""
    return _with_role("Nina Nabo", Role.LEADER, other_project)


def _with_role(name, role, where):
    person = factories.user(name)
    factories.role(person, role, where)
    return person
