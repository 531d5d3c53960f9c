"""From phase to phase: a checklist, a signature or a reason, and how long a decision has waited."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.actor import Actor, NotAllowed
from benefits.actions import phases
from benefits.actions.phases import NotYours, ReasonMissing, StalePhase
from benefits.models import PlanVersion
from benefits.phases import CHECKLISTS, PhaseState, is_overdue, phase_state, phases_left, waits_for_owner
from benefits.queries.phase_counts import shift_facts
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2015, 1, 22)
NOW = factories.noon(TODAY)


def url(name, project):
    return reverse(name, args=[project.slug])


def last(project):
    return project.phase_steps.values_list("pk", flat=True).last()


def ask(project, leader, **changes):
    phase = phase_state(list(project.phase_steps.all())).phase
    said = {"checked": CHECKLISTS[phase], "last": last(project), **changes}
    return phases.ask(by=Actor(leader, NOW), project=project, **said)


def signed(project, leader, owner):
    ask(project, leader)
    return phases.sign(by=Actor(owner, NOW), project=project, last=last(project))


def test_the_owner_lets_the_project_through_all_its_phases(project, leader, owner):
    seen = []
    for _ in range(4):
        seen.append(phase_state(list(project.phase_steps.all())).phase)
        signed(project, leader, owner)
    assert seen == ["idea", "planning", "delivery", "handover"]
    state = phase_state(list(project.phase_steps.all()))
    assert (state.phase, state.has_next, state.is_open) == ("realisation", False, False)
    with pytest.raises(NotYours):
        phases.ask(by=Actor(leader, NOW), project=project, last=last(project), checked=[])


def test_only_the_leader_asks_and_only_the_owner_decides(project, leader, owner):
    with pytest.raises(NotAllowed):
        ask(project, owner)
    with pytest.raises(NotYours):
        phases.sign(by=Actor(owner, NOW), project=project, last=None)
    ask(project, leader)
    with pytest.raises(NotAllowed):
        phases.sign(by=Actor(leader, NOW), project=project, last=last(project))
    with pytest.raises(StalePhase):
        phases.sign(by=Actor(owner, NOW), project=project, last=None)


def test_what_is_not_in_place_is_explained_and_a_refusal_has_a_reason(project, leader, owner):
    with pytest.raises(ReasonMissing):
        ask(project, leader, checked=["need"])
    assert ask(project, leader, checked=["need"], note="Tillitsvalgte kommer med i mars.").checked == ["need"]
    with pytest.raises(ReasonMissing):
        phases.decline(by=Actor(owner, NOW), project=project, last=last(project), note=" ")


def test_what_was_left_when_is_told_as_it_was_known(project, leader, owner):
    assert phases_left([project.pk], TODAY, None) == {}
    signed(project, leader, owner)
    assert phases_left([project.pk], TODAY, None) == {project.pk: {"idea": TODAY}}
    assert phases_left([project.pk], date(2015, 1, 21), None) == {}
    assert phases_left([project.pk], TODAY, factories.noon(date(2015, 1, 21))) == {}


def test_the_pages_from_asking_to_signing(client, project, leader, owner):
    client.force_login(leader)
    assert "Ikke i bruk." in client.get(url("milestones", project)).content.decode()
    address = url("phase_ask", project)
    refused = client.post(address, {"last": "", "checked": ["need"], "note": "", "reference": ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["note"])
    whole = {"last": "", "checked": list(CHECKLISTS["idea"]), "note": "", "reference": "PS 3/15"}
    assert client.post(address, {**whole, "checked": ["party"]}).status_code == 422
    assert client.post(address, whole).status_code == 303
    assert "venter på prosjekteieren" in client.get(address).content.decode()

    client.force_login(owner)
    assert "Godkjenn faseskifte" in client.get(reverse("my_work")).content.decode()
    page = client.get(url("phase_decide", project)).content.decode()
    assert "PS 3/15" in page
    decide = {"last": last(project), "decision": "decline", "note": ""}
    assert client.post(url("phase_decide", project), decide).status_code == 422
    assert client.post(url("phase_decide", project), {**decide, "last": 999999, "note": "Nei"}).status_code == 409
    assert client.post(url("phase_decide", project), {**decide, "note": "Vent til mars."}).status_code == 303
    assert "Vent til mars." in client.get(url("milestones", project)).content.decode()

    client.force_login(leader)
    client.post(address, {**whole, "last": last(project)})
    client.force_login(owner)
    client.post(url("phase_decide", project), {"last": last(project), "decision": "approve", "note": ""})
    overview = client.get(url("project_overview", project)).content.decode()
    assert 'aria-current="step"><b>Planlegging' in overview


def test_how_long_something_has_waited_is_said_for_the_project_without_july(project, leader):
    row = factories.milestone(project, state="reported", reported_on=date(2014, 6, 20), reported_by=leader)
    waiting = waits_for_owner([row], phase_state([]), date(2014, 8, 5))
    assert (waiting.since, waiting.days, waiting.is_late) == (date(2014, 6, 20), 15, True)
    assert not waits_for_owner([row], phase_state([]), date(2014, 8, 4)).is_late
    assert waits_for_owner([], phase_state([]), TODAY) is None


def test_the_owner_reads_what_the_system_counts_beside_what_the_leader_has_ticked(
    client, project, leader, owner, settings, django_assert_max_num_queries
):
    settings.DEMO, settings.DEMO_TODAY = True, TODAY
    for _ in range(2):
        signed(project, leader, owner)
    twice, once = factories.target(project), factories.target(project)
    factories.target(project, level="process")
    factories.target(project, withdrawn_on=date(2014, 6, 1))
    factories.series(twice, {date(2014, 6, 30): "10.4", date(2014, 12, 31): "9.6"})
    factories.measurement(once, date(2014, 12, 31), "9.6")
    still = factories.milestone(project, phase="delivery", title="Turnusen er evaluert")
    factories.milestone(project, phase="handover", title="Overtatt av linja")
    ask(project, leader)

    client.force_login(owner)
    with django_assert_max_num_queries(16):
        page = " ".join(client.get(url("phase_decide", project)).content.decode().split())
    assert "Saman teller: Effektmål målt minst to ganger: 1 av 2. Gjenstår: mål 2." in page
    assert f'{url("milestones", project)}#milepael-{still.pk}"' in page
    assert "Overtatt av linja" not in page
    assert "Planens versjon" not in page
    factories.measurement(once, date(2014, 6, 30), "10.4")
    page = client.get(url("phase_decide", project)).content.decode()
    assert "Effektmål målt minst to ganger: 2 av 2." in page
    assert "Gjenstår" not in page


def test_what_a_plan_is_asked_for_is_counted_when_planning_is_left(client, project, leader, owner):
    signed(project, leader, owner)
    factories.target(project, measurement_responsible=leader)
    factories.target(project, baseline_value=None, baseline_on=None)
    ask(project, leader)
    client.force_login(owner)

    def look():
        return " ".join(client.get(url("phase_decide", project)).content.decode().split())

    page = look()
    assert "Effektmål med nullpunkt, måltall og dato: 1 av 2. Gjenstår: mål 2." in page
    assert "Effektmål med måleansvarlig: 1 av 2." in page
    assert "Nyeste plan, versjon 1: Godkjent." in page
    plan = project.plan_versions.get()
    PlanVersion.objects.create(
        project=project, number=2, content=plan.content, digest=plan.digest, submitted_on=TODAY, submitted_at=NOW
    )
    page = look()
    assert "Nyeste plan, versjon 2: Venter på prosjekteier." in page
    assert f'href="{url("plan", project)}">Planens versjon 2' in page


def test_a_project_with_no_plan_and_no_targets_is_told_so():
    state = PhaseState("planning", None, {})
    items = [(code, True) for code in CHECKLISTS["planning"]]
    facts = shift_facts(factories.project(), state, items, [], TODAY)
    assert [(claim.counted, claim.is_short) for claim in facts.claims] == [
        ("Prosjektet har ingen effektmål.", True),
        ("Ingen plan er sendt til prosjekteier.", True),
        ("Prosjektet har ingen effektmål.", True),
    ]


def test_what_waits_is_named_with_the_way_to_it(client, project, leader, owner, settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 2, 1)
    project.followed_since = TODAY
    project.save()

    def look(person, name="project_overview"):
        client.force_login(person)
        return " ".join(client.get(url(name, project)).content.decode().replace("\u00a0", " ").split())

    ask(project, leader)
    mine, others = look(owner), look(leader)
    assert "Faseskiftet til Planlegging venter på deg: 10 dager, siden 22. januar 2015." in mine
    assert f'href="{url("phase_decide", project)}">Se og avgjør' in mine
    assert "Faseskiftet til Planlegging venter på prosjekteieren: 10 dager" in others
    assert f'href="{url("milestones", project)}#phases">Se hva som venter' in others
    assert 'id="phases"' in look(leader, "milestones")
    assert "Se og avgjør" not in others

    row = factories.milestone(project, state="reported", reported_on=date(2015, 1, 20), reported_by=leader)
    assert f"Milepælen «{row.title}» venter på deg: 12 dager" in look(owner)
    assert f'href="{reverse("milestone_decide", args=[project.slug, row.pk])}">Se og avgjør' in look(owner)
    assert f'{url("milestones", project)}#milepael-{row.pk}"' in look(leader)
    assert f'id="milepael-{row.pk}"' in look(leader, "milestones")


@pytest.mark.parametrize(
    ("due", "today", "late"),
    [(date(2014, 6, 30), date(2014, 7, 31), False), (date(2014, 6, 30), date(2014, 8, 1), True),
     (date(2014, 5, 1), date(2014, 5, 1), False), (date(2014, 5, 1), date(2014, 5, 2), True),
     (date(2015, 9, 1), date(2015, 10, 31), False)],
)  # fmt: skip
def test_nothing_is_late_because_of_july_or_an_election_autumn(due, today, late):
    assert is_overdue(due, today) is late
