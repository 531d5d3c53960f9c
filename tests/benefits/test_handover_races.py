"""Answers to a handover at once: one person gives one answer, and nothing is taken over that was declined."""

from datetime import date

import pytest

from accounts.actor import Actor
from benefits.actions import handovers
from benefits.actions.handovers import HandoverAnswered
from benefits.models import HandoverRecord, TargetVersion
from tests import factories
from tests.benefits.test_races import all_at_once
from tests.effort import times
from tests.factories import noon

pytestmark = pytest.mark.django_db(transaction=True)
NOW = noon(date(2015, 1, 22))


def test_a_yes_and_a_no_at_once_are_one_answer(project, leader, benefit_owner):
    target = factories.target(project, measurement_responsible=leader)
    for _round in range(times(4, 40)):
        made = factories.handover(project, leader, benefit_owner)
        made.points.create(kind="target", object_id=target.pk, receiver=benefit_owner)
        by = Actor(benefit_owner, NOW)
        outcomes = all_at_once(
            lambda made=made, by=by: handovers.accept(by=by, handover=made),
            lambda made=made, by=by: handovers.decline(by=by, handover=made, reason="Har permisjon"),
        )
        said = [made.acceptances.count(), made.declines.count()]
        assert sorted(said) == [0, 1]
        assert [type(one) for one in outcomes if isinstance(one, Exception)] == [HandoverAnswered]
        named = TargetVersion.objects.live().get(target=target).measurement_responsible
        assert named == (benefit_owner if said[0] else leader)
        HandoverRecord.objects.filter(pk=made.pk).update(superseded_at=NOW)
        TargetVersion.objects.live().filter(target=target).update(measurement_responsible=leader)
