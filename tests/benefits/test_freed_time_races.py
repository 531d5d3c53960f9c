"""Several people put the same freed time to use at once: it is never used twice, and the lock is why."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from accounts.actor import Actor
from benefits.actions import allocations, freed_time
from benefits.actions.allocations import OverAllocated, Use
from benefits.actions.freed_time import Post, StaleFreedTime
from benefits.models import Allocation
from projects.models import Project
from tests.benefits.test_races import all_at_once
from tests.factories import noon

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2015, 1, 22)
CROWD = 8
HALF = Use(use="quality", amount=Decimal("0.5"), starts_on=TODAY, decided_by="Ledermøtet", decided_on=TODAY)


@pytest.fixture
def by(leader):
    return Actor(leader, noon(TODAY))


@pytest.fixture
def post(project, by):
    """Two årsverk: room for four of the crowd."""
    return freed_time.register(by=by, project=project, post=Post("Ny turnus", Decimal(2), TODAY))


def all_take_half(by, post):
    return all_at_once(*[lambda: allocations.allocate(by=by, freed_time=post, use=HALF) for _ in range(CROWD)])


def test_no_more_is_used_than_was_freed(by, post):
    outcomes = all_take_half(by, post)
    assert sum(isinstance(outcome, Allocation) for outcome in outcomes) == 4
    assert sum(isinstance(outcome, OverAllocated) for outcome in outcomes) == CROWD - 4
    assert sum(row.fte for row in Allocation.objects.live()) == 2


def test_without_the_lock_the_same_time_is_used_twice_where_the_database_allows_it(monkeypatch, by, post):
    """The control: SQLite lets one transaction write at a time, PostgreSQL does not."""
    monkeypatch.setattr(allocations, "lock", lambda by, pk, access: Project.objects.get(pk=pk))
    monkeypatch.setattr(allocations, "touch", lambda pk: None)  # it locks the project too
    monkeypatch.setattr(allocations, "record", lambda **event: None)  # and so does the turn in the journal
    for _ in range(5):
        Allocation.objects.all().delete()
        all_take_half(by, post)
        if sum(row.fte for row in Allocation.objects.live()) > 2:
            break
    assert (sum(row.fte for row in Allocation.objects.live()) > 2) == (connection.vendor == "postgresql")


def test_a_smaller_post_and_a_larger_use_do_not_both_get_through(by, post):
    less = Post("Ny turnus", Decimal("1.5"), TODAY)
    two = Use("quality", Decimal(2), TODAY, "Ledermøtet", TODAY)
    all_at_once(
        lambda: freed_time.correct(by=by, freed_time=post, version=1, post=less),
        lambda: allocations.allocate(by=by, freed_time=post, use=two),
    )
    used = sum(row.fte for row in Allocation.objects.live())
    assert used <= freed_time.live(post).fte


def test_of_many_corrections_of_one_post_one_gets_through(by, post):
    said = [Post("Ny turnus", Decimal(3 + n), TODAY) for n in range(CROWD)]
    outcomes = all_at_once(
        *[lambda new=new: freed_time.correct(by=by, freed_time=post, version=1, post=new) for new in said]
    )
    assert sum(isinstance(outcome, StaleFreedTime) for outcome in outcomes) == CROWD - 1
