"""Evaluation points: planned, decided by leader or owner when the day has come, and taken out while undecided."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.models import EvaluationPoint
from journal.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db
DECISION = {"decision": "adjust", "reason": "Turnusen tok lengre tid.", "decided_in": "sak 15/12"}


@pytest.fixture
def target(project):
    return factories.target(project)


def url(name, target, *args):
    return reverse(name, args=[target.project.slug, target.number, *args])


def point(target, on):
    return EvaluationPoint.objects.create(target=target, on=on, recorded_at=factories.noon(date(2014, 1, 1)))


def live(target):
    return [(row.on, row.decision) for row in EvaluationPoint.objects.known_at(None).filter(target=target)]


def test_a_leader_plans_days_and_takes_them_out(client, leader, target):
    client.force_login(leader)
    assert client.post(url("evaluation_new", target), {"on": "1.6.2015"}).status_code == 303
    assert "Planlagt" in client.get(url("target", target)).content.decode()
    assert live(target) == [(date(2015, 6, 1), "")]
    again = client.post(url("evaluation_new", target), {"on": "01.06.2015"})
    assert again.status_code == 422
    assert "Målet skal allerede evalueres denne dagen." in again.content.decode()
    client.post(url("evaluation_withdraw", target, EvaluationPoint.objects.get().pk))
    assert live(target) == []
    assert EvaluationPoint.objects.count() == 1  # taken out, not gone


@pytest.mark.parametrize("on", ["21.01.2015", "01.01.2045", "x", ""])
def test_a_day_that_cannot_be_planned_is_told(client, leader, target, on):
    client.force_login(leader)
    assert client.post(url("evaluation_new", target), {"on": on}).status_code == 422
    assert live(target) == []


@pytest.mark.parametrize("who", ["leader", "owner"])
def test_what_was_decided_is_kept_beside_what_was_planned(client, who, target, request):
    planned = point(target, date(2015, 1, 22))
    client.force_login(request.getfixturevalue(who))
    page = client.get(url("target", target)).content.decode()
    assert "Venter på beslutning" in page
    assert "Skriv hva som ble bestemt" in page
    assert client.post(url("evaluation_decide", target, planned.pk), DECISION).status_code == 303
    assert live(target) == [(date(2015, 1, 22), "adjust")]
    page = client.get(url("target", target)).content.decode()
    assert "Turnusen tok lengre tid." in page
    assert "sak 15/12" in page
    known_before = EvaluationPoint.objects.known_at(factories.noon(date(2014, 6, 1)))
    assert [(row.pk, row.decision) for row in known_before] == [(planned.pk, "")]
    assert AuditEvent.objects.filter(action="evaluation_decided").count() == 1


def test_only_one_of_two_decisions_counts(client, leader, target):
    planned = point(target, date(2015, 1, 5))
    client.force_login(leader)
    client.post(url("evaluation_decide", target, planned.pk), DECISION)
    answer = client.post(url("evaluation_decide", target, planned.pk), {**DECISION, "decision": "stop"}, follow=True)
    assert "Noen andre har alt bestemt her" in answer.content.decode()
    assert live(target) == [(date(2015, 1, 5), "adjust")]


def test_nothing_is_decided_ahead_of_its_day_or_without_a_reason(client, leader, target):
    client.force_login(leader)
    later = point(target, date(2015, 6, 1))
    client.post(url("evaluation_decide", target, later.pk), DECISION)
    due = point(target, date(2015, 1, 5))
    answer = client.post(url("evaluation_decide", target, due.pk), {"decision": "stop", "reason": ""})
    assert answer.status_code == 422
    assert live(target) == [(date(2015, 1, 5), ""), (date(2015, 6, 1), "")]


def test_another_targets_point_is_not_found(client, leader, target):
    client.force_login(leader)
    other = point(factories.target(target.project), date(2015, 1, 5))
    assert client.post(url("evaluation_decide", target, other.pk), DECISION).status_code == 404
