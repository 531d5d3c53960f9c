"""What is counted twice is seen with both claims, decided, respected by every sum, and can be taken back."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from accounts.actor import Actor, NotAllowed, system
from benefits.actions import benefits, counting, maps, targets
from benefits.actions.benefits import Profile, YearAmount
from benefits.actions.counting import AlreadyTakenBack, CountsForOthers, NotDouble
from benefits.actions.maps import LinePlan
from benefits.actions.targets import definition_of
from benefits.assessment import assess_projects, judge, refresh
from benefits.counting_facts import load
from benefits.forms.maps import ASSUMED
from benefits.models import CountedElsewhere, PitfallWarning, TargetVersion
from benefits.plan_page import plan_page
from benefits.queries.freed_time import ledger_of
from journal.models import AuditEvent
from projects.actions import setup
from projects.asked import Asked
from projects.models import Project
from projects.roles import Role
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)
DAY = timedelta(days=1)
SAME = {"indicator": "sykefravaer_legemeldt", "scope": "Pleie og omsorg"}


@pytest.fixture
def by(leader):
    return Actor(leader, noon(TODAY))


@pytest.fixture
def two(project):
    return factories.target(project, **SAME), factories.target(project, **SAME)


@pytest.fixture
def neighbour(project):
    made = factories.project(project.municipalities.get(), title="Nærvær i Meråker")
    return made, factories.target(made, **SAME)


def decide(by, project, claim, counted_in, reason="Fellesprosjektet melder tallet"):
    return counting.count_elsewhere(
        by=by, project=project, claim=f"target:{claim.pk}", counted_in=f"target:{counted_in.pk}", reason=reason
    )


def causes(project, day=TODAY, known_at=None):
    (verdict,) = judge([project], day, known_at)
    return [found.cause for found in verdict.findings if found.rule == "V9" and found.severity]


def text(answer):
    return " ".join(answer.content.decode().replace(" ", " ").split())


def url(name, project, *args):
    return reverse(name, args=[project.slug, *args])


def test_a_decision_settles_it_and_can_be_taken_back(project, two, by):
    assert causes(project) == ["claimed_twice"]
    decision = decide(by, project, two[1], two[0])
    assert causes(project) == []
    assert [event.action for event in AuditEvent.objects.order_by("pk")][-1] == "counted_elsewhere"
    counting.count_here_again(by=by, decision=decision)
    assert causes(project) == ["claimed_twice"]
    with pytest.raises(AlreadyTakenBack):
        counting.count_here_again(by=by, decision=decision)


def test_a_past_day_is_as_it_was_known(project, two, by):
    decide(by, project, two[1], two[0])
    assert causes(project, TODAY - DAY) == ["claimed_twice"]
    assert causes(project, TODAY, noon(TODAY) - timedelta(seconds=1)) == ["claimed_twice"]
    assert causes(project, TODAY, noon(TODAY)) == []


def test_it_holds_only_while_the_other_counts(project, two, by):
    decide(by, project, two[1], two[0])
    version = TargetVersion.objects.live().get(target=two[0])
    TargetVersion.objects.filter(pk=version.pk).update(withdrawn_on=TODAY, withdrawn_reason="Ikke lenger et mål")
    assert load(Asked([project.pk], TODAY)) == {}


def test_a_decision_that_no_longer_holds_can_be_made_anew(project, two, by):
    decide(by, project, two[0], two[1])
    TargetVersion.objects.filter(target=two[1]).update(withdrawn_on=TODAY, withdrawn_reason="Ikke lenger et mål")
    third = factories.target(project, **SAME)
    assert causes(project) == ["claimed_twice"]
    decide(by, project, two[0], third)
    assert causes(project) == []
    assert [row.counted_in for row in CountedElsewhere.objects.live()] == [f"target:{third.pk}"]


def test_two_cannot_give_way_to_each_other(project, two, by):
    decide(by, project, two[1], two[0])
    with pytest.raises(NotDouble):
        decide(by, project, two[0], two[1])
    third = factories.target(project, **SAME)
    with pytest.raises(CountsForOthers):
        decide(by, project, two[0], third)


def test_only_what_is_counted_twice_gives_way(project, two, by):
    apart = factories.target(project, indicator="sykefravaer_legemeldt", scope="Skole")
    with pytest.raises(NotDouble):
        decide(by, project, two[0], apart)
    for nonsense in ("", "target:", "target:x", "warning:1", f"target:{10**20}"):
        with pytest.raises(NotDouble):
            counting.count_elsewhere(
                by=by, project=project, claim=nonsense, counted_in=f"target:{two[0].pk}", reason="Feil"
            )


def test_nobody_decides_for_another_project(project, two, neighbour, by):
    with pytest.raises(NotDouble):
        decide(by, project, neighbour[1], two[0])
    with pytest.raises(NotAllowed):
        decide(by, neighbour[0], neighbour[1], two[0])


def test_another_project_in_the_municipality_is_seen_from_both_sides(project, neighbour, by):
    own = factories.target(project, **SAME)
    assert causes(project) == causes(neighbour[0]) == ["claimed_elsewhere"]
    decide(by, project, own, neighbour[1])
    assert causes(project) == causes(neighbour[0]) == []


def test_a_joint_project_is_a_neighbour_of_each_municipalitys_own(project):
    joint = factories.project(factories.municipality(), project.municipalities.get())
    factories.target(joint, **SAME)
    factories.target(project, **SAME)
    assert causes(project) == causes(joint) == ["claimed_elsewhere"]


def test_projects_of_other_municipalities_are_no_neighbours(project, other_project):
    factories.target(other_project, **SAME)
    factories.target(project, **SAME)
    assert causes(project) == []


def test_a_neighbour_hears_of_a_changed_target(project, neighbour, by, django_capture_on_commit_callbacks):
    own = factories.target(project, **SAME)
    assess_projects([project.pk, neighbour[0].pk], as_of=TODAY, now=noon(TODAY))
    warnings = PitfallWarning.objects.filter(project=neighbour[0], rule="V9", closed_on=None)
    assert warnings.count() == 1
    version = TargetVersion.objects.live().prefetch_related("values", "planned").get(target=own)
    definition = definition_of(version)
    before = Project.objects.get(pk=neighbour[0].pk).revision
    with django_capture_on_commit_callbacks(execute=True):
        targets.change(by=by, target=own, version=1, definition=replace(definition, scope="Skole"))
    assert Project.objects.get(pk=neighbour[0].pk).revision > before


def test_a_project_that_has_left_the_programme_counts_nothing(
    project, neighbour, by, admin, django_capture_on_commit_callbacks
):
    own = factories.target(project, **SAME)
    decide(by, project, own, neighbour[1])
    assert load(Asked([project.pk], TODAY))[project.pk]["not_counted"] == {
        f"target:{own.pk}": f"target:{neighbour[1].pk}"
    }
    before = Project.objects.get(pk=project.pk).revision
    with django_capture_on_commit_callbacks(execute=True):
        setup.decide_participation(
            by=Actor(admin, noon(TODAY)), project=neighbour[0], version=neighbour[0].version, participation="withdrawn",
            on=TODAY, reason="Kommunen trakk seg.",
        )  # fmt: skip
    assert Project.objects.get(pk=project.pk).revision > before
    assert load(Asked([project.pk], TODAY)) == {}
    assert causes(project) == []
    assert load(Asked([project.pk], TODAY - DAY))[project.pk]["neighbours"]


def test_another_projects_reason_is_its_own(client, project, neighbour, by, leader, stranger):
    own = factories.target(project, **SAME)
    decide(by, project, own, neighbour[1], reason="Bare mellom oss")
    client.force_login(leader)
    assert "Bare mellom oss" in text(client.get(url("counting", project)))
    factories.role(stranger, Role.LEADER, neighbour[0])
    client.force_login(stranger)
    page = text(client.get(url("counting", neighbour[0])))
    assert "telles ikke her – telles i" in page
    assert "Bare mellom oss" not in page


def test_constraints_refuse_half_a_decision(project, two):
    whole = {"project": project, "reason": "Feil", "decided_on": TODAY, "recorded_at": noon(TODAY)}
    for half in ({"target": two[0]}, {"in_target": two[0]}, {"target": two[0], "in_target": two[1], "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CountedElsewhere.objects.create(**{**whole, **half})


def test_contributions_are_known_as_they_were_said(project, by):
    boxes = [factories.map_box(project, kind=kind) for kind in ("initiative", "initiative", "effect")]
    for origin in boxes[:2]:
        line = maps.link(by=by, origin=origin, leads_to=boxes[2], plan=LinePlan(share=50))
    assert causes(project) == []
    later = Actor(by.user, noon(TODAY + DAY))
    maps.change_link(by=later, link=line, version=1, plan=LinePlan(share=51))
    assert causes(project, TODAY) == []
    assert causes(project, TODAY + DAY) == ["over_whole"]
    line.refresh_from_db()
    maps.change_link(by=Actor(by.user, noon(TODAY + 2 * DAY)), link=line, version=2, plan=LinePlan(share=50))
    assert causes(project, TODAY + 2 * DAY) == []
    assert causes(project, TODAY + DAY) == ["over_whole"]


def test_a_line_taken_off_the_map_contributes_no_more(project, by):
    boxes = [factories.map_box(project, kind=kind) for kind in ("initiative", "initiative", "effect")]
    lines = [maps.link(by=by, origin=one, leads_to=boxes[2], plan=LinePlan(share=80)) for one in boxes[:2]]
    assert causes(project) == ["over_whole"]
    maps.unlink(by=Actor(by.user, noon(TODAY + DAY)), link=lines[0], version=1)
    assert causes(project, TODAY + DAY) == []


def test_sums_leave_out_what_is_counted_elsewhere(project, by, leader):
    target = factories.target(project)
    money = Profile(
        title="Mindre vikarbruk", form="budget", kind="time_saved", target_id=target.pk,
        years=(YearAmount(2016, net=Decimal(500)),),
    )  # fmt: skip
    first = benefits.create(by=by, project=project, profile=money)
    second = benefits.create(by=by, project=project, profile=money)
    assert plan_page(project, TODAY).sums == [Decimal(1000)]
    counting.count_elsewhere(
        by=by, project=project, claim=f"benefit:{second.pk}", counted_in=f"benefit:{first.pk}", reason="Samme penger"
    )
    page = plan_page(project, TODAY)
    assert page.sums == [Decimal(500)]
    assert [row.is_counted for row in page.money] == [True, False]


def test_the_ledger_leaves_out_what_is_counted_elsewhere(project, by):
    target = factories.target(project)
    post, _use = factories.freed_time(project, target=target, attested_on=TODAY)
    money = Profile(title="Mindre vikarbruk", form="budget", kind="time_saved", target_id=target.pk)
    benefit = benefits.create(by=by, project=project, profile=money)
    assert causes(project) == ["money_and_time"]
    (verdict,) = judge([project], TODAY)
    assert [total.freed for total in verdict.freed_time] == [2.4]
    counting.count_elsewhere(
        by=by,
        project=project,
        claim=f"freed_time:{post.pk}",
        counted_in=f"benefit:{benefit.pk}",
        reason="Tatt i budsjett",
    )
    ledger = ledger_of(project, TODAY)
    assert (ledger.balance.freed, ledger.rows[0].is_counted) == (0, False)
    (verdict,) = judge([project], TODAY)
    assert [total.freed for total in verdict.freed_time] == [0.0]


def test_the_hours_count_where_the_kroner_give_way(project, by):
    target = factories.target(project)
    money = Profile(
        title="Mindre vikarbruk", form="budget", kind="time_saved", target_id=target.pk,
        years=(YearAmount(2016, net=Decimal(500)),),
    )  # fmt: skip
    benefit = benefits.create(by=by, project=project, profile=money)
    post, _use = factories.freed_time(project, benefit=benefit, attested_on=TODAY)
    counting.count_elsewhere(
        by=by,
        project=project,
        claim=f"benefit:{benefit.pk}",
        counted_in=f"freed_time:{post.pk}",
        reason="Tiden går til kvalitet",
    )
    ledger = ledger_of(project, TODAY)
    assert (ledger.balance.freed, ledger.rows[0].is_counted) == (Decimal("2.4"), True)
    assert [row.is_counted for row in plan_page(project, TODAY).money] == [False]
    (verdict,) = judge([project], TODAY)
    assert [total.freed for total in verdict.freed_time] == [2.4]
    assert causes(project) == []


def test_the_page_names_both_with_links_and_decides(client, project, two, leader):
    refresh(project.pk)
    client.force_login(leader)
    page = text(client.get(url("counting", project)))
    assert all(url("target", project, number) in page for number in (1, 2))
    sent = {"claim": f"target:{two[0].pk}", "other": f"target:{two[1].pk}"}
    answer = client.post(url("counting_decide", project), {**sent, "reason": "  "})
    assert answer.status_code == 422
    assert "Velg hvilken av dem som ikke skal telles." in text(answer)
    whole = {**sent, "gives_way": f"target:{two[1].pk}", "reason": "Samme tall"}
    page = text(client.post(url("counting_decide", project), whole, follow=True))
    assert "Ingenting telles dobbelt" in page
    assert "telles ikke her – telles i" in page
    page = text(client.post(url("counting_decide", project), whole, follow=True))
    assert "telles ikke lenger dobbelt" in page
    decision = CountedElsewhere.objects.get()
    page = text(client.post(url("counting_take_back", project, decision.pk), follow=True))
    assert "Begge teller igjen" in page


def test_another_projects_target_is_named_by_its_number_only(client, project, neighbour, leader):
    factories.target(project, **SAME)
    client.force_login(leader)
    page = text(client.get(url("counting", project)))
    assert reverse("public_project", args=[neighbour[0].slug]) in page
    assert url("target", neighbour[0], 1) not in page
    factories.role(leader, Role.LEADER, neighbour[0])
    assert url("target", neighbour[0], 1) in text(client.get(url("counting", project)))


def test_the_adviser_sees_it_and_decides_nothing(client, project, two, adviser, leader, by):
    decide(by, project, factories.target(project, **SAME), two[0])
    client.force_login(adviser)
    page = text(client.get(url("counting", project)))
    assert "Det samme telles to ganger" in page
    assert "telles ikke her – telles i" in page
    assert leader.name not in page
    assert url("counting_decide", project) not in page
    assert client.post(url("counting_decide", project), {}).status_code == 403


def test_the_page_asks_few_questions(client, project, two, neighbour, leader, django_assert_max_num_queries):
    for _ in range(6):
        factories.target(project, **SAME)
    client.force_login(leader)
    with django_assert_max_num_queries(25):
        client.get(url("counting", project))


def test_a_benefit_of_the_same_money_is_asked_about_when_it_is_saved(client, project, leader, by):
    target = factories.target(project)
    money = Profile(title="Mindre vikarbruk", form="budget", kind="time_saved", target_id=target.pk)
    benefits.create(by=by, project=project, profile=money)
    client.force_login(leader)
    sent = {"version": "0", "title": "Færre vikarer", "form": "budget", "kind": "time_saved", "arises": "own",
            "target": str(target.pk)}  # fmt: skip
    page = text(client.post(url("benefit_new", project), sent, follow=True))
    assert "Gevinsten Ø2 er lagt til." in page
    assert "ser ut til å telle det samme" in page


def test_shares_beyond_the_whole_are_said_where_they_are_typed(client, project, leader, by):
    boxes = [factories.map_box(project, kind=kind) for kind in ("initiative", "initiative", "effect")]
    maps.link(by=by, origin=boxes[0], leads_to=boxes[2], plan=LinePlan(share=60))
    client.force_login(leader)
    sent = {"til": str(boxes[2].pk), "known": ASSUMED, "share": "50", "note": ""}
    page = text(client.post(f"{url('link_new', project)}?fra={boxes[1].pk}", sent, follow=True))
    assert "110 % til sammen" in page


@pytest.mark.django_db(transaction=True)
def test_two_projects_giving_way_to_each_other_at_once(project, neighbour):
    """One of the two is refused: else nobody would count it."""
    own = factories.target(project, **SAME)
    start, refused = threading.Barrier(2), []

    def give(where, claim, other):
        try:
            start.wait()
            decide(system(noon(TODAY)), where, claim, other)
        except (NotDouble, CountsForOthers) as error:
            refused.append(error)
        finally:
            connections.close_all()

    sides = [(project, own, neighbour[1]), (neighbour[0], neighbour[1], own)]
    threads = [threading.Thread(target=give, args=side) for side in sides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), CountedElsewhere.objects.count()) == (1, 1)
