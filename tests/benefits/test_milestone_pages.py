"""Milestones: the leader plans and reports, the owner decides, and nobody writes over anybody."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.models import Milestone
from tests import factories

pytestmark = pytest.mark.django_db

PLAN = {"title": "Ny turnus er i drift", "due_on": "01.06.2015", "phase": "delivery", "description": ""}


@pytest.fixture
def milestone(project):
    """A planned milestone, due 1 June 2015."""
    return factories.milestone(project)


@pytest.fixture
def reported(project, leader):
    """A milestone that waits for the owner."""
    return factories.milestone(
        project, state="reported", reported_on=date(2015, 1, 20), reported_by=leader, report_note="Alt er på plass."
    )


def url(name, project, *args):
    return reverse(name, args=[project.slug, *args])


def test_a_leader_plans_a_milestone(client, project, leader):
    client.force_login(leader)
    answer = client.post(url("milestone_new", project), PLAN, follow=True)
    assert answer.redirect_chain[0][0] == url("milestones", project)
    assert "Ny turnus er i drift" in answer.content.decode()
    assert "om 19 uker" in answer.content.decode()
    assert Milestone.objects.get().due_on == date(2015, 6, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("due_on", "31.02.2014"),
        ("due_on", ""),
        ("due_on", "snart"),
        ("title", ""),
        ("title", "x" * 161),
        ("title", "a\x00b"),
        ("description", "x" * 2001),
        ("phase", "party"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_everything_typed(client, project, leader, field, value):
    client.force_login(leader)
    answer = client.post(url("milestone_new", project), {**PLAN, "description": "Husk vaktlista", field: value})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert field == "description" or "Husk vaktlista" in answer.content.decode()
    assert not Milestone.objects.exists()


def test_a_leader_reports_and_the_owner_approves(client, project, leader, owner, milestone):
    client.force_login(leader)
    client.post(url("milestone_report", project, milestone.pk), {"version": 1, "note": "I drift fra mandag."})
    milestone.refresh_from_db()
    assert (milestone.state, milestone.reported_by) == ("reported", leader)

    client.force_login(owner)
    page = client.get(url("milestones", project)).content.decode()
    assert "Venter på deg" in page
    assert "I drift fra mandag." in page
    client.post(url("milestone_decide", project, milestone.pk), {"version": 2, "decision": "approve", "note": ""})
    milestone.refresh_from_db()
    assert (milestone.state, milestone.decided_by) == ("signed", owner)


def test_an_owner_who_declines_says_why(client, project, owner, reported):
    client.force_login(owner)
    address = url("milestone_decide", project, reported.pk)
    refused = client.post(address, {"version": 1, "decision": "decline", "note": "  "})
    assert refused.status_code == 422
    assert "Skriv hva som gjenstår" in refused.content.decode()
    client.post(address, {"version": 1, "decision": "decline", "note": "Nattevaktene mangler."})
    reported.refresh_from_db()
    assert (reported.state, reported.decision_note) == ("declined", "Nattevaktene mangler.")
    assert "Nattevaktene mangler." in client.get(url("milestones", project)).content.decode()


def test_a_stale_change_shows_both_texts_and_stores_nothing(client, project, leader, milestone):
    Milestone.objects.filter(pk=milestone.pk).update(title="Ny turnus er prøvd ut", version=2)
    client.force_login(leader)
    address = url("milestone_edit", project, milestone.pk)
    answer = client.post(address, {**PLAN, "title": "Turnusen er innført", "version": 1})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ny turnus er prøvd ut" in text
    assert "Turnusen er innført" in text
    assert answer.context["form"]["title"].value() == "Turnusen er innført"
    milestone.refresh_from_db()
    assert milestone.title == "Ny turnus er prøvd ut"

    again = client.post(
        address, {**PLAN, "title": "Turnusen er innført", "version": answer.context["form"].data["version"]}
    )
    assert again.status_code == 303
    milestone.refresh_from_db()
    assert milestone.title == "Turnusen er innført"


def test_a_decision_on_something_that_changed_keeps_what_was_written(client, project, owner, reported):
    Milestone.objects.filter(pk=reported.pk).update(state="withdrawn", version=2)
    client.force_login(owner)
    data = {"version": 1, "decision": "decline", "note": "Nattevaktene mangler."}
    answer = client.post(url("milestone_decide", project, reported.pk), data)
    assert answer.status_code == 409
    assert "Nattevaktene mangler." in answer.content.decode()
    assert "Milepælen er nå: Trukket" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "1e3"])
def test_a_form_without_its_version_is_refused(client, project, leader, milestone, version):
    client.force_login(leader)
    answer = client.post(url("milestone_withdraw", project, milestone.pk), {"version": version})
    assert answer.status_code == 422
    milestone.refresh_from_db()
    assert milestone.state == "planned"


def test_a_withdrawn_milestone_stays_in_sight(client, project, leader, milestone):
    client.force_login(leader)
    answer = client.post(url("milestone_withdraw", project, milestone.pk), {"version": 1}, follow=True)
    assert "1 milepæl er trukket" in answer.content.decode()


def test_lateness_is_said_in_words(client, project, leader):
    factories.milestone(project, due_on=date(2015, 1, 16))
    client.force_login(leader)
    assert "6 dager over fristen" in client.get(url("milestones", project)).content.decode()


STEPS = ["milestone_edit", "milestone_report", "milestone_withdraw"]


@pytest.mark.parametrize("name", [*STEPS, "milestone_decide"])
def test_strangers_find_nothing_and_readers_write_nothing(
    client, project, stranger, other_leader, adviser, reported, name
):
    address = url(name, project, reported.pk)
    for person in (stranger, other_leader):
        client.force_login(person)
        assert client.get(address).status_code == 404
        assert client.post(address, {"version": 1}).status_code == 404
    client.force_login(adviser)
    assert client.post(address, {"version": 1}).status_code == 403


@pytest.mark.parametrize("name", STEPS)
def test_an_owner_does_not_do_the_leaders_work(client, project, owner, milestone, name):
    client.force_login(owner)
    assert client.post(url(name, project, milestone.pk), {"version": 1}).status_code == 403


def test_a_leader_does_not_sign(client, project, leader, reported):
    client.force_login(leader)
    data = {"version": 1, "decision": "approve"}
    assert client.post(url("milestone_decide", project, reported.pk), data).status_code == 403


def test_a_milestone_of_another_project_is_not_found(client, project, leader, other_project):
    other = factories.milestone(other_project)
    client.force_login(leader)
    assert client.get(url("milestone_edit", project, other.pk)).status_code == 404


def test_the_list_asks_the_database_few_questions(client, project, leader, django_assert_max_num_queries):
    for number in range(6):
        factories.milestone(project, title=f"Milepæl {number}")
    client.force_login(leader)
    with django_assert_max_num_queries(9):  # session, person, project, roles, milestones, two for the menu
        client.get(url("milestones", project))
