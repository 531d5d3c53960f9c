"""Several people at one map: one gets through, the others are told, and the guard is what makes it so."""

from datetime import date

import pytest
from django.db.models import F

from accounts.actor import Actor
from benefits.actions import maps
from benefits.actions.maps import BoxPlan, LinePlan
from benefits.models import MapLink, MapNode
from tests import factories
from tests.benefits.test_races import CROWD, all_at_once
from tests.factories import noon

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by(leader):
    return Actor(leader, noon(date(2015, 1, 22)))


def rename_at_once(by, box):
    """Everyone gives the box a name of their own, all having seen its first version."""
    return all_at_once(*[lambda n=n: maps.change(by=by, node=box, version=1, title=f"Navn {n}") for n in range(CROWD)])


def test_of_many_names_for_one_box_one_gets_through_and_the_others_are_told(project, by):
    outcomes = rename_at_once(by, factories.map_box(project))
    assert sum(isinstance(outcome, maps.StaleBox) for outcome in outcomes) == CROWD - 1
    assert MapNode.objects.get().version == 2


def test_without_comparing_versions_every_name_is_written_over_the_one_before(project, by, monkeypatch):
    """The control: with the guard off nobody is told, and all but one have lost what they wrote."""

    def write_over(node, version, **values):
        MapNode.objects.filter(pk=node.pk).update(version=F("version") + 1, **values)

    monkeypatch.setattr(maps, "_set_box", write_over)
    assert rename_at_once(by, factories.map_box(project)) == [None] * CROWD
    assert MapNode.objects.get().version == 1 + CROWD


def test_one_target_is_put_on_the_map_once_and_two_boxes_are_linked_once(project, by):
    target = factories.target(project)
    plan = BoxPlan("effect", refers_to=("target", target.pk))
    added = all_at_once(*[lambda: maps.add(by=by, project=project, plan=plan)] * CROWD)
    assert sum(isinstance(outcome, maps.OnTheMap) for outcome in added) == CROWD - 1
    start, end = factories.map_box(project), MapNode.objects.get(target=target)
    linked = all_at_once(*[lambda: maps.link(by=by, origin=start, leads_to=end, plan=LinePlan())] * CROWD)
    assert sum(isinstance(outcome, maps.LinkedAlready) for outcome in linked) == CROWD - 1
    assert MapLink.objects.count() == 1


def test_a_line_to_a_box_that_is_taken_off_at_once_is_never_left_hanging(project, by):
    start, end = factories.map_box(project), factories.map_box(project, kind="effect")
    all_at_once(
        lambda: maps.link(by=by, origin=start, leads_to=end, plan=LinePlan()),
        lambda: maps.remove(by=by, node=end, version=1),
    )
    assert not MapNode.objects.live().filter(pk=end.pk).exists()
    assert not MapLink.objects.live().exists()
