"""The plan's pages: a leader makes a plan from a target, the owner decides, and nobody writes over anybody."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.actor import Actor
from benefits.actions import benefits, initiatives, plans
from benefits.actions.benefits import Profile, YearAmount
from benefits.actions.initiatives import InitiativePlan
from benefits.actions.plans import digest_of
from benefits.models import Benefit, BenefitVersion, InitiativeVersion, PlanText, PlanVersion
from saman import clock
from tests import factories

pytestmark = pytest.mark.django_db
BENEFIT = {"version": "0", "title": "Lavere vikarbruk", "form": "budget", "arises": "own"}
INITIATIVE = {"version": "0", "title": "Ny turnus", "kind": "roster", "home_kind": "none"}


def url(name, project, *args):
    return reverse(name, args=[project.slug, *args])


@pytest.fixture
def project(programme):
    """A project that has no plan yet."""
    return factories.project(factories.municipality("Meråker"), cohort=factories.cohort(programme=programme))


@pytest.fixture
def by(leader):
    """The leader, now."""
    return Actor(leader, clock.now())


@pytest.fixture
def benefit(project, by):
    """A benefit of the project, without anything it is asked for."""
    return benefits.create(by=by, project=project, profile=Profile(title="Lavere vikarbruk", form="budget"))


@pytest.fixture
def sent(project, by, benefit):
    """The plan, as it waits on the owner."""
    return plans.submit(by=by, project=project, digest=digest_of(project))


def test_a_plan_is_begun_from_the_target_in_one_press(client, project, leader):
    target = factories.target(
        project, title="Sykefravær, legemeldt", measures_after_end="leder for pleie og omsorg",
        statement="Vi vil redusere sykefraværet.", planned=(date(2016, 12, 31),),
    )  # fmt: skip
    client.force_login(leader)
    assert "Lag gevinst fra E1 Sykefravær, legemeldt" in client.get(url("plan", project)).content.decode()
    page = client.post(url("benefit_suggest", project, target.number), follow=True)
    made = BenefitVersion.objects.get()
    assert (made.title, made.owner_position) == ("Lavere sykefravær, legemeldt", "leder for pleie og omsorg")
    assert (made.target, made.realised_from) == (target, date(2015, 12, 31))
    assert "Alt er fylt ut." in page.content.decode()
    client.post(url("benefit_suggest", project, target.number))
    assert Benefit.objects.count() == 1, "pressing twice adds one"


def test_what_is_missing_leads_straight_to_its_field(client, project, leader, benefit):
    target = factories.target(project, baseline_value=None, baseline_on=None)
    BenefitVersion.objects.update(target=target)
    client.force_login(leader)
    page = client.get(url("plan", project)).content.decode()
    assert f"{url('benefit_edit', project, benefit.pk)}#id_owner_position" in page
    assert f"{url('target_edit', project, target.number)}#id_baseline_value" in page


def test_the_leader_sends_and_the_owner_returns_and_approves_on_the_same_page(client, project, leader, owner, benefit):
    client.force_login(leader)
    digest = client.get(url("plan", project)).context["submission"]["digest"].value()
    client.post(url("plan_submit", project), {"digest": digest})
    client.force_login(owner)
    assert "Planen venter på deg" in client.get(url("plan", project)).content.decode()
    refused = client.post(url("plan_decide", project), {"number": 1, "decision": "return", "note": " "})
    assert refused.status_code == 422
    client.post(url("plan_decide", project), {"number": 1, "decision": "return", "note": "Hvem tar den ut?"})

    client.force_login(leader)
    assert "Hvem tar den ut?" in client.get(url("plan", project)).content.decode()
    client.post(url("benefit_edit", project, benefit.pk), {**BENEFIT, "version": "1", "owner_position": "Kommunalsjef"})
    page = client.get(url("plan", project))
    assert "Send planen på nytt" in page.content.decode()
    client.post(url("plan_submit", project), {"digest": page.context["page"].digest, "note": "Ansvarlig er satt."})
    client.force_login(owner)
    assert "Ansvarlig er satt." in client.get(url("plan", project)).content.decode()
    told = client.get(url("plan_version", project, 2)).content.decode()
    assert "Endret siden versjon 1" in told
    assert "<ins>Kommunalsjef</ins>" in told
    done = client.post(url("plan_decide", project), {"number": 2, "decision": "approve", "note": ""}, follow=True)
    assert "Planen er godkjent." in done.content.decode()


def test_what_changed_under_way_is_not_sent_unseen(client, project, leader, by, benefit):
    client.force_login(leader)
    digest = digest_of(project)
    benefits.create(by=by, project=project, profile=Profile(title="Bedre søkere", form="unpriced"))
    answer = client.post(url("plan_submit", project), {"digest": digest, "note": "Klart"})
    assert answer.status_code == 409
    assert answer.context["submission"]["note"].value() == "Klart"
    assert not PlanVersion.objects.exists()


def test_a_decision_on_a_plan_that_no_longer_waits_keeps_what_was_written(client, project, owner, by, benefit, sent):
    benefits.create(by=by, project=project, profile=Profile(title="Bedre søkere", form="unpriced"))
    plans.submit(by=by, project=project, digest=digest_of(project))
    client.force_login(owner)
    answer = client.post(url("plan_decide", project), {"number": 1, "decision": "return", "note": "For tynn."})
    assert answer.status_code == 409
    assert "For tynn." in answer.content.decode()


def test_a_stale_benefit_shows_both_texts_and_stores_nothing(client, project, leader, by, benefit):
    benefits.change(by=by, benefit=benefit, version=1, profile=Profile(title="Mindre overtid", form="budget"))
    client.force_login(leader)
    address = url("benefit_edit", project, benefit.pk)
    answer = client.post(address, {**BENEFIT, "title": "Færre innleide", "version": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Mindre overtid" in text
    assert answer.context["form"]["title"].value() == "Færre innleide"
    assert benefits.live(benefit).title == "Mindre overtid"
    again = {**BENEFIT, "title": "Færre innleide", "version": answer.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 303
    assert benefits.live(benefit).title == "Færre innleide"


def test_what_is_sent_twice_is_said_once(client, project, leader, by, benefit):
    client.force_login(leader)
    made = initiatives.create(by=by, project=project, plan=InitiativePlan(title="Ny turnus", kind="roster"))
    for address, data, row in (
        (url("benefit_edit", project, benefit.pk), {**BENEFIT, "title": "Færre innleide", "version": "1"}, benefit),
        (url("initiative_edit", project, made.pk), {**INITIATIVE, "title": "Langvakter", "version": "1"}, made),
        (url("plan_words", project), {"version": "0", "summary": "Mine ord"}, None),
    ):
        assert [client.post(address, data).status_code for _ in range(2)] == [303, 303]
        if row is not None:
            assert row.versions.count() == 2
    assert PlanText.objects.get().summary == "Mine ord"


def test_stale_words_and_initiatives_show_both_texts(client, project, leader, by):
    client.force_login(leader)
    plans.write(by=by, project=project, version=0, words=plans.Words(summary="Hennes"))
    answer = client.post(url("plan_words", project), {"version": "0", "summary": "Mine"})
    assert answer.status_code == 409
    assert "Hennes" in answer.content.decode()
    assert PlanText.objects.live().get().summary == "Hennes"

    made = initiatives.create(by=by, project=project, plan=InitiativePlan(title="Ny turnus", kind="roster"))
    initiatives.change(by=by, initiative=made, version=1, plan=InitiativePlan(title="Langvakter", kind="roster"))
    data = {**INITIATIVE, "version": "1", "title": "Ønsketurnus"}
    answer = client.post(url("initiative_edit", project, made.pk), data)
    assert answer.status_code == 409
    assert "Langvakter" in answer.content.decode()
    data = {"version": "1", "decision": "keep", "reason": "Det virker."}
    answer = client.post(url("initiative_review", project, made.pk), data)
    assert answer.status_code == 409
    assert "Det virker." in answer.content.decode()


def test_amounts_are_kept_by_year_and_a_range_is_in_order(client, project, leader):
    client.force_login(leader)
    year = clock.today().year
    wrong = {**BENEFIT, f"low_{year}": "20", f"high_{year}": "10"}
    refused = client.post(url("benefit_new", project), wrong)
    assert refused.status_code == 422
    assert f"high_{year}" in refused.context["form"].errors
    client.post(url("benefit_new", project), {**BENEFIT, f"gross_{year}": "1 250,5", f"net_{year}": "900"})
    stored = benefits.profile_of(benefits.live(Benefit.objects.get()))
    assert stored.years == (YearAmount(year, Decimal("1250.5"), Decimal("900.0")),)
    assert "900" in client.get(url("plan", project)).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""), ("title", "x" * 121), ("title", "a\x00b"), ("form", "gull"), ("realised_from", "31.02.2015"),
        ("target", "999999"), ("owner", "999999"), ("assumption", "x" * 1001),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_comes_back_with_everything_typed(client, project, leader, field, value):
    client.force_login(leader)
    answer = client.post(url("benefit_new", project), {**BENEFIT, "owner_unit": "Hjemmetjenesten", field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Hjemmetjenesten" in answer.content.decode()
    assert not Benefit.objects.exists()


def test_a_withdrawn_benefit_leaves_the_plan_and_can_come_back(client, project, leader, benefit):
    client.force_login(leader)
    address = url("benefit_withdraw", project, benefit.pk)
    assert client.post(address, {"version": "1", "reason": ""}).status_code == 422
    client.post(address, {"version": "1", "reason": "Blir ikke noe av"})
    page = client.get(url("plan", project))
    assert not page.context["page"].benefits
    assert "1 gevinst er tatt ut av planen" in page.content.decode()
    client.post(address, {"version": "2"})
    assert len(client.get(url("plan", project)).context["page"].benefits) == 1


def test_an_initiative_is_planned_reviewed_stopped_and_taken_up(client, project, leader):
    client.force_login(leader)
    target = factories.target(project)
    home = {"home_kind": "roster", "home_unit": ""}
    assert client.post(url("initiative_new", project), {**INITIATIVE, **home}).status_code == 422
    refused = client.post(url("initiative_new", project), {**INITIATIVE, "kind": ""})
    assert refused.context["form"].errors == {"kind": ["Velg hva slags tiltak det er."]}
    client.post(url("initiative_new", project), {**INITIATIVE, "targets": [str(target.pk)], "done_share": "40"})
    made = InitiativeVersion.objects.live().get()
    assert (made.done_share, list(made.targets.all())) == (40, [target])
    review = url("initiative_review", project, made.initiative_id)
    client.post(review, {"version": "1", "decision": "stop", "reason": "Ingen effekt"})
    page = client.get(url("initiatives", project)).content.decode()
    assert "1 tiltak er stoppet" in page
    assert "Ingen effekt" in page
    client.post(url("initiative_resume", project, made.initiative_id), {"version": "2"})
    assert InitiativeVersion.objects.live().get().stopped_on is None


def test_other_projects_benefits_and_initiatives_are_not_found(client, project, other_project, leader, other_leader):
    theirs = Actor(other_leader, clock.now())
    benefit = benefits.create(by=theirs, project=other_project, profile=Profile(title="Deres", form="budget"))
    made = initiatives.create(by=theirs, project=other_project, plan=InitiativePlan(title="Deres", kind="tool"))
    client.force_login(leader)
    assert client.get(url("benefit_edit", project, benefit.pk)).status_code == 404
    assert client.post(url("initiative_review", project, made.pk), {"version": "1"}).status_code == 404


def test_the_page_asks_the_database_few_questions(client, project, leader, by, django_assert_max_num_queries):
    for number in range(4):
        target = factories.target(project, title=f"Mål {number}")
        made = initiatives.create(
            by=by, project=project, plan=InitiativePlan(title="Turnus", kind="roster", targets=(target.pk,))
        )
        profile = Profile(title="Gevinst", form="budget", target_id=target.pk, initiatives=(made.pk,))
        benefits.create(by=by, project=project, profile=profile)
    plans.submit(by=by, project=project, digest=digest_of(project))
    client.force_login(leader)
    with django_assert_max_num_queries(19):
        client.get(url("plan", project))
    with django_assert_max_num_queries(10):
        client.get(url("initiatives", project))


def test_a_benefits_history_tells_who_changed_what_and_why(client, project, leader, owner, by, benefit):
    made = initiatives.create(by=by, project=project, plan=InitiativePlan(title="Ny turnus", kind="roster"))
    profile = Profile(
        title="Lavere vikarbruk", form="budget", owner_position="Helsesjef", initiatives=(made.pk,),
        years=(YearAmount(2016, Decimal(400), None, None, None),),
    )  # fmt: skip
    benefits.change(by=by, benefit=benefit, version=1, profile=profile, reason="Nytt budsjett")
    benefit.refresh_from_db()
    benefits.withdraw(by=by, benefit=benefit, version=2, reason="Tas ut et annet sted")
    client.force_login(owner)
    answer = client.get(url("benefit_history", project, benefit.pk))
    newest, changed, first = answer.context["entries"]
    assert [(one.before, one.after) for one in newest.differences] == [
        ("–", "22. januar 2015"), ("–", "Tas ut et annet sted"),
    ]  # fmt: skip
    assert {(one.before, one.after) for one in changed.differences} == {
        ("–", "Helsesjef"), ("–", "T1"), ("–", "2016: brutto 400"),
    }  # fmt: skip
    assert first.is_first
    page = answer.content.decode()
    for said in ("«Nytt budsjett»", "Lise Leder", "Slik ble det lagt inn", "Helsesjef"):
        assert said in page
    assert url("benefit_history", project, benefit.pk) in client.get(url("plan", project)).content.decode()


def test_an_initiatives_history_tells_how_it_went(client, project, leader, adviser, by):
    plan = InitiativePlan(title="Ny turnus", kind="roster")
    made = initiatives.create(by=by, project=project, plan=plan)
    initiatives.change(by=by, initiative=made, version=1, plan=replace(plan, done_share=40), reason="Halvveis")
    made.refresh_from_db()
    initiatives.review(by=by, initiative=made, version=2, decision="stop", reason="Virket ikke")
    client.force_login(adviser)
    answer = client.get(url("initiative_history", project, made.pk))
    stopped, changed, _first = answer.context["entries"]
    assert [(one.before, one.after) for one in changed.differences] == [("–", "40\u00a0%")]
    assert ("–", "Virket ikke") in [(one.before, one.after) for one in stopped.differences]
    assert url("initiative_history", project, made.pk) in client.get(url("initiatives", project)).content.decode()


@pytest.mark.parametrize("kind", ["benefit", "initiative"])
@pytest.mark.parametrize("times", [1, 12])
def test_a_history_is_one_projects_and_asks_few_questions(
    client, project, other_project, leader, by, benefit, kind, times, django_assert_max_num_queries
):
    initiative = initiatives.create(by=by, project=project, plan=InitiativePlan(title="Turnus", kind="roster"))
    for n in range(times):
        profile = Profile(title=f"Lavere vikarbruk {n}", form="budget", initiatives=(initiative.pk,))
        benefits.change(by=by, benefit=benefit, version=n + 1, profile=profile)
        plan = InitiativePlan(title=f"Turnus {n}", kind="roster")
        initiatives.change(by=by, initiative=initiative, version=n + 1, plan=plan)
    pk = {"benefit": benefit, "initiative": initiative}[kind].pk
    client.force_login(leader)
    with django_assert_max_num_queries(11):
        assert client.get(url(f"{kind}_history", project, pk)).status_code == 200
    assert client.get(url(f"{kind}_history", other_project, pk)).status_code == 404
