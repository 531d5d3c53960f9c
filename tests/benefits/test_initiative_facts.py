"""What the engine hears of initiatives: as they were on a day, as known at a moment, without those that are stopped."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.actor import Actor
from benefits.actions import initiatives
from benefits.actions.initiatives import InitiativePlan
from benefits.initiative_facts import load
from projects.asked import Asked
from tests.factories import noon

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2014, 3, 1), date(2014, 9, 1)


@pytest.fixture
def course(project, leader):
    """A course of the spring that gets a home in the budget in the autumn."""
    early, late = Actor(leader, noon(EARLY)), Actor(leader, noon(LATE))
    plan = InitiativePlan(title="Kurs", kind="training", starts_on=EARLY, ends_on=date(2014, 5, 1), external_share=50)
    made = initiatives.create(by=early, project=project, plan=plan)
    at_home = replace(plan, home_kind="budget", home_unit="Opplæring")
    initiatives.change(by=late, initiative=made, version=1, plan=at_home)
    return made


def test_a_past_day_is_as_it_was(project, course):
    (then,) = load(Asked([project.pk], date(2014, 5, 1)))[project.pk]["initiatives"]
    assert (then.code, then.is_one_off, then.has_home, then.external_share) == ("T1", True, False, 50)
    (now,) = load(Asked([project.pk], LATE))[project.pk]["initiatives"]
    assert (now.has_home, now.is_in_budget) == (True, True)
    (known,) = load(Asked([project.pk], LATE, noon(date(2014, 5, 1))))[project.pk]["initiatives"]
    assert not known.has_home


def test_what_is_stopped_is_not_told_and_what_others_plan_is_not_ones_own(project, other_project, course, leader):
    course.refresh_from_db()
    by = Actor(leader, noon(date(2014, 10, 1)))
    initiatives.review(by=by, initiative=course, version=course.version, decision="stop", reason="Ferdig")
    assert load(Asked([project.pk], date(2014, 10, 1))) == {}
    assert load(Asked([project.pk], date(2014, 9, 30)))[project.pk]["initiatives"] != ()
    assert load(Asked([other_project.pk], LATE)) == {}


def test_the_initiatives_are_read_once_for_all_who_ask(project, course, django_assert_num_queries):
    asked = Asked([project.pk], LATE)
    with django_assert_num_queries(2):  # which rooms are used, and what the initiatives say
        assert load(asked) == load(asked)
