"""What the engine hears of the ledger: as it was on a day, as known at a moment, in a few questions."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.actor import Actor
from benefits.actions import allocations, benefits, freed_time
from benefits.actions.allocations import Use
from benefits.actions.benefits import Profile
from benefits.actions.freed_time import Post
from benefits.engine.facts import TimePromise
from benefits.freed_time_facts import load
from projects.asked import Asked
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2014, 3, 1), date(2014, 9, 1)


def test_a_past_day_is_as_it_was(project, leader):
    early, late = Actor(leader, noon(EARLY)), Actor(leader, noon(LATE))
    post = freed_time.register(by=early, project=project, post=Post("Turnus", Decimal(2), EARLY))
    freed_time.correct(by=late, freed_time=post, version=1, post=Post("Turnus", Decimal(3), EARLY))
    use = Use("quality", Decimal(1), LATE, "Ledermøtet", LATE)
    allocations.allocate(by=late, freed_time=post, use=use)
    then = load(Asked([project.pk], date(2014, 5, 1)))[project.pk]["freed_time"]
    assert [(one.fte, one.uses) for one in then] == [(2.0, ())]
    now = load(Asked([project.pk], LATE))[project.pk]["freed_time"]
    assert [(one.fte, len(one.uses)) for one in now] == [(3.0, 1)]
    known = load(Asked([project.pk], LATE, noon(date(2014, 5, 1))))[project.pk]["freed_time"]
    assert [(one.fte, one.uses) for one in known] == [(2.0, ())]


def test_promised_time_is_what_no_post_is_of(project, leader):
    by = Actor(leader, noon(EARLY))
    profile = Profile(title="Tid til brukerne", form="alternative", realised_from=EARLY)
    first = benefits.create(by=by, project=project, profile=profile)
    second = benefits.create(by=by, project=project, profile=profile)
    benefits.create(by=by, project=project, profile=Profile(title="Penger", form="budget", realised_from=EARLY))
    post = Post("Turnus", Decimal(2), EARLY, benefit_id=first.pk)
    freed_time.register(by=by, project=project, post=post)
    assert load(Asked([project.pk], LATE))[project.pk]["promised_time"] == (TimePromise(second.pk, "A2", EARLY),)


def test_projects_without_a_ledger_cost_one_question(project, django_assert_num_queries):
    others = [factories.project().pk for _ in range(3)]
    with django_assert_num_queries(1):
        assert load(Asked([project.pk, *others], LATE)) == {}
