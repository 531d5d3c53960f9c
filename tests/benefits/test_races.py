"""Several people at once: nothing is lost, nothing is doubled, and the guards are what makes it so."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections

from accounts.actions import create_user
from accounts.actor import Actor, system
from benefits.actions.measurements import DateTaken, Superseded, Value, correct, register
from benefits.actions.targets import StaleTarget, change, definition_of
from benefits.assessment import assess_projects, due
from benefits.models import Assessment, Measurement
from journal import actions as journal
from journal.models import AuditEvent
from journal.queries import broken_events
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2015, 1, 22)
CROWD = 8


def all_at_once(*calls):
    """Run the calls in threads that start together; what each returned or raised."""
    ready = Barrier(len(calls))

    def run(call):
        ready.wait()
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def target(project, leader):
    return factories.target(project, is_main=True)


def value(number, on=date(2014, 12, 31)):
    return Value(measured_on=on, value=Decimal(number))


def test_of_many_values_for_one_date_one_is_stored(leader, target):
    by = Actor(leader, noon(TODAY))
    calls = [lambda n=n: register(by=by, target=target, value=value(n)) for n in range(1, CROWD + 1)]
    outcomes = all_at_once(*calls)
    assert sum(isinstance(outcome, Measurement) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, DateTaken) for outcome in outcomes) == CROWD - 1
    assert Measurement.objects.live().count() == 1


def test_values_for_different_dates_are_all_stored_and_the_project_is_assessed_from_all_of_them(leader, target):
    by = Actor(leader, noon(TODAY))
    calls = [lambda m=m: register(by=by, target=target, value=value(9, date(2014, m, 28))) for m in range(1, CROWD + 1)]
    assert all(isinstance(outcome, Measurement) for outcome in all_at_once(*calls))
    assert Measurement.objects.live().count() == CROWD
    assert AuditEvent.objects.count() == CROWD
    assert broken_events(f"project:{target.project_id}") == []
    target.project.refresh_from_db()
    assess_projects(due(TODAY).values_list("pk", flat=True), as_of=TODAY, now=noon(TODAY))
    assert Assessment.objects.get().revision == target.project.revision == 1 + CROWD


def test_of_many_corrections_of_one_value_one_gets_through(leader, target):
    by = Actor(leader, noon(TODAY))
    old = register(by=by, target=target, value=value(9))
    calls = [lambda n=n: correct(by=by, measurement=old, value=value(n), reason="") for n in range(1, CROWD + 1)]
    outcomes = all_at_once(*calls)
    assert sum(isinstance(outcome, Superseded) for outcome in outcomes) == CROWD - 1
    assert Measurement.objects.live().count() == 1
    assert Measurement.objects.count() == 2


def test_of_many_changes_of_one_target_one_gets_through_and_the_others_are_told(leader, target):
    by, definition = Actor(leader, noon(TODAY)), definition_of(target.versions.get())
    said = [replace(definition, title=f"Mål {n}") for n in range(CROWD)]
    outcomes = all_at_once(*[lambda one=one: change(by=by, target=target, version=1, definition=one) for one in said])
    assert sum(isinstance(outcome, StaleTarget) for outcome in outcomes) == CROWD - 1
    assert target.versions.live().count() == 1
    assert target.versions.count() == 2


def make_people(round_=0):
    """Accounts made at once: all write to one stream of the audit trail, and no project row is locked."""
    by = system(noon(TODAY))
    return all_at_once(
        *[lambda n=n: create_user(by=by, email=f"p{round_}-{n}@example.org", name="Ny") for n in range(CROWD)]
    )


def test_events_written_at_once_to_one_stream_are_chained(db):
    assert not [outcome for outcome in make_people() if isinstance(outcome, Exception)]
    assert AuditEvent.objects.filter(stream="accounts").count() == CROWD
    assert broken_events("accounts") == []


def test_without_taking_turns_events_collide_where_the_database_allows_it(monkeypatch):
    """The control: with the guard off the race is there on PostgreSQL; SQLite lets one transaction write at a time."""
    monkeypatch.setattr(journal, "_wait_for_turn", lambda stream: None)
    outcomes = [outcome for round_ in range(5) for outcome in make_people(round_)]
    collided = any(isinstance(outcome, IntegrityError) for outcome in outcomes)
    assert collided == (connection.vendor == "postgresql")
