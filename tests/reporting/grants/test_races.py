"""Two pay out at once: never more than is promised, and the lock is why."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Sum

from accounts.actor import Actor
from projects.models import Project
from reporting.grants import actions
from reporting.grants.actions import Overpaid, StaleEntry
from reporting.grants.kinds import KINDS
from reporting.grants.models import GrantPayment, GrantPromise
from tests.benefits.test_races import all_at_once
from tests.factories import noon

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2015, 1, 22)
CROWD = 8


@pytest.fixture
def by(adviser):
    return Actor(adviser, noon(TODAY))


@pytest.fixture
def promise(project, by):
    """Room for four of the crowd's payments."""
    values = {"amount": 400_000, "promised_on": TODAY, "reference": "13/1"}
    return actions.add(by=by, project=project, kind=KINDS["promise"], values=values)


def all_pay(by, project):
    def pay(number):
        values = {"amount": 100_000, "paid_on": TODAY, "reference": f"Bilag {number}"}
        return actions.add(by=by, project=project, kind=KINDS["payment"], values=values)

    return all_at_once(*[lambda number=number: pay(number) for number in range(CROWD)])


def paid():
    return GrantPayment.objects.filter(superseded_at=None).aggregate(sum=Sum("amount"))["sum"]


def test_no_more_is_paid_than_was_promised(by, project, promise):
    outcomes = all_pay(by, project)
    assert sum(isinstance(outcome, GrantPayment) for outcome in outcomes) == 4
    assert sum(isinstance(outcome, Overpaid) for outcome in outcomes) == CROWD - 4
    assert paid() == 400_000


def test_without_the_lock_too_much_is_paid_where_the_database_allows_it(monkeypatch, by, project, promise):
    """The control: SQLite lets one transaction write at a time, PostgreSQL does not."""
    monkeypatch.setattr(actions, "lock", lambda by, pk, access: Project.objects.get(pk=pk))
    monkeypatch.setattr(actions, "record", lambda **event: None)  # its turn in the journal is a lock too
    for _ in range(5):
        GrantPayment.objects.all().delete()
        all_pay(by, project)
        if paid() > 400_000:
            break
    assert (paid() > 400_000) == (connection.vendor == "postgresql")


def test_a_smaller_promise_and_a_payment_do_not_both_get_through(by, project, promise):
    less = {"amount": 100_000, "promised_on": TODAY, "reference": "13/1"}
    more = {"amount": 300_000, "paid_on": TODAY, "reference": "Bilag 1"}
    all_at_once(
        lambda: actions.correct(by=by, entry=promise, values=less),
        lambda: actions.add(by=by, project=project, kind=KINDS["payment"], values=more),
    )
    promised = GrantPromise.objects.filter(superseded_at=None).aggregate(sum=Sum("amount"))["sum"]
    assert (paid() or 0) <= promised


def test_a_payment_that_is_sent_many_times_is_paid_once(by, project, promise):
    values = {"amount": 100_000, "paid_on": TODAY, "reference": "Bilag 1"}

    def pay():
        return actions.add(by=by, project=project, kind=KINDS["payment"], values=values)

    assert len({row.pk for row in all_at_once(*[pay] * CROWD)}) == 1
    assert paid() == 100_000


def test_of_many_corrections_of_one_row_one_gets_through(by, promise):
    def correct(number):
        values = {"amount": 500_000 + number, "promised_on": TODAY, "reference": "13/2"}
        return actions.correct(by=by, entry=promise, values=values)

    outcomes = all_at_once(*[lambda number=number: correct(number) for number in range(CROWD)])
    assert sum(isinstance(outcome, StaleEntry) for outcome in outcomes) == CROWD - 1
    assert GrantPromise.objects.filter(superseded_at=None).count() == 1
