"""The drivers on the map as the engine is told of them: on any day, as known at any moment."""

from datetime import date

import pytest

from accounts.actor import Actor
from benefits.actions import initiatives, maps
from benefits.actions.initiatives import InitiativePlan
from benefits.actions.maps import BoxPlan
from benefits.map_facts import drivers_on
from projects.asked import Asked
from tests.factories import noon

pytestmark = pytest.mark.django_db
MARCH, MAY, JULY = date(2014, 3, 1), date(2014, 5, 1), date(2014, 7, 1)


def test_a_driver_counts_from_the_day_it_is_added_until_it_is_taken_off(project, leader):
    by = {day: Actor(leader, noon(day)) for day in (MARCH, MAY, JULY)}
    maps.add(by=by[MARCH], project=project, plan=BoxPlan("driver", title="Turnus", driver="roster"))
    unions = maps.add(by=by[MAY], project=project, plan=BoxPlan("driver", title="Partene", driver="unions"))
    maps.add(by=by[MAY], project=project, plan=BoxPlan("driver", title="Frivillige", driver="volunteers"))
    maps.remove(by=by[JULY], node=unions, version=1)
    found = {day: drivers_on(Asked([project.pk], day)).get(project.pk, ()) for day in (date(2014, 2, 28), *by)}
    assert list(found.values()) == [(), ("structure",), ("structure", "culture"), ("structure",)]
    assert drivers_on(Asked([project.pk], JULY, noon(MAY))) == {project.pk: ("structure", "culture")}


def test_an_initiative_on_the_map_counts_by_its_kind_from_the_day_the_box_shows_it(project, leader):
    early, late = Actor(leader, noon(MARCH)), Actor(leader, noon(MAY))
    roster = initiatives.create(by=early, project=project, plan=InitiativePlan("Ny turnus", "roster"))
    talks = initiatives.create(by=early, project=project, plan=InitiativePlan("Lederdialog", "leadership"))
    maps.add(by=early, project=project, plan=BoxPlan("initiative", refers_to=("initiative", roster.pk)))
    box = maps.add(by=early, project=project, plan=BoxPlan("initiative", title="Vi snakker sammen"))
    maps.change(by=late, node=box, version=1, title="", refers_to=("initiative", talks.pk))
    assert drivers_on(Asked([project.pk], MARCH)) == {project.pk: ("structure",)}
    assert drivers_on(Asked([project.pk], MAY)) == {project.pk: ("structure", "culture")}
    plan = InitiativePlan("Kurs", "training")
    course = initiatives.create(by=early, project=project, plan=plan)
    maps.add(by=late, project=project, plan=BoxPlan("initiative", refers_to=("initiative", course.pk)))
    assert drivers_on(Asked([project.pk], MAY)) == {project.pk: ("structure", "culture")}
