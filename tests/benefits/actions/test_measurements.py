"""Registering, correcting and withdrawing values: what counts, what stays, what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.actor import Actor, NotAllowed
from benefits.actions.measurements import (
    DateTaken,
    InFuture,
    NotFollowed,
    OutOfRange,
    Superseded,
    Value,
    correct,
    register,
    register_many,
    withdraw,
)
from benefits.models import Measurement
from journal.models import AuditEvent
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)


@pytest.fixture
def target(project):
    return factories.target(project)


def by(user):
    return Actor(user, noon(TODAY), "request-1")


def value(number="9.8", on=date(2014, 12, 31), **fields):
    return Value(measured_on=on, value=Decimal(number), **fields)


def test_many_values_at_once_are_assessed_once(leader, target, django_capture_on_commit_callbacks):
    before = target.project.revision
    with django_capture_on_commit_callbacks() as told:
        register_many(by=by(leader), target=target, values=[value(on=date(2014, m, 1)) for m in range(1, 13)])
    target.project.refresh_from_db()
    assert len(told) == 1
    assert target.project.revision > before
    assert AuditEvent.objects.count() == 12


def test_a_registered_value_counts_is_recorded_and_makes_the_project_due(leader, target):
    before = target.project.revision
    row = register(by=by(leader), target=target, value=value(source="HR", n=212))
    target.project.refresh_from_db()
    assert (row.state, row.recorded_by, row.n) == (Measurement.State.REGISTERED, leader, 212)
    assert target.project.revision == before + 1
    event = AuditEvent.objects.get()
    assert (event.action, event.object_id, event.actor_id) == ("measurement_registered", str(row.pk), leader.pk)


@pytest.mark.parametrize("persona", ["leader", "benefit_owner"])
def test_those_who_measure_may_register(persona, target, request):
    assert register(by=by(request.getfixturevalue(persona)), target=target, value=value()).pk


@pytest.mark.parametrize("persona", ["owner", "adviser", "reader", "admin", "stranger", "other_leader"])
def test_others_may_not_and_nothing_is_written(persona, target, request):
    person = request.getfixturevalue(persona)
    with pytest.raises(NotAllowed):
        register(by=by(person), target=target, value=value())
    assert not Measurement.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_leader_whose_role_ended_yesterday_may_not(project, target):
    person = factories.user("Forhenværende")
    factories.role(person, factories.Role.LEADER, project, ends_on=date(2015, 1, 21))
    with pytest.raises(NotAllowed):
        register(by=by(person), target=target, value=value())


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (value(on=date(2015, 1, 23)), InFuture),
        (value("100.0001"), OutOfRange),
        (value("-0.0001"), OutOfRange),
    ],
)
def test_what_cannot_be_true_is_refused(leader, target, given, refusal):
    with pytest.raises(refusal):
        register(by=by(leader), target=target, value=given)


@pytest.mark.parametrize("given", [value("0"), value("100"), value(on=TODAY)])
def test_the_edges_of_what_can_be_true_are_accepted(leader, target, given):
    assert register(by=by(leader), target=target, value=given).value == given.value


def test_an_index_may_be_negative(leader, project):
    target = factories.target(project, kind="index")
    assert register(by=by(leader), target=target, value=value("-12.5")).value == Decimal("-12.5")


@pytest.mark.parametrize(("unit", "fits"), [("%", False), ("minutter", True)])
def test_a_mean_of_shares_is_no_more_than_the_whole(leader, project, unit, fits):
    target = factories.target(project, kind="mean", unit=unit)
    if fits:
        assert register(by=by(leader), target=target, value=value("1234.5")).pk
        return
    for given in ("1234.5", "100.1", "-0.1"):
        with pytest.raises(OutOfRange):
            register(by=by(leader), target=target, value=value(given))
    assert register(by=by(leader), target=target, value=value("100")).pk


def test_one_live_value_per_date(leader, target):
    first = register(by=by(leader), target=target, value=value())
    with pytest.raises(DateTaken) as refusal:
        register(by=by(leader), target=target, value=value("9.9"))
    assert refusal.value.existing == first


def test_several_values_are_all_stored_or_none(leader, target):
    with pytest.raises(OutOfRange):
        register_many(by=by(leader), target=target, values=[value(on=date(2013, 12, 31)), value("104")])
    assert not Measurement.objects.exists()


def test_a_correction_is_a_new_row_and_the_old_one_stays(leader, target):
    old = register(by=by(leader), target=target, value=value("98", n=212))
    new = correct(by=by(leader), measurement=old, value=value("9.8"), reason="Komma på feil plass")
    old.refresh_from_db()
    assert (old.superseded_by, old.value) == (leader, Decimal("98"))
    assert (new.corrects, new.value, new.correction_reason) == (old, Decimal("9.8"), "Komma på feil plass")
    assert list(Measurement.objects.live()) == [new]


def test_only_one_of_two_corrections_gets_through(leader, target):
    old = register(by=by(leader), target=target, value=value())
    correct(by=by(leader), measurement=old, value=value("9.7"), reason="")
    with pytest.raises(Superseded):
        correct(by=by(leader), measurement=old, value=value("9.6"), reason="")
    assert [row.value for row in Measurement.objects.live()] == [Decimal("9.7")]


def test_a_correction_cannot_take_another_values_date_and_then_changes_nothing(leader, target):
    other = register(by=by(leader), target=target, value=value(on=date(2014, 9, 30)))
    old = register(by=by(leader), target=target, value=value())
    with pytest.raises(DateTaken) as refusal:
        correct(by=by(leader), measurement=old, value=value(on=date(2014, 9, 30)), reason="")
    assert refusal.value.existing == other
    assert set(Measurement.objects.live()) == {other, old}


def test_a_withdrawn_value_leaves_the_series_and_stays_in_the_history(leader, target):
    row = register(by=by(leader), target=target, value=value())
    withdraw(by=by(leader), measurement=row)
    assert not Measurement.objects.live().exists()
    assert Measurement.objects.count() == 1


def test_nothing_is_registered_on_a_project_not_in_use(leader, project, target):
    type(project).objects.update(followed_since=None)
    with pytest.raises(NotFollowed):
        register(by=by(leader), target=target, value=value())
