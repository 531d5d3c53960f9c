"""Several people write about the same group at once: one gets through, and the others are told."""

from datetime import date

import pytest

from accounts.actor import Actor
from benefits.actions import objections, stakeholder_sharing, stakeholders
from benefits.actions.objections import AnswerGone
from benefits.actions.stakeholder_sharing import AlreadySo
from benefits.actions.stakeholders import GroupThere, Seen, StaleGroup
from benefits.models import ObjectionAnswer, StakeholderGroup, StakeholderRegistration, StakeholderSharing
from tests import factories
from tests.benefits.test_races import all_at_once
from tests.factories import noon

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2015, 1, 22)
CROWD = 6
SEEN = Seen(on=TODAY, attitude=0, influence=2)


@pytest.fixture
def by(leader):
    return Actor(leader, noon(TODAY))


def refused(outcomes, reason):
    return sum(isinstance(outcome, reason) for outcome in outcomes)


def test_of_many_registrations_of_one_group_one_gets_through(project, by):
    group = factories.stakeholder(project).group
    outcomes = all_at_once(
        *[lambda: stakeholders.register(by=by, group=group, version=1, seen=SEEN) for _ in range(CROWD)]
    )
    assert refused(outcomes, StaleGroup) == CROWD - 1
    assert StakeholderRegistration.objects.live().filter(group=group).count() == 2


def test_the_same_group_is_added_once_and_groups_are_numbered_apart(project, by):
    outcomes = all_at_once(
        *[lambda: stakeholders.add(by=by, project=project, kind="staff", name="", seen=SEEN) for _ in range(3)],
        *[lambda: stakeholders.add(by=by, project=project, kind="users", name="", seen=SEEN) for _ in range(3)],
    )
    assert refused(outcomes, GroupThere) == 4
    assert sorted(StakeholderGroup.objects.values_list("number", flat=True)) == [1, 2]


def test_an_answer_is_given_once_and_sharing_begins_once(project, by):
    answer = factories.objection_answer(factories.stakeholder(project, -1, 3).group)
    outcomes = all_at_once(*[lambda: objections.give(by=by, answer=answer) for _ in range(CROWD)])
    assert refused(outcomes, AnswerGone) == CROWD - 1
    assert ObjectionAnswer.objects.live().count() == 1
    outcomes = all_at_once(*[lambda: stakeholder_sharing.share(by=by, project=project) for _ in range(CROWD)])
    assert refused(outcomes, AlreadySo) == CROWD - 1
    assert StakeholderSharing.objects.count() == 1
