"""The plan: benefits and initiatives in versions, sent to the owner as a row nobody can change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.actor import Actor, NotAllowed
from benefits.actions import benefits, initiatives, plans
from benefits.actions.benefits import Profile, StaleBenefit, YearAmount, profile_of
from benefits.actions.initiatives import InitiativePlan, StaleInitiative, plan_of
from benefits.actions.plans import AlreadyDecided, NothingToSubmit, PlanDiffers, StalePlan, Words, digest_of
from benefits.models import Benefit, BenefitVersion, InitiativeVersion, PlanDecision, PlanVersion
from journal.models import AuditEvent
from saman.canonical import sha256
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
DAY, LATER = date(2014, 3, 1), date(2014, 9, 1)
PROFILE = Profile(title="Mindre vikarbruk", form="budget", years=(YearAmount(2015, Decimal("120.5")),))
ROSTER = InitiativePlan(title="Ny turnus", kind="roster")


@pytest.fixture
def project(programme):
    """A project that has no plan yet."""
    return factories.project(factories.municipality("Meråker"), cohort=factories.cohort(programme=programme))


@pytest.fixture
def leads(leader):
    """The leader, on a day in March 2014."""
    return Actor(leader, noon(DAY))


@pytest.fixture
def owns(owner):
    """The owner, the same day."""
    return Actor(owner, noon(DAY))


def sent(project, by, **more):
    """The plan sent as it stands."""
    return plans.submit(by=by, project=project, digest=digest_of(project), **more)


def test_codes_say_the_form_and_are_never_used_again(project, leads):
    first = benefits.create(by=leads, project=project, profile=PROFILE)
    benefits.withdraw(by=leads, benefit=first, version=1, reason="Blir ikke noe av")
    second = benefits.create(by=leads, project=project, profile=PROFILE)
    other = benefits.create(by=leads, project=project, profile=replace(PROFILE, form="unpriced"))
    assert (first.code, second.code, other.code) == ("Ø1", "Ø2", "K1")
    benefits.change(by=leads, benefit=other, version=1, profile=replace(PROFILE, form="alternative"))
    assert Benefit.objects.get(pk=other.pk).code == "K1"


def test_a_change_is_a_new_version_and_what_it_said_on_a_day_can_be_asked_for(project, leads, leader):
    benefit = benefits.create(by=leads, project=project, profile=PROFILE)
    later = Actor(leader, noon(LATER))
    benefits.change(by=later, benefit=benefit, version=1, profile=replace(PROFILE, title="Mindre overtid"))
    rows = BenefitVersion.objects
    assert rows.in_force(date(2014, 5, 1), None).get().title == "Mindre vikarbruk"
    assert rows.in_force(LATER, None).get().title == "Mindre overtid"
    assert rows.in_force(LATER, noon(DAY)).get().title == "Mindre vikarbruk"
    assert not rows.in_force(date(2014, 2, 1), None).exists()
    assert profile_of(rows.live().get()).years == PROFILE.years


def test_a_stale_change_is_refused_and_hands_over_what_it_says_now(project, leads):
    benefit = benefits.create(by=leads, project=project, profile=PROFILE)
    benefits.change(by=leads, benefit=benefit, version=1, profile=replace(PROFILE, title="Mindre overtid"))
    with pytest.raises(StaleBenefit) as refused:
        benefits.change(by=leads, benefit=benefit, version=1, profile=PROFILE)
    assert refused.value.current.title == "Mindre overtid"

    initiative = initiatives.create(by=leads, project=project, plan=ROSTER)
    initiatives.change(by=leads, initiative=initiative, version=1, plan=replace(ROSTER, title="Langvakter"))
    with pytest.raises(StaleInitiative) as overtaken:
        initiatives.review(by=leads, initiative=initiative, version=1, decision="keep", reason="Virker")
    assert overtaken.value.current.title == "Langvakter"
    assert not initiative.reviews.exists()


def test_what_belongs_to_another_project_is_not_taken_in(project, other_project, leads):
    theirs = factories.target(other_project)
    benefit = benefits.create(by=leads, project=project, profile=replace(PROFILE, target_id=theirs.pk))
    initiative = initiatives.create(by=leads, project=project, plan=replace(ROSTER, targets=(theirs.pk,)))
    assert benefits.live(benefit).target is None
    assert not initiatives.live(initiative).targets.exists()


def test_a_review_that_stops_an_initiative_ends_it_and_it_can_be_resumed(project, leads):
    target = factories.target(project)
    initiative = initiatives.create(by=leads, project=project, plan=replace(ROSTER, targets=(target.pk,)))
    with pytest.raises(initiatives.ReasonMissing):
        initiatives.review(by=leads, initiative=initiative, version=1, decision="stop", reason=" ")
    initiatives.review(by=leads, initiative=initiative, version=1, decision="stop", reason="Ingen effekt")
    stopped = InitiativeVersion.objects.live().get()
    assert (stopped.stopped_on, stopped.stopped_reason) == (DAY, "Ingen effekt")
    initiatives.resume(by=leads, initiative=initiative, version=2)
    assert plan_of(initiatives.live(initiative)) == replace(ROSTER, targets=(target.pk,))


def test_what_is_submitted_is_what_was_seen_and_sending_twice_is_sending_once(project, leads):
    with pytest.raises(NothingToSubmit):
        sent(project, leads)
    benefit = benefits.create(by=leads, project=project, profile=PROFILE)
    seen = digest_of(project)
    benefits.change(by=leads, benefit=benefit, version=1, profile=replace(PROFILE, title="Mindre overtid"))
    with pytest.raises(PlanDiffers):
        plans.submit(by=leads, project=project, digest=seen)
    first, again = sent(project, leads), sent(project, leads)
    assert first == again
    assert sha256(first.content) == first.digest
    assert "Mindre overtid" in first.content


def test_the_owner_decides_once_and_only_on_the_newest(project, leads, owns):
    benefits.create(by=leads, project=project, profile=PROFILE)
    first = sent(project, leads)
    with pytest.raises(NotAllowed):
        plans.approve(by=leads, plan=first)
    with pytest.raises(plans.ReasonMissing):
        plans.send_back(by=owns, plan=first, reason="  ")
    plans.send_back(by=owns, plan=first, reason="Hvem tar ut gevinsten?")
    with pytest.raises(AlreadyDecided):
        plans.approve(by=owns, plan=first)
    second = sent(project, leads, note="Ansvarlig er satt")
    assert second.number == 2
    plans.approve(by=owns, plan=second)
    with pytest.raises(AlreadyDecided):
        plans.approve(by=owns, plan=first)
    assert list(AuditEvent.objects.filter(action__startswith="plan_").values_list("action", flat=True)) == [
        "plan_submitted", "plan_sent_back", "plan_submitted", "plan_approved",
    ]  # fmt: skip


def test_a_plan_kept_elsewhere_may_be_sent_without_benefits(project, leads):
    plans.write(by=leads, project=project, version=0, words=Words(kept_elsewhere="Sak 14/202 i arkivet"))
    assert sent(project, leads).number == 1


def test_two_who_write_the_plans_words_do_not_overwrite_each_other(project, leads):
    plans.write(by=leads, project=project, version=0, words=Words(summary="Først"))
    for version in (0, 2):
        with pytest.raises(StalePlan) as refused:
            plans.write(by=leads, project=project, version=version, words=Words(summary="Sist"))
        assert refused.value.current.summary == "Først"
    plans.write(by=leads, project=project, version=1, words=Words(summary="Sist"))


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_sent_and_decided(project, leads, owns, change):
    benefits.create(by=leads, project=project, profile=PROFILE)
    plans.approve(by=owns, plan=sent(project, leads))
    for model, values in ((PlanVersion, {"digest": "0"}), (PlanDecision, {"reason": "Nei"})):
        rows = model.objects.all()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**values) if change == "update" else rows._raw_delete(rows.db)


@pytest.mark.parametrize("who", ["owner", "benefit_owner", "adviser", "stranger", "admin"])
def test_only_those_who_lead_write_the_plan(project, leads, request, who):
    benefit = benefits.create(by=leads, project=project, profile=PROFILE)
    by = Actor(request.getfixturevalue(who), noon(DAY))
    for act in (
        lambda: benefits.create(by=by, project=project, profile=PROFILE),
        lambda: benefits.withdraw(by=by, benefit=benefit, version=1, reason="Nei"),
        lambda: initiatives.create(by=by, project=project, plan=ROSTER),
        lambda: plans.write(by=by, project=project, version=0, words=Words()),
        lambda: sent(project, by),
    ):
        with pytest.raises(NotAllowed):
            act()
