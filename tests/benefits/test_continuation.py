"""Deciding whether the benefits go on: by the owner, dated, replaced and never overwritten."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.actor import Actor, NotAllowed
from benefits.actions import continuation
from benefits.actions.continuation import Decided, DecisionInFuture, FollowedTooShort, OwnerOutside, StaleDecision
from benefits.handover_facts import load
from benefits.models import ContinuationDecision
from projects.asked import Asked
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2015, 1, 22)
NOW = factories.noon(TODAY)
FIELDS = {
    "outcome": "continue", "forum": "parties", "decided_on": "20.01.2015", "reference": "PSU 2/15",
    "owner_unit": "Kommunalsjef helse", "owner_id": "", "means": "", "budget": "250 000", "workload": "0,5",
    "follow_up_months": "24",
}  # fmt: skip


def url(name, project):
    return reverse(name, args=[project.slug])


def decide(project, owner, replaces=None, now=NOW, **changes):
    facts = {"outcome": "continue", "forum": "management", "decided_on": TODAY, "owner_unit": "Kommunalsjef", **changes}
    return continuation.decide(by=Actor(owner, now), project=project, replaces=replaces, decided=Decided(**facts))


def test_an_owner_records_it_and_corrects_it(client, project, owner):
    client.force_login(owner)
    made = client.post(url("continuation_decide", project), FIELDS, follow=True)
    text = made.content.decode()
    assert "Videreføres i ordinær drift" in text
    assert "PSU 2/15" in text
    row = ContinuationDecision.objects.get()
    assert (row.budget, row.workload) == (Decimal(250000), Decimal("0.5"))
    again = {**FIELDS, "outcome": "partly", "replaces": row.pk}
    assert client.post(url("continuation_decide", project), again).status_code == 303
    assert ContinuationDecision.objects.known_at(None).get().outcome == "partly"
    assert ContinuationDecision.objects.count() == 2
    assert "Tidligere beslutninger" in client.get(url("continuation", project)).content.decode()


def test_a_decision_somebody_else_recorded_meanwhile_is_shown_beside_ones_own(client, project, owner):
    client.force_login(owner)
    decide(project, owner, means="Ett årsverk")
    answer = client.post(url("continuation_decide", project), {**FIELDS, "means": "To årsverk"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ett årsverk" in text
    assert "To årsverk" in text
    current = ContinuationDecision.objects.get()
    assert answer.context["form"].data["replaces"] == str(current.pk)


@pytest.mark.parametrize(
    ("field", "value"),
    [("decided_on", "23.01.2015"), ("decided_on", "31.02.2015"), ("follow_up_months", "23"), ("owner_unit", " "),
     ("outcome", ""), ("forum", "kro"), ("budget", "-1"), ("owner_id", "999999"), ("means", "x" * 2001),
     ("replaces", "x")],
)  # fmt: skip
def test_what_cannot_be_recorded_comes_back(client, project, owner, field, value):
    client.force_login(owner)
    answer = client.post(url("continuation_decide", project), {**FIELDS, field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not ContinuationDecision.objects.exists()


def test_the_action_keeps_its_own_limits(project, owner, leader, stranger):
    with pytest.raises(NotAllowed):
        decide(project, leader)
    with pytest.raises(DecisionInFuture):
        decide(project, owner, decided_on=date(2015, 1, 23))
    with pytest.raises(FollowedTooShort):
        decide(project, owner, follow_up_months=23)
    with pytest.raises(OwnerOutside):
        decide(project, owner, owner_id=stranger.pk)
    decide(project, owner)
    with pytest.raises(StaleDecision):
        decide(project, owner)


def test_the_engine_is_told_what_was_known(project, owner):
    first = decide(project, owner, decided_on=date(2015, 1, 10))
    decide(project, owner, first.pk, factories.noon(date(2015, 1, 25)), outcome="stop", decided_on=date(2015, 1, 24))
    now = load(Asked([project.pk], date(2015, 1, 25)))[project.pk]
    assert (now["continuation_decided_on"], now["goes_on"]) == (date(2015, 1, 24), False)
    then = load(Asked([project.pk], TODAY, NOW))[project.pk]
    assert (then["continuation_decided_on"], then["goes_on"]) == (date(2015, 1, 10), True)
    assert "continuation_decided_on" not in load(Asked([project.pk], date(2015, 1, 9), NOW))[project.pk]
