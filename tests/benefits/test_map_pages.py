"""The benefit map's pages: what is shown, what is asked, and what is told when somebody else was first."""

import csv
import io
from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse

from benefits.models import MapLink, MapNode, PitfallWarning, TargetStatus, TargetVersion
from tests import factories

pytestmark = pytest.mark.django_db


def url(name, project, *args):
    return reverse(name, args=[project.slug, *args])


@pytest.fixture
def as_leader(client, leader):
    """A browser in which the leader is signed in."""
    client.force_login(leader)
    return client


@pytest.fixture
def drawn(project):
    """A chain from an initiative to an objective, a loose end, and an effect with a figure."""
    target = factories.target(project, title="Ufrivillig deltid", is_main=True)
    TargetStatus.objects.create(target=target, state="behind", result="behind", value=30.44, expected_value=25.0)
    made = {
        "roster": factories.map_box(project, title="Langvakter i helgene"),
        "campaign": factories.map_box(project, title="Holdningskampanje"),
        "practice": factories.map_box(project, kind="practice", title="Lange vakter hver tredje helg"),
        "effect": factories.map_box(project, kind="effect", target=target),
        "gain": factories.map_box(project, kind="benefit", title="Mer attraktiv arbeidsplass"),
        "goal": factories.map_box(project, kind="objective", title="Heltidskultur"),
    }
    chain = ("roster", "practice", "effect", "gain", "goal")
    for origin, leads_to in pairwise(chain):
        factories.map_link(made[origin], made[leads_to], is_documented=origin != "gain")
    return made


def test_an_empty_map_explains_itself_and_offers_a_start(as_leader, client, project, adviser):
    factories.target(project)
    page = as_leader.get(url("benefit_map", project)).content.decode()
    assert "Kartet er ikke i bruk" in page
    assert "Lag kart av det som finnes" in page
    answer = as_leader.post(url("map_draw", project), follow=True)
    assert "Kartet har fått 1 boks." in answer.content.decode()
    assert MapNode.objects.get().kind == "effect"
    MapNode.objects.all().delete()
    client.force_login(adviser)
    assert "Lag kart av det som finnes" not in client.get(url("benefit_map", project)).content.decode()


def test_the_map_shows_each_box_with_its_status_in_words_and_its_figure(as_leader, project, drawn):
    answer = as_leader.get(url("benefit_map", project))
    text = answer.content.decode()
    assert "Bak planen · 30,4 %" in text.replace("\xa0", " ")
    page = answer.context["page"]
    assert [column.count for column in page.columns] == [2, 0, 1, 1, 1, 1]
    assert len(page.paths) == 4
    by_title = {box.title: box.status for box in page.boxes}
    assert by_title["Heltidskultur"].result == "behind", "an objective takes the worst of what leads to it"
    assert by_title["Langvakter i helgene"].result == "missing", "nobody types a status"


def test_the_chosen_box_lights_its_whole_chain_and_tells_of_itself(as_leader, project, drawn):
    answer = as_leader.get(url("benefit_map", project) + f"?boks={drawn['effect'].pk}")
    text = answer.content.decode().replace("\xa0", " ")
    assert "30,4 % mot planlagt 25 %" in text
    assert "Åpne effektmålet" in text
    cells = [cell for column in answer.context["page"].columns for cell in column.cells if cell]
    assert {cell.box.title for cell in cells if not cell.is_on} == {"Holdningskampanje"}
    assert [cell.box.title for cell in cells if cell.is_chosen] == ["Ufrivillig deltid"]
    assert [line.style for line in answer.context["page"].paths].count("on") == 3


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "99999999999999999999", "²"])
def test_a_box_that_is_not_there_chooses_none(as_leader, project, drawn, asked):
    answer = as_leader.get(url("benefit_map", project) + f"?boks={asked}")
    assert answer.status_code == 200
    assert answer.context["page"].chosen is None


def test_weak_points_are_named(as_leader, project, drawn):
    factories.map_link(drawn["campaign"], drawn["gain"], share=70)
    MapLink.objects.filter(origin=drawn["effect"]).update(share=50)
    lonely = factories.map_box(project, kind="deliverable", title="<b>Retningslinje</b>")
    text = as_leader.get(url("benefit_map", project)).content.decode().replace("\xa0", " ")
    assert f'?boks={lonely.pk}" lang="nb">&lt;b&gt;Retningslinje&lt;/b&gt;</a> tas ikke i bruk.' in text
    assert "bygger ikke på noe i kartet" in text
    assert "er til sammen 120 %" in text
    assert "4 bokser mangler måling." in text
    assert "2 sammenhenger er bare antatt." in text


def test_a_figure_about_few_is_not_shown_to_those_outside(client, project, leader, adviser, drawn):
    target = drawn["effect"].target
    factories.measurement(target, date(2014, 12, 31), 30.44, n=4)
    for person, is_shown in ((leader, True), (adviser, False)):
        client.force_login(person)
        page = client.get(url("benefit_map", project) + f"?boks={drawn['effect'].pk}").content.decode()
        table = client.get(url("map_download", project, "csv")).getvalue().decode()
        assert ("30,4" in page) is ("30,4" in table) is is_shown


def test_the_table_can_be_taken_out_and_holds_no_formula(as_leader, project, drawn):
    MapNode.objects.filter(pk=drawn["campaign"].pk).update(title="=1+1")
    answer = as_leader.get(url("map_download", project, "csv"))
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    rows = rows[next(n for n, row in enumerate(rows) if row[0] == "Boks") :]
    assert rows[1][:3] == ["Langvakter i helgene", "Tiltak", "Mangler måling"]
    assert [row[0] for row in rows[1:]][1] == "'=1+1"
    assert ["Mer attraktiv arbeidsplass", "Gevinst", "Bak planen", "", "Heltidskultur (antatt)", ""] in rows


def test_a_box_is_added_by_a_form(as_leader, project):
    target = factories.target(project)
    address = url("box_new", project)
    own = {"kind": "practice", "shows": "", "title": "Faste ansatte dekker fravær"}
    answer = as_leader.post(address, own, follow=True)
    assert "Boksen er lagt til." in answer.content.decode()
    as_leader.post(address, {"kind": "driver:unions", "title": "Partssamarbeid"})
    as_leader.post(address, {"kind": "effect", "shows": f"target:{target.pk}", "title": "glemt"})
    assert list(MapNode.objects.order_by("pk").values_list("kind", "driver", "title", "target")) == [
        ("practice", "", "Faste ansatte dekker fravær", None),
        ("driver", "unions", "Partssamarbeid", None),
        ("effect", "", "", target.pk),
    ]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"kind": "", "title": "x"}, "kind"),
        ({"kind": "party", "title": "x"}, "kind"),
        ({"kind": "effect", "title": ""}, "title"),
        ({"kind": "effect", "title": "x" * 121}, "title"),
        ({"kind": "effect", "title": "a\x00b"}, "title"),
        ({"kind": "effect", "shows": "target:999999"}, "shows"),
        ({"kind": "effect", "shows": "target:x"}, "shows"),
        ({"kind": "benefit", "shows": "its own"}, "shows"),
    ],
)
def test_a_box_that_cannot_be_is_refused_at_its_field(as_leader, project, data, wrong):
    target = factories.target(project)
    if data.get("shows") == "its own":
        data = data | {"shows": f"target:{target.pk}"}
    answer = as_leader.post(url("box_new", project), data)
    assert answer.status_code == 422
    assert wrong in answer.context["form"].errors
    assert not MapNode.objects.exists()


def test_a_stale_name_shows_both_and_can_be_saved_after_all(as_leader, project):
    box = factories.map_box(project, title="Vårt navn")
    MapNode.objects.filter(pk=box.pk).update(title="Deres navn", version=2)
    answer = as_leader.post(url("box_edit", project, box.pk), {"version": 1, "title": "Mitt navn"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Deres navn" in text
    assert "Mitt navn" in text
    version = answer.context["form"].data["version"]
    as_leader.post(url("box_edit", project, box.pk), {"version": version, "title": "Mitt navn"})
    box.refresh_from_db()
    assert box.title == "Mitt navn"


def test_what_somebody_took_off_meanwhile_is_told_and_nothing_typed_is_lost(as_leader, project, drawn):
    box, line = drawn["campaign"], MapLink.objects.earliest("pk")
    MapNode.objects.filter(pk=box.pk).update(removed_at=factories.noon(date(2015, 1, 22)), version=2)
    MapLink.objects.filter(pk=line.pk).update(removed_at=factories.noon(date(2015, 1, 22)), version=2)
    said = {"version": 1, "known": "assumed", "share": "", "note": "Erfaring fra Sel"}
    for address, data, kept in (
        (url("box_edit", project, box.pk), {"version": 1, "title": "Nytt navn"}, "Nytt navn"),
        (url("box_remove", project, box.pk), {"version": 1}, ""),
        (url("link_edit", project, line.pk), said, "Erfaring fra Sel"),
        (url("link_remove", project, line.pk), {"version": 1}, ""),
    ):
        assert as_leader.get(address).status_code == 404
        answer = as_leader.post(address, data)
        assert answer.status_code == 409
        assert "tatt dette ut av kartet" in answer.content.decode()
        assert kept in answer.content.decode()


def test_a_line_is_added_in_two_steps(as_leader, project, drawn):
    first = as_leader.get(url("link_new", project))
    assert "Fra hvilken boks?" in first.content.decode()
    address = url("link_new", project) + f"?fra={drawn['campaign'].pk}"
    second = as_leader.get(address).content.decode()
    assert f'value="{drawn["goal"].pk}"' in second
    assert f'value="{drawn["roster"].pk}"' not in second, "only boxes further on"
    data = {"til": drawn["practice"].pk, "known": "documented", "share": "40", "note": "Målt"}
    answer = as_leader.post(address, data, follow=True)
    assert "Sammenhengen er lagt til." in answer.content.decode()
    line = MapLink.objects.latest("pk")
    assert (line.origin, line.leads_to, line.is_documented, line.share) == (
        drawn["campaign"], drawn["practice"], True, 40,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("til", ""),
        ("til", "x"),
        ("share", "101"),
        ("share", "-1"),
        ("share", "2,5"),
        ("known", ""),
        ("note", "x" * 501),
    ],
)
def test_a_line_that_cannot_be_is_refused_at_its_field(as_leader, project, drawn, field, value):
    data = {"til": drawn["practice"].pk, "known": "assumed", "share": "", "note": "", field: value}
    answer = as_leader.post(url("link_new", project) + f"?fra={drawn['campaign'].pk}", data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert MapLink.objects.count() == 4


def test_a_line_from_a_box_that_is_not_there_is_not_found(as_leader, project, drawn, other_project):
    for asked in ("0", "x", factories.map_box(other_project).pk):
        assert as_leader.get(url("link_new", project) + f"?fra={asked}").status_code == 404


def test_a_line_is_changed_and_taken_off_after_a_question(as_leader, project, drawn):
    line = MapLink.objects.earliest("pk")
    said = {"version": 1, "known": "documented", "share": "60", "note": "Målt"}
    assert as_leader.post(url("link_edit", project, line.pk), said).status_code == 303
    stale = as_leader.post(url("link_edit", project, line.pk), {**said, "share": "70"})
    assert stale.status_code == 409
    assert [change[1:] for change in stale.context["stale"]["changes"]] == [("60\xa0%", "70\xa0%")]
    assert "Boksene blir stående" in as_leader.get(url("link_remove", project, line.pk)).content.decode()
    as_leader.post(url("link_remove", project, line.pk), {"version": 2})
    assert MapLink.objects.live().count() == 3


def test_a_name_of_ones_own_stays_when_what_the_box_shows_is_renamed(as_leader, project, drawn):
    box = drawn["effect"]
    page = as_leader.get(url("box_edit", project, box.pk)).content.decode()
    assert "La feltet stå tomt hvis den skal hete det samme." in page
    as_leader.post(url("box_edit", project, box.pk), {"version": 1, "title": "Færre er borte"})
    TargetVersion.objects.filter(target=box.target).update(title="Et helt nytt navn")
    shown = as_leader.get(url("benefit_map", project), {"boks": box.pk}).content.decode()
    assert "Færre er borte" in shown
    assert "Et helt nytt navn" in shown, "and it is said what the box shows"
    as_leader.post(url("box_edit", project, box.pk), {"version": 2, "title": "Borte sjeldnere"})
    happened = as_leader.get(reverse("project_overview", args=[project.slug])).content.decode()
    assert "«Færre er borte» heter nå «Borte sjeldnere»" in happened
    as_leader.post(url("box_edit", project, box.pk), {"version": 3, "title": ""})
    shown = as_leader.get(url("benefit_map", project), {"boks": box.pk}).content.decode()
    assert "Færre er borte" not in shown
    assert "Et helt nytt navn" in shown


def test_a_box_that_shows_something_is_taken_off(as_leader, project, drawn):
    as_leader.post(url("box_remove", project, drawn["effect"].pk), {"version": 1})
    assert MapLink.objects.live().count() == 2


def test_the_learning_point_is_told_inside_where_there_is_a_map(client, project, leader, adviser, drawn):
    day = date(2015, 1, 22)
    PitfallWarning.objects.create(
        project=project, rule="L5", severity=1, cause="no_culture", action="add_culture_driver",
        opened_on=day, last_seen_on=day,
    )  # fmt: skip
    for person, is_told in ((leader, True), (adviser, False)):
        client.force_login(person)
        page = client.get(url("benefit_map", project)).content.decode()
        assert ("Alle driverne i gevinstkartet" in page) is is_told


def test_a_large_map_asks_as_few_questions_as_a_small_one(as_leader, project, leader, django_assert_max_num_queries):
    for kind in ("initiative", "practice", "effect", "benefit", "objective"):
        for number in range(4):
            shown = {"target": factories.target(project)} if kind == "effect" else {}
            factories.map_box(project, kind=kind, position=number, **shown)
    nodes = list(MapNode.objects.all())
    for left in nodes:
        for right in nodes[::3]:
            if left.column < right.column:
                factories.map_link(left, right)
    with django_assert_max_num_queries(14):
        as_leader.get(url("benefit_map", project) + f"?boks={nodes[0].pk}")
