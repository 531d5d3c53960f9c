"""Handing over: what nobody would carry, who takes it over, and that a role is not ended before."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.actor import Actor, NotAllowed, system
from benefits.actions import handovers, role_endings
from benefits.actions.handovers import (
    HandoverAnswered,
    HandoverGone,
    HandoverHeld,
    HandoverPlan,
    PointsChanged,
    ReceiverOutside,
)
from benefits.handover_facts import load
from benefits.models import HandoverRecord, TargetVersion
from benefits.queries.handovers import handover_of, handover_row, leaver
from journal.models import AuditEvent
from projects.asked import Asked
from projects.models import RoleAssignment
from projects.roles import Role
from tests import factories
from tests.journeys import house

pytestmark = pytest.mark.django_db

TODAY = date(2015, 1, 22)
NOW = factories.noon(TODAY)
INSIDE = frozenset({Role.LEADER})


def url(name, project, *args):
    return reverse(name, args=[project.slug, *args])


@pytest.fixture
def carried(project, leader, owner, benefit_owner):
    """A project whose leader measures one target, has one milestone ahead, and one reported to the owner."""
    factories.target(project, is_main=True, measurement_responsible=leader)
    factories.target(project, title="Heltid", measurement_responsible=benefit_owner)
    factories.milestone(project)
    factories.milestone(project, title="Turnus vedtatt", state="reported", reported_on=TODAY, reported_by=leader)
    return project


def keys(project, person, roles=frozenset({Role.LEADER})):
    return [point.text for point in leaver(project, person.pk, roles, TODAY).points]


def plan(project, giver, receiver, **changes):
    """Everything one person has, to another."""
    points = leaver(project, giver.pk, frozenset({Role.LEADER}), TODAY).points
    receivers = {point.key: receiver.pk for point in points if not point.is_done}
    return HandoverPlan(
        **{"from_person": giver.pk, "to_person": receiver.pk, "on": TODAY, "receivers": receivers, **changes}
    )


def hand_over(project, giver, receiver, **changes):
    return handovers.hand_over(by=Actor(giver, NOW), project=project, plan=plan(project, giver, receiver, **changes))


def test_what_is_left_when_each_of_them_goes(carried, leader, owner, benefit_owner):
    assert keys(carried, leader) == ["Lavere sykefravær", "Ny turnus er i drift"]
    assert keys(carried, owner) == ["Turnus vedtatt"]
    assert keys(carried, benefit_owner) == ["Heltid"]


def test_a_target_nobody_is_named_for_is_the_leaders(project, leader):
    factories.target(project)
    assert keys(project, leader) == ["Lavere sykefravær"]


def test_what_another_leader_carries_too_is_not_left(carried, leader):
    factories.role(factories.user(), Role.LEADER, carried)
    assert keys(carried, leader) == ["Lavere sykefravær"]


def test_warnings_nobody_has_seen_are_left_and_only_the_projects_own_people_read_them(carried, leader, owner):
    factories.target(carried, title="Uten tall", baseline_value=None, baseline_on=None, measurement_responsible=owner)
    house.assess(carried)
    assert "Nullpunkt mangler" in keys(carried, leader)
    assert "Nullpunkt mangler" not in keys(carried, leader, frozenset({Role.ADVISER}))


def test_a_role_with_open_points_is_not_ended(carried, leader):
    row = RoleAssignment.objects.get(person=leader)
    with pytest.raises(role_endings.HandoverMissing) as refusal:
        role_endings.end(by=system(NOW), assignment=row, ends_on=TODAY)
    assert len(refusal.value.points) == 2
    assert RoleAssignment.objects.get(person=leader).ends_on is None


def test_a_role_is_ended_once_everything_is_taken_over(carried, leader, benefit_owner):
    made = hand_over(carried, leader, benefit_owner)
    row = RoleAssignment.objects.get(person=leader)
    with pytest.raises(role_endings.HandoverMissing) as refusal:
        role_endings.end(by=system(NOW), assignment=row, ends_on=TODAY)
    assert len(refusal.value.points) == 2, "handed over, but nobody has said yes"
    handovers.accept(by=Actor(benefit_owner, NOW), handover=made)
    role_endings.end(by=system(NOW), assignment=RoleAssignment.objects.get(person=leader), ends_on=TODAY)
    assert RoleAssignment.objects.known_at(None).get(person=leader).ends_on == TODAY


def test_what_has_come_since_the_handover_is_asked_for(carried, leader, benefit_owner):
    handovers.accept(by=Actor(benefit_owner, NOW), handover=hand_over(carried, leader, benefit_owner))
    factories.milestone(carried, title="Ny milepæl")
    with pytest.raises(role_endings.HandoverMissing) as refusal:
        role_endings.end(by=system(NOW), assignment=RoleAssignment.objects.get(person=leader), ends_on=TODAY)
    assert [point.words for point in refusal.value.points] == ["Ny milepæl"]


def test_a_role_that_lasts_longer_needs_no_handover(carried, leader):
    row = RoleAssignment.objects.get(person=leader)
    RoleAssignment.objects.filter(pk=row.pk).update(ends_on=TODAY)
    row.refresh_from_db()
    assert role_endings.end(by=system(NOW), assignment=row, ends_on=date(2015, 6, 1)).ends_on == date(2015, 6, 1)


def test_one_of_two_roles_may_end_while_the_other_still_measures(carried, leader):
    factories.role(leader, Role.MEASUREMENT_RESPONSIBLE, carried)
    row = RoleAssignment.objects.get(person=leader, role=Role.MEASUREMENT_RESPONSIBLE)
    assert role_endings.end(by=system(NOW), assignment=row, ends_on=TODAY).ends_on == TODAY


def test_a_successor_has_the_role_from_the_day_after(carried, leader, benefit_owner):
    handovers.accept(by=Actor(benefit_owner, NOW), handover=hand_over(carried, leader, benefit_owner))
    row = RoleAssignment.objects.get(person=leader)
    role_endings.end(by=system(NOW), assignment=row, ends_on=TODAY, successor=("ny@kommunen.no", "Nora Ny"))
    new = RoleAssignment.objects.get(person__email="ny@kommunen.no")
    assert (new.role, new.starts_on) == (Role.LEADER, date(2015, 1, 23))


def test_the_measuring_goes_over_when_the_receiver_says_yes(carried, leader, benefit_owner):
    made = hand_over(carried, leader, benefit_owner)
    live = TargetVersion.objects.live().filter(target__project=carried).order_by("target__number")
    assert [row.measurement_responsible for row in live] == [leader, benefit_owner]
    handovers.accept(by=Actor(benefit_owner, NOW), handover=made)
    handovers.accept(by=Actor(benefit_owner, NOW), handover=made)
    assert [row.measurement_responsible for row in live.all()] == [benefit_owner, benefit_owner]
    assert TargetVersion.objects.filter(target__project=carried).count() == 3


def test_it_holds_when_everyone_who_receives_has_said_yes(carried, leader, owner, benefit_owner):
    points = plan(carried, leader, benefit_owner).receivers
    split = dict.fromkeys(points, benefit_owner.pk) | {key: owner.pk for key in points if key.startswith("milestone")}
    made = hand_over(carried, leader, benefit_owner, receivers=split)
    rest = {"keeps_handovers": True, "keeps_decisions": True, "benefits_without_owner": 0}
    waits = {**rest, "handover_recorded_on": None, "handover_waits_since": TODAY}
    assert load(Asked([carried.pk], TODAY))[carried.pk] == waits
    handovers.accept(by=Actor(benefit_owner, NOW), handover=made)
    assert load(Asked([carried.pk], TODAY))[carried.pk] == waits
    handovers.accept(by=Actor(owner, factories.noon(date(2015, 1, 24))), handover=made)
    held = {**rest, "handover_recorded_on": date(2015, 1, 24), "handover_waits_since": None}
    assert load(Asked([carried.pk], date(2015, 1, 24)))[carried.pk] == held
    assert load(Asked([carried.pk], date(2015, 1, 24), NOW))[carried.pk] == waits  # as known before the last one
    assert load(Asked([carried.pk], date(2015, 1, 23)))[carried.pk] == waits


def test_it_is_taken_back_until_somebody_has_said_yes(carried, leader, benefit_owner):
    first = hand_over(carried, leader, benefit_owner)
    handovers.withdraw(by=Actor(leader, NOW), handover=first)
    assert load(Asked([carried.pk], TODAY))[carried.pk]["handover_waits_since"] is None
    second = hand_over(carried, leader, benefit_owner)
    handovers.accept(by=Actor(benefit_owner, NOW), handover=second)
    with pytest.raises(HandoverHeld):
        handovers.withdraw(by=Actor(leader, NOW), handover=second)


def test_what_is_declined_is_open_again_and_goes_to_somebody_else(carried, leader, owner, benefit_owner):
    first = hand_over(carried, leader, benefit_owner)
    handovers.decline(by=Actor(benefit_owner, NOW), handover=first, reason="Har permisjon")
    handovers.decline(by=Actor(benefit_owner, NOW), handover=first, reason="Igjen")
    assert first.declines.get().reason == "Har permisjon"
    with pytest.raises(HandoverAnswered):
        handovers.accept(by=Actor(benefit_owner, NOW), handover=first)
    assert load(Asked([carried.pk], TODAY))[carried.pk]["handover_waits_since"] is None
    assert [point.is_done for point in leaver(carried, leader.pk, INSIDE, TODAY).points] == [False, False]
    second = hand_over(carried, leader, owner)
    assert [point.is_waiting for point in leaver(carried, leader.pk, INSIDE, TODAY).points] == [True, True]
    handovers.accept(by=Actor(owner, NOW), handover=second)
    with pytest.raises(HandoverAnswered):
        handovers.decline(by=Actor(owner, NOW), handover=second, reason="Angrer")
    assert load(Asked([carried.pk], TODAY))[carried.pk]["handover_recorded_on"] == TODAY
    role_endings.end(by=system(NOW), assignment=RoleAssignment.objects.get(person=leader), ends_on=TODAY)


def test_only_who_receives_declines_and_only_what_stands(carried, leader, owner, benefit_owner):
    made = hand_over(carried, leader, benefit_owner)
    with pytest.raises(NotAllowed):
        handovers.decline(by=Actor(owner, NOW), handover=made, reason="Nei")
    handovers.withdraw(by=Actor(leader, NOW), handover=made)
    with pytest.raises(HandoverGone):
        handovers.decline(by=Actor(benefit_owner, NOW), handover=made, reason="Nei")


def test_a_no_is_said_with_a_reason_that_the_giver_sees(client, carried, leader, benefit_owner):
    made = hand_over(carried, leader, benefit_owner)
    client.force_login(benefit_owner)
    bare = client.post(url("handover_decline", carried, made.pk), {"reason": " "})
    assert (bare.status_code, "reason" in bare.context["form"].errors) == (422, True)
    answer = client.post(url("handover_decline", carried, made.pk), {"reason": "Har permisjon"}, follow=True)
    assert "Du har takket nei." in answer.content.decode()
    assert AuditEvent.objects.filter(action="handover_declined", object_id=made.pk).count() == 1

    client.force_login(leader)
    mine = client.get(reverse("my_work")).content.decode()
    assert "Finn en annen: overleveringen er avslått" in mine
    page = client.get(url("handover", carried, made.pk)).content.decode()
    assert "Har permisjon" in page
    assert url("handover_new", carried, leader.pk) in page
    assert "Avslått" in client.get(url("continuation", carried)).content.decode()
    hand_over(carried, leader, factories.role(factories.user(), Role.BENEFIT_OWNER, carried).person)
    assert "overleveringen er avslått" not in client.get(reverse("my_work")).content.decode()
    assert url("handover_new", carried, leader.pk) not in client.get(url("handover", carried, made.pk)).content.decode()


def test_why_somebody_declined_is_for_them_the_giver_and_those_who_answer(
    client, carried, leader, owner, benefit_owner, adviser
):
    other = factories.role(factories.user(), Role.MEASUREMENT_RESPONSIBLE, carried).person
    giver = factories.role(factories.user(), Role.MEASUREMENT_RESPONSIBLE, carried).person
    factories.target(carried, title="Heltid i nord", measurement_responsible=giver)
    points = plan(carried, giver, benefit_owner)
    made = handovers.hand_over(by=Actor(leader, NOW), project=carried, plan=points)
    handovers.decline(by=Actor(benefit_owner, NOW), handover=made, reason="Har permisjon")

    def reads(person):
        client.force_login(person)
        page = client.get(url("handover", carried, made.pk)).content.decode()
        assert "Avslått" in page
        return "Har permisjon" in page

    assert [reads(person) for person in (benefit_owner, giver, leader, owner)] == [True] * 4
    assert [reads(person) for person in (other, adviser)] == [False] * 2


def test_a_shift_that_waits_goes_with_the_owner(carried, leader, owner, benefit_owner):
    when = {"on": TODAY, "recorded_at": NOW}
    carried.phase_steps.create(phase="idea", kind="asked", by=leader, **when)
    assert keys(carried, owner) == ["Turnus vedtatt", "Idé"]
    made = handovers.hand_over(by=Actor(owner, NOW), project=carried, plan=plan(carried, owner, benefit_owner))
    assert made.points.filter(kind="phase").exists()
    assert "Idé" in [point.text for point in handover_row(handover_of(carried.slug, made.pk), owner, INSIDE).points]
    carried.phase_steps.create(phase="idea", kind="signed", by=owner, **when)
    assert keys(carried, owner) == ["Turnus vedtatt"]


def test_only_people_of_the_project_take_over(carried, leader, stranger):
    with pytest.raises(ReceiverOutside):
        hand_over(carried, leader, stranger)
    with pytest.raises(ReceiverOutside):
        hand_over(carried, leader, leader)


def test_points_nobody_was_shown_are_not_handed_over(carried, leader, benefit_owner):
    with pytest.raises(PointsChanged):
        hand_over(carried, leader, benefit_owner, receivers={})


def test_the_pages_from_the_list_to_the_yes(client, carried, leader, benefit_owner):
    client.force_login(leader)
    assert "2 åpne punkter" in client.get(url("continuation", carried)).content.decode()
    page = client.get(url("leaving", carried, leader.pk)).content.decode()
    assert "E1 Lavere sykefravær" in page
    address = url("handover_new", carried, leader.pk)
    fields = {
        "to_person": benefit_owner.pk,
        "to_unit": "Hjemmetjenesten",
        "on": "28.02.2015",
        "note": "Alt ligger i mappa.",
    }
    receiving = {name: "" for name in client.get(address).context["form"].fields if name.startswith("point-")}
    assert len(receiving) == 2
    refused = client.post(address, {**fields, **receiving, "to_person": ""})
    assert (refused.status_code, "Hjemmetjenesten" in refused.content.decode()) == (422, True)
    old = client.post(address, fields)
    assert (old.status_code, "har endret seg" in old.content.decode()) == (409, True)
    made = client.post(address, {**fields, **receiving}, follow=True)
    assert "Venter på svar" in made.content.decode()
    record = HandoverRecord.objects.get()
    client.post(url("handover_accept", carried, record.pk))
    assert not record.acceptances.exists()

    client.force_login(benefit_owner)
    shown = client.get(url("handover", carried, record.pk)).content.decode()
    assert "Godta overleveringen" in shown
    assert "Alt ligger i mappa." in shown
    client.post(url("handover_accept", carried, record.pk))
    assert record.acceptances.get().person == benefit_owner
    assert "Alt er overlevert" in client.get(url("continuation", carried)).content.decode()


def test_who_receives_may_read_and_accept_before_their_role_begins(client, carried, leader):
    new = factories.user("Nora Ny")
    factories.role(new, Role.LEADER, carried, starts_on=date(2015, 3, 1))
    record = hand_over(carried, leader, new)
    client.force_login(new)
    assert client.get(url("continuation", carried)).status_code == 404
    assert client.get(url("handover", carried, record.pk)).status_code == 200
    client.post(url("handover_accept", carried, record.pk))
    assert record.acceptances.exists()


def test_an_administrator_is_told_what_is_left_and_whom_to_ask(client, carried, leader, owner, admin):
    client.force_login(admin)
    address = reverse("setup_role_end", args=[RoleAssignment.objects.get(person=leader).pk])
    answer = client.post(address, {"ends_on": "31.01.2015"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ny turnus er i drift" in text
    assert "Eirik Eier (prosjekteier)" in text
    assert url("handover_new", carried, leader.pk) in text


def test_an_administrator_is_told_that_an_answer_is_waited_for(client, carried, leader, benefit_owner, admin):
    hand_over(carried, leader, benefit_owner)
    client.force_login(admin)
    address = reverse("setup_role_end", args=[RoleAssignment.objects.get(person=leader).pk])
    answer = client.post(address, {"ends_on": "31.01.2015"})
    assert answer.status_code == 422
    assert "venter på at de som overtar, godtar den" in answer.content.decode()
    assert RoleAssignment.objects.get(person=leader).ends_on is None


@pytest.mark.parametrize("name", ["continuation", "leaving", "handover_new"])
def test_pages_ask_few_questions(client, carried, leader, name, django_assert_max_num_queries):
    for _ in range(5):
        factories.target(carried, measurement_responsible=leader)
        factories.milestone(carried)
        factories.role(factories.user(), Role.BENEFIT_OWNER, carried)
    client.force_login(leader)
    with django_assert_max_num_queries(17):
        assert client.get(url(name, carried, *([] if name == "continuation" else [leader.pk]))).status_code == 200
