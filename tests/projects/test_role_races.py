"""Several administrators at once: the same role is given once, and nobody waits for each other in a ring."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.actions import EmailTaken, create_user
from accounts.actor import Actor, system
from accounts.models import User
from benefits.actions.measurements import Value, register
from municipalities.actions import NumberTaken, add_municipality
from municipalities.models import Municipality
from projects.actions.roles import RoleTaken, assign
from projects.models import RoleAssignment
from projects.roles import Role
from tests import factories
from tests.benefits.test_races import CROWD, all_at_once
from tests.factories import noon

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2015, 1, 22)


def test_one_role_given_many_times_at_once_is_given_once(project):
    person, by = factories.user(), system(noon(TODAY))
    calls = [
        lambda day=day: assign(by=by, person=person, role=Role.OWNER, starts_on=date(2015, 1, day), project=project)
        for day in range(1, CROWD + 1)
    ]
    outcomes = all_at_once(*calls)
    assert sum(isinstance(outcome, RoleTaken) for outcome in outcomes) == CROWD - 1
    assert RoleAssignment.objects.filter(person=person).count() == 1


def test_one_address_makes_one_account(db):
    by = system(noon(TODAY))
    outcomes = all_at_once(*[lambda: create_user(by=by, email="ny@example.org", name="Ny")] * CROWD)
    assert sum(isinstance(outcome, EmailTaken) for outcome in outcomes) == CROWD - 1
    assert User.objects.filter(email="ny@example.org").count() == 1


def test_one_number_makes_one_municipality(db):
    county = factories.municipality().county
    by, number = system(noon(TODAY)), f"{county.number}99"
    calls = [lambda: add_municipality(by=by, number=number, name="Ny", valid_from=TODAY)] * CROWD
    outcomes = all_at_once(*calls)
    assert sum(isinstance(outcome, NumberTaken) for outcome in outcomes) == CROWD - 1
    assert Municipality.objects.filter(number=number).count() == 1


def test_roles_and_measurements_of_one_project_do_not_wait_for_each_other_in_a_ring(project, leader):
    target, by = factories.target(project), Actor(leader, noon(TODAY))
    people = [factories.user() for _ in range(CROWD)]
    give = [
        lambda person=person: assign(
            by=system(noon(TODAY)), person=person, role=Role.OWNER, starts_on=TODAY, project=project
        )
        for person in people
    ]
    measure = [
        lambda m=m: register(by=by, target=target, value=Value(measured_on=date(2014, m, 28), value=Decimal(9)))
        for m in range(1, CROWD + 1)
    ]
    outcomes = all_at_once(*give, *measure)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
