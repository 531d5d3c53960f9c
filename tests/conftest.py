"""What every test may ask for: the personas, a project, and no way out to the network."""

import os
import socket
from pathlib import Path

import hypothesis
import pytest
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresqlOperations
from django.db.backends.sqlite3.base import DatabaseOperations as SqliteOperations
from django.db.backends.sqlite3.creation import DatabaseCreation as SqliteCreation

from projects.roles import Role
from tests import factories
from tests.effort import THOROUGH
from tests.migrated import copy_migrated

# How long an example takes says how busy the machine is, not whether the code is right. The same examples each time:
# what fails, fails for whoever changed something; SAMAN_ROBUSTNESS=1 looks for new ones.
hypothesis.settings.register_profile(
    "saman", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], derandomize=not THOROUGH
)
hypothesis.settings.load_profile("saman")

HERE = Path(__file__).parent
ROOMS = {"architecture": "architecture", "journeys": "journey", "services": "services"}
# What may come out differently on another database: triggers, locks, bulk writes, search, the demonstration.
ON_BOTH = (
    "journeys",
    "services",
    "benefits/actions",
    "benefits/test_assessment.py",
    "benefits/test_histories.py",
    "journal",
    "projects/test_access.py",
    "projects/test_catalogue.py",
    "reporting/annual/test_integrity.py",
    "reporting/annual/test_submissions.py",
    "reporting/demo",
    "reporting/portfolio/test_numbers.py",
    "reporting/public",
)


def pytest_addoption(parser):
    """For two runs on two databases: what asks no database in the one only, what asks any of them alike in the other.

    Without these options, a run is of everything.
    """
    parser.addoption("--only-database", action="store_true", help="leave out tests that never touch the database")
    parser.addoption("--asked-before", action="store_true", help="leave out what another database was asked alike")


def pytest_collection_modifyitems(config, items):
    """Mark tests by the room they live in, and property tests, so that they can be chosen or left out."""
    for item in items:
        if item.path.is_relative_to(HERE):
            room = item.path.relative_to(HERE).parts[0]
            if room in ROOMS:
                item.add_marker(ROOMS[room])
        # Only SAMAN_ROBUSTNESS=1 looks for new examples, so the run that sets it must choose these.
        if hypothesis.is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("robustness")
    if not THOROUGH:
        _keep(config, items, lambda item: not item.get_closest_marker("thorough"))
    if config.getoption("--only-database"):
        _keep(config, items, _touches_database)
    if config.getoption("--asked-before"):
        _keep(config, items, lambda item: not _touches_database(item) or _is_for_both(item))


def _keep(config, items, is_kept):
    config.hook.pytest_deselected(items=[item for item in items if not is_kept(item)])
    items[:] = [item for item in items if is_kept(item)]


def _is_for_both(item):
    """Whether the test commits, or is of what databases do each in their way."""
    marker = item.get_closest_marker("django_db")
    if "transactional_db" in item.fixturenames or (marker and marker.kwargs.get("transaction")):
        return True
    return any(item.path.is_relative_to(HERE / path) for path in ON_BOTH)


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
    """Let tests that commit be cleaned up: append-only tables refuse the clean-up's DELETE and TRUNCATE too."""
    on_sqlite, on_postgresql = SqliteOperations.sql_flush, PostgresqlOperations.sql_flush

    def without_triggers(self, *args, **options):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
        dropped = [f"DROP TRIGGER {name}" for name, _ in guards]
        return dropped + on_sqlite(self, *args, **options) + [sql for _, sql in guards]

    def as_a_replica(self, *args, **options):
        return ["SET LOCAL session_replication_role = replica", *on_postgresql(self, *args, **options)]

    SqliteOperations.sql_flush, PostgresqlOperations.sql_flush = without_triggers, as_a_replica
    yield
    SqliteOperations.sql_flush, PostgresqlOperations.sql_flush = on_sqlite, on_postgresql


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """On SQLite, begin with a copy of a migrated database: `migrate` then finds nothing to do."""
    original = SqliteCreation._create_test_db

    def create(self, *args, **options):
        name = original(self, *args, **options)
        copy_migrated(name)
        return name

    SqliteCreation._create_test_db = create
    yield
    SqliteCreation._create_test_db = original


@pytest.fixture
def programme(db):
    """The programme of `project`."""
    return factories.programme(name="Saman om ein betre kommune")


@pytest.fixture
def project(programme):
    """The project the personas have their roles in: in use, one municipality, no target, a plan kept elsewhere."""
    made = factories.project(factories.municipality("Meråker"), cohort=factories.cohort(programme=programme))
    factories.approved_plan(made)
    return made


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
def union_representative(project):
    """The unions' representative in the project: writes a statement, and reads nothing else there."""
    return _with_role("Tora Tillitsvalgt", Role.UNION_REPRESENTATIVE, project)


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
