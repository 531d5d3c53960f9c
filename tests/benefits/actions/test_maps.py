"""The map's writers: boxes and lines, what they refuse, and that nobody writes over anybody."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.actor import Actor, NotAllowed
from benefits.actions import benefits, initiatives, maps
from benefits.actions.benefits import Profile
from benefits.actions.initiatives import InitiativePlan
from benefits.actions.map_drawing import draw, lacking
from benefits.actions.maps import BoxPlan, LinePlan
from benefits.actions.targets import NotFollowed
from benefits.models import MapLink, MapNode
from benefits.queries.benefit_map import over_allocated
from journal.models import AuditEvent
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
DAY = date(2014, 3, 1)


@pytest.fixture
def leads(leader):
    """The leader, on a day in March 2014."""
    return Actor(leader, noon(DAY))


@pytest.fixture
def boxes(project):
    """One box in each of three columns."""
    return [factories.map_box(project, kind=kind) for kind in ("initiative", "practice", "benefit")]


def titles(project):
    return [str(node) for node in project.map_nodes.live()]


def test_a_box_is_added_renamed_and_taken_off_and_stays_in_the_history(project, leads):
    node = maps.add(by=leads, project=project, plan=BoxPlan("practice", title="  Flere faste  "))
    maps.change(by=leads, node=node, version=1, title="Faste ansatte dekker fravær")
    assert titles(project) == ["Faste ansatte dekker fravær"]
    maps.remove(by=leads, node=node, version=2)
    assert titles(project) == []
    gone = MapNode.objects.get()
    assert (gone.removed_at, gone.removed_by, gone.version) == (leads.now, leads.user, 3)
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "map_box_added", "map_box_changed", "map_box_removed",
    ]  # fmt: skip
    changed = AuditEvent.objects.get(action="map_box_changed")
    assert changed.data == {"before": {"title": "Flere faste"}, "after": {"title": "Faste ansatte dekker fravær"}}
    project.refresh_from_db()
    assert project.revision == 4


def test_a_box_shows_a_target_of_the_projects_once(project, other_project, leads):
    target, foreign = factories.target(project), factories.target(other_project)
    maps.add(by=leads, project=project, plan=BoxPlan("effect", refers_to=("target", target.pk)))
    with pytest.raises(maps.OnTheMap):
        maps.add(by=leads, project=project, plan=BoxPlan("objective", refers_to=("target", target.pk)))
    for plan in (BoxPlan("effect", refers_to=("target", foreign.pk)), BoxPlan("benefit", refers_to=("target", 1))):
        with pytest.raises(maps.NotForThisKind):
            maps.add(by=leads, project=project, plan=plan)
    with pytest.raises(maps.NothingToShow):
        maps.add(by=leads, project=project, plan=BoxPlan("effect", title="  "))
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.map_box(project, kind="objective", target=target)


def test_what_a_box_shows_is_chosen_once(project, leads):
    first, second = factories.target(project), factories.target(project)
    node = maps.add(by=leads, project=project, plan=BoxPlan("effect", title="Færre fraværsdager"))
    maps.change(by=leads, node=node, version=1, title="", refers_to=("target", first.pk))
    node.refresh_from_db()
    assert (node.target, node.refers_since) == (first, leads.now)
    said = AuditEvent.objects.get(action="map_box_changed").data
    assert said["before"] == {"title": "Færre fraværsdager"}
    assert said["after"] == {"title": "", "shows": ["target", first.pk]}
    with pytest.raises(maps.NotForThisKind):
        maps.change(by=leads, node=node, version=2, title="", refers_to=("target", second.pk))


def test_a_stale_change_is_refused_and_told_what_stands_there(project, leads):
    node = maps.add(by=leads, project=project, plan=BoxPlan("practice", title="Først"))
    maps.change(by=leads, node=node, version=1, title="Så")
    for act in (
        lambda: maps.change(by=leads, node=node, version=1, title="Sist"),
        lambda: maps.remove(by=leads, node=node, version=1),
    ):
        with pytest.raises(maps.StaleBox) as stale:
            act()
        assert stale.value.current.title == "Så"


def test_a_line_leads_forwards_once_between_two_on_the_map(project, other_project, leads, boxes):
    first, middle, last = boxes
    maps.link(by=leads, origin=first, leads_to=last, plan=LinePlan(is_documented=True, share=40, note="Målt i 2012"))
    with pytest.raises(maps.LinkedAlready):
        maps.link(by=leads, origin=first, leads_to=last, plan=LinePlan())
    beside = factories.map_box(project, kind="driver", driver="unions")
    elsewhere = factories.map_box(other_project, kind="benefit")
    for origin, leads_to in ((last, first), (first, first), (first, beside), (middle, elsewhere)):
        with pytest.raises(maps.NotForwards):
            maps.link(by=leads, origin=origin, leads_to=leads_to, plan=LinePlan())
    maps.remove(by=leads, node=middle, version=1)
    with pytest.raises(maps.StaleBox):
        maps.link(by=leads, origin=first, leads_to=middle, plan=LinePlan())
    assert MapLink.objects.live().count() == 1


def test_a_line_is_changed_and_taken_off(project, leads, boxes):
    line = maps.link(by=leads, origin=boxes[0], leads_to=boxes[1], plan=LinePlan())
    maps.change_link(by=leads, link=line, version=1, plan=LinePlan(is_documented=True, share=0))
    line.refresh_from_db()
    assert (line.is_documented, line.share) == (True, 0), "nothing is zero, and zero is something said"
    with pytest.raises(maps.StaleLine):
        maps.unlink(by=leads, link=line, version=1)
    maps.unlink(by=leads, link=line, version=2)
    assert not MapLink.objects.live().exists()
    maps.link(by=leads, origin=boxes[0], leads_to=boxes[1], plan=LinePlan())


def test_a_box_takes_its_lines_with_it(project, leads, boxes):
    first, middle, last = boxes
    for pair in ((first, middle), (middle, last), (first, last)):
        maps.link(by=leads, origin=pair[0], leads_to=pair[1], plan=LinePlan())
    maps.remove(by=leads, node=middle, version=1)
    assert list(MapLink.objects.live().values_list("origin", "leads_to")) == [(first.pk, last.pk)]


def test_only_the_leader_of_a_project_in_use_writes(project, leads, owner, adviser, stranger, boxes):
    for person in (owner, adviser, stranger):
        by = Actor(person, noon(DAY))
        for act in (
            lambda by=by: maps.add(by=by, project=project, plan=BoxPlan("effect", title="x")),
            lambda by=by: maps.change(by=by, node=boxes[0], version=1, title="x"),
            lambda by=by: maps.remove(by=by, node=boxes[0], version=1),
            lambda by=by: maps.link(by=by, origin=boxes[0], leads_to=boxes[1], plan=LinePlan()),
            lambda by=by: draw(by=by, project=project),
        ):
            with pytest.raises(NotAllowed):
                act()
    project.followed_since = None
    project.save()
    with pytest.raises(NotFollowed):
        draw(by=leads, project=project)


def test_a_map_is_drawn_of_what_the_project_has_said(project, leads):
    effect, goal = factories.target(project), factories.target(project, level="societal")
    factories.target(project, withdrawn_on=DAY, withdrawn_reason="Feil")
    roster = InitiativePlan(title="Ny turnus", kind="roster", targets=(effect.pk,), evidence="Virket i Sel")
    one = initiatives.create(by=leads, project=project, plan=roster)
    other = initiatives.create(by=leads, project=project, plan=InitiativePlan(title="Kurs", kind="training"))
    profile = Profile(
        title="Mindre vikarbruk", form="budget", target_id=effect.pk, initiatives=(one.pk, other.pk)
    )  # fmt: skip
    gain = benefits.create(by=leads, project=project, profile=profile)
    assert lacking(project) == 5
    assert draw(by=leads, project=project) == 5
    kinds = {node.refers_to: node.kind for node in project.map_nodes.live()}
    assert kinds == {effect: "effect", goal: "objective", one: "initiative", other: "initiative", gain: "benefit"}
    lines = {(line.origin.refers_to, line.leads_to.refers_to): line for line in project.map_links.live()}
    assert {pair: line.is_documented for pair, line in lines.items()} == {
        (one, effect): True, (effect, gain): True, (other, gain): False,
    }, "what goes through the target is not said twice"  # fmt: skip
    assert lines[one, effect].note == "Virket i Sel"
    assert AuditEvent.objects.filter(action="map_drawn").count() == 1


def test_drawing_again_adds_only_what_is_new_and_puts_nothing_back(project, leads):
    first = factories.target(project)
    assert draw(by=leads, project=project) == 1
    assert draw(by=leads, project=project) == 0
    maps.remove(by=leads, node=MapNode.objects.get(target=first), version=1)
    second = factories.target(project)
    assert draw(by=leads, project=project) == 1
    assert [node.target for node in project.map_nodes.live()] == [second]


def test_what_is_shared_out_beyond_the_whole_can_be_asked_for(project, boxes):
    other = factories.map_box(project, kind="effect")
    for origin, share in ((boxes[0], 60), (boxes[1], 40)):
        factories.map_link(origin, boxes[2], share=share)
    assert not over_allocated([project.pk])
    factories.map_link(other, boxes[2], share=1)
    assert [(node.pk, node.told) for node in over_allocated([project.pk])] == [(boxes[2].pk, 101)]
    MapLink.objects.filter(origin=other).update(removed_at=noon(DAY))
    assert not over_allocated([project.pk])


class TestNoCircles(TestCase):
    """Whatever is linked to whatever, in any order: no way through the map leads back."""

    @given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
    def test_no_way_leads_back(self, pairs):
        project = factories.project()
        kinds = ("initiative", "driver", "deliverable", "practice", "effect", "benefit", "benefit", "objective")
        nodes = [factories.map_box(project, kind=k, driver="unions" if k == "driver" else "") for k in kinds]
        by = Actor(None, noon(DAY))
        for a, b in pairs:
            try:
                maps.link(by=by, origin=nodes[a], leads_to=nodes[b], plan=LinePlan())
            except (maps.NotForwards, maps.LinkedAlready):
                continue
        for line in project.map_links.live().select_related("origin", "leads_to"):
            assert line.origin.column < line.leads_to.column
