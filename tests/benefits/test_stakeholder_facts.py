"""What the engine is told of stakeholders: as it stood on a day, as known at a moment."""

from datetime import date, timedelta

import pytest

from benefits.engine.stakeholders import AnswerFact
from benefits.models import StakeholderGroup
from benefits.stakeholder_facts import load
from projects.asked import Asked
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SEEN, TODAY = date(2014, 12, 1), date(2015, 1, 22)


def groups(project, as_of=TODAY, known_at=None):
    return load(Asked([project.pk], as_of, known_at)).get(project.pk, {}).get("stakeholders", ())


def attitudes(project, as_of=TODAY, known_at=None):
    return [[one.attitude for one in group.seen] for group in groups(project, as_of, known_at)]


def test_registrations_count_from_their_day(project, leader, owner):
    first = factories.stakeholder(project, 1, 3, kind="staff", name="Vikarene", recorded_by=leader)
    factories.seen(first.group, date(2015, 1, 10), -1, 3, confirmed_by=owner, confirmed_at=noon(date(2015, 1, 12)))
    assert attitudes(project) == [[1, -1]]
    assert attitudes(project, date(2015, 1, 9)) == [[1]]
    assert attitudes(project, SEEN - DAY) == []
    (group,) = groups(project)
    assert (group.kind, group.name) == ("staff", "Vikarene")
    assert (group.seen[0].by, group.newest.confirmed_by) == (leader.pk, owner.pk)
    assert groups(project, date(2015, 1, 11))[0].newest.confirmed_by is None


def test_a_correction_counts_from_the_moment_it_was_made(project):
    wrong = factories.stakeholder(project, 1, 3)
    corrected = noon(date(2015, 1, 5))
    type(wrong).objects.filter(pk=wrong.pk).update(superseded_at=corrected)
    factories.seen(wrong.group, SEEN, -1, 3, recorded_at=corrected)
    assert attitudes(project) == [[-1]]
    assert attitudes(project, known_at=corrected - DAY) == [[1]]
    assert attitudes(project, known_at=noon(SEEN) - DAY) == []


def test_a_group_that_is_taken_out_counts_until_then(project):
    group = factories.stakeholder(project).group
    StakeholderGroup.objects.filter(pk=group.pk).update(removed_at=noon(date(2015, 1, 10)))
    assert not groups(project)
    assert groups(project, date(2015, 1, 9))
    assert groups(project, known_at=noon(date(2015, 1, 9)))


def test_an_answer_counts_from_when_it_is_promised_and_given(project):
    group = factories.stakeholder(project, -1, 3).group
    promised = factories.objection_answer(group)
    type(promised).objects.filter(pk=promised.pk).update(superseded_at=noon(date(2015, 1, 15)))
    factories.objection_answer(group, given_on=date(2015, 1, 15), recorded_at=noon(date(2015, 1, 15)))
    due, said = date(2015, 3, 1), date(2014, 12, 10)
    assert groups(project)[0].answers == (AnswerFact(said, due, date(2015, 1, 15)),)
    assert groups(project, date(2015, 1, 14))[0].answers == (AnswerFact(said, due),)
    assert groups(project, known_at=noon(date(2015, 1, 14)))[0].answers == (AnswerFact(said, due),)
    assert groups(project, said - DAY)[0].answers == ()


def test_a_room_that_is_not_opened_costs_one_question(project, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert load(Asked([project.pk], TODAY)) == {}
    for _ in range(4):
        factories.objection_answer(factories.stakeholder(project, -1, 3).group)
    with django_assert_num_queries(3):  # which rooms are used, what is registered, what was answered
        assert len(groups(project)) == 4
