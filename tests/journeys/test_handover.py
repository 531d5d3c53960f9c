"""A leader who leaves: the handover is made and accepted, the successor named, and the warning closes."""

from datetime import date

import pytest

from benefits.actions import benefits, continuation, initiatives
from benefits.actions.benefits import Profile
from benefits.actions.continuation import Decided
from benefits.actions.initiatives import InitiativePlan
from benefits.models import PitfallWarning
from projects.models import RoleAssignment
from projects.roles import Role
from tests import factories
from tests.journeys import house


@pytest.fixture
def leaving(project, leader, owner, benefit_owner):
    """The leader's role ends in a month; one target and one milestone rest on them."""
    RoleAssignment.objects.filter(person=leader, project=project).update(ends_on=date(2015, 2, 28))
    facts = {"frequency": "yearly", "baseline_on": house.Y12, "baseline_points": 1, "population": 5000}
    made = factories.target(
        project, is_main=True, measurement_responsible=leader, planned=(house.Y14, house.Y15), **facts
    )
    factories.measurement(made, house.Y13, 10.1)
    factories.measurement(made, house.Y14, 9.6)
    factories.milestone(project)
    house.assess(project)
    return project


def cause(project):
    return (
        PitfallWarning.objects.filter(project=project, rule="F5", closed_on=None)
        .values_list("cause", flat=True)
        .first()
    )


def test_the_leaders_work_is_handed_over(page, sign_in, live_server, leaving, leader, benefit_owner, admin, look):
    assert cause(leaving) == "leader_leaving"
    project_page = f"{live_server.url}/arbeid/prosjekt/{leaving.slug}/"
    sign_in(page, leader)
    page.goto(project_page)
    page.get_by_role("link", name="Utpek etterfølger").first.click()
    page.get_by_role("link", name="som blir stående hvis Lise Leder slutter").click()
    page.get_by_role("heading", name="Hvis Lise Leder slutter", level=1).wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("link", name="Lag overlevering").click()
    page.get_by_role("heading", name="Overlevering fra Lise Leder", level=1).wait_for()
    page.get_by_label("Hvem overtar?").select_option(label="Gunn Gevinst")
    page.get_by_label("Hva må den som overtar, vite?").fill("Turnusplanen ligger i mappa.")
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("button", name="Registrer overleveringen").click()
    page.get_by_text("De som overtar, må godta den.").wait_for()

    sign_in(page, benefit_owner)
    page.goto(f"{live_server.url}/arbeid/")
    page.get_by_role("link", name="Godta overleveringen fra Lise Leder").click()
    page.get_by_role("button", name="Godta overleveringen").click()
    page.get_by_text("Du har godtatt overleveringen.").wait_for()
    assert cause(leaving) == "leader_leaving"  # the work is handed over, but nobody leads yet

    sign_in(page, admin)
    page.goto(f"{live_server.url}/arbeid/oppsett/rolle/{RoleAssignment.objects.get(person=leader).pk}/avslutt/")
    page.get_by_label("Siste dag i rollen").fill("15.02.2015")
    page.get_by_label("E-postadressen til den som overtar rollen").fill(benefit_owner.email)
    page.get_by_role("button", name="Avslutt").click()
    page.get_by_text("Rollen er avsluttet.").wait_for()
    new = RoleAssignment.objects.get(person=benefit_owner, role=Role.LEADER)
    assert new.starts_on == date(2015, 2, 16)
    assert cause(leaving) is None


def test_who_cannot_take_over_says_so_and_the_giver_finds_another(
    page, sign_in, live_server, leaving, leader, owner, benefit_owner, look
):
    made = factories.handover(leaving, leader, benefit_owner)
    made.points.create(kind="milestone", object_id=leaving.milestones.get().pk, receiver=benefit_owner)
    work = f"{live_server.url}/arbeid/"
    sign_in(page, benefit_owner)
    page.goto(work)
    page.get_by_role("link", name="Godta overleveringen fra Lise Leder").click()
    page.get_by_text("Kan du ikke overta?").click()
    page.get_by_role("button", name="Takk nei").click()
    page.get_by_label("Hvorfor ikke?").fill("Har permisjon fra mars.")
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("button", name="Takk nei").click()
    page.get_by_text("Du har takket nei.").wait_for()

    sign_in(page, leader)
    page.goto(work)
    page.get_by_role("link", name="Finn en annen: overleveringen er avslått").click()
    page.get_by_text("Har permisjon fra mars.").wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.locator("main").get_by_role("link", name="Lag overlevering").click()
    page.get_by_label("Hvem overtar?").select_option(label="Eirik Eier")
    page.get_by_role("button", name="Registrer overleveringen").click()
    page.get_by_text("De som overtar, må godta den.").wait_for()


def test_a_role_is_not_ended_before_its_points_are_handed_over(
    page, sign_in, live_server, leaving, leader, admin, look
):
    sign_in(page, admin)
    page.goto(f"{live_server.url}/arbeid/oppsett/rolle/{RoleAssignment.objects.get(person=leader).pk}/avslutt/")
    page.get_by_label("Siste dag i rollen").fill("22.01.2015")
    page.get_by_role("button", name="Avslutt").click()
    page.get_by_text("Lise Leder har åpne punkter ingen andre bærer").wait_for()
    assert not (found := look(page)), "\n".join(found)
    assert RoleAssignment.objects.get(person=leader).ends_on == date(2015, 2, 28)


def test_a_decision_closes_what_nobody_has_decided(page, sign_in, live_server, leaving, leader, owner, look):
    leaving.ends_on = date(2015, 6, 30)
    leaving.save()
    house.assess(leaving)
    open_now = PitfallWarning.objects.filter(project=leaving, rule="F4", closed_on=None)
    assert open_now.get().cause == "continuation_missing"
    address = f"{live_server.url}/arbeid/prosjekt/{leaving.slug}/"
    sign_in(page, leader)
    page.goto(f"{address}videreforing/")
    page.get_by_role("link", name="Lag sak til ledermøtet").wait_for()
    assert not (found := look(page)), "\n".join(found)

    sign_in(page, owner)
    page.goto(address)
    page.get_by_role("link", name="Registrer beslutningen").first.click()
    page.locator("main").get_by_role("link", name="Registrer beslutningen").click()
    page.get_by_role("radio", name="Videreføres i ordinær drift").check()
    page.get_by_label("Enheten eller stillingen").fill("Kommunalsjef helse og omsorg")
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("button", name="Registrer beslutningen").click()
    page.get_by_text("Beslutningen er registrert.").wait_for()
    assert not open_now.filter(cause="continuation_missing").exists()


def test_what_nobody_in_the_line_has_gets_somebody(page, sign_in, live_server, leaving, leader, owner, look):
    leaving.ends_on = date(2015, 6, 30)
    leaving.save()
    acting = house.by(owner)
    decided = Decided("continue", "management", house.TODAY, "Pleie og omsorg")
    continuation.decide(by=acting, project=leaving, replaces=None, decided=decided)
    profile = Profile(title="Færre vikarer", form="unpriced", target_id=leaving.targets.get().pk)
    made = benefits.create(by=house.by(leader), project=leaving, profile=profile)
    house.assess(leaving)
    warning = PitfallWarning.objects.get(project=leaving, rule="F4", closed_on=None)
    assert warning.cause == "line_owner_missing"
    sign_in(page, leader)
    page.goto(f"{live_server.url}/arbeid/prosjekt/{leaving.slug}/")
    page.get_by_role("link", name="Utpek ansvarlig i linjen").first.click()
    page.get_by_role("heading", name="Uten ansvarlig i linjen").wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("link", name=f"Sett gevinstansvarlig for {made.code}").click()
    page.get_by_label("Gevinstansvarlig: stilling i linjen").fill("leder for hjemmetjenesten")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Endringen er lagret.").first.wait_for()
    warning.refresh_from_db()
    assert warning.closed_on == house.TODAY
    page.goto(f"{live_server.url}/arbeid/prosjekt/{leaving.slug}/videreforing/")
    page.get_by_role("heading", name="Hvis noen slutter").wait_for()
    assert not page.get_by_role("heading", name="Uten ansvarlig i linjen").count()


def test_what_is_to_go_on_gets_a_home(page, sign_in, live_server, leaving, leader, owner, look):
    leaving.ends_on = date(2015, 6, 30)
    leaving.save()
    decided = Decided("continue", "management", house.TODAY, "Pleie og omsorg")
    continuation.decide(by=house.by(owner), project=leaving, replaces=None, decided=decided)
    plans = [InitiativePlan(title=title, kind="training") for title in ("Kurs i turnus", "Kurs i dialog")]
    for plan in plans:
        initiatives.create(by=house.by(leader), project=leaving, plan=plan)
    house.assess(leaving)
    open_now = PitfallWarning.objects.filter(project=leaving, closed_on=None, rule__in=["L2", "L6"])
    assert set(open_now.values_list("cause", flat=True)) == {"quick_fixes", "no_home"}
    sign_in(page, leader)
    page.goto(f"{live_server.url}/arbeid/prosjekt/{leaving.slug}/?alle=1")
    page.get_by_role("link", name="Gi tiltaket en plass i drift").first.click()
    page.get_by_text("Det er ikke bestemt hvor 2 tiltak skal høre hjemme").wait_for()
    page.get_by_text("2 av 2 tiltak er kurs, kampanjer eller varer høyst et halvt år").wait_for()
    assert not (found := look(page)), "\n".join(found)
    for number in (1, 2):
        page.get_by_role("link", name=f"Endre T{number}").click()
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        page.get_by_label("Hvor skal det leve når prosjektet er slutt?").select_option("plan")
        page.get_by_label("Enheten som tar det videre").fill("Opplæringssjefen")
        page.get_by_role("button", name="Lagre", exact=True).click()
        page.get_by_text("Endringen er lagret.").first.wait_for()
    assert not open_now.exists()


def test_what_others_pay_for_comes_into_the_budget(page, sign_in, live_server, leaving, leader, owner):
    leaving.ends_on = date(2015, 6, 30)
    leaving.save()
    decided = Decided("continue", "management", house.TODAY, "Pleie og omsorg")
    continuation.decide(by=house.by(owner), project=leaving, replaces=None, decided=decided)
    plan = InitiativePlan(title="Vikarpool", kind="roster", external_share=50, home_kind="plan", home_unit="Omsorg")
    initiatives.create(by=house.by(leader), project=leaving, plan=plan)
    house.assess(leaving)
    warning = PitfallWarning.objects.get(project=leaving, closed_on=None, rule="L6")
    assert warning.cause == "paid_by_others"
    sign_in(page, leader)
    page.goto(f"{live_server.url}/arbeid/prosjekt/{leaving.slug}/")
    page.get_by_role("link", name="Få det inn i budsjettet").first.click()
    page.get_by_role("link", name="Endre T1").click()
    page.get_by_label("Hvor skal det leve når prosjektet er slutt?").select_option("budget")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Endringen er lagret.").first.wait_for()
    warning.refresh_from_db()
    assert warning.closed_on == house.TODAY


def test_a_phase_shift_is_asked_for_and_signed(page, sign_in, live_server, project, leader, owner, look):
    address = f"{live_server.url}/arbeid/prosjekt/{project.slug}/"
    sign_in(page, leader)
    page.goto(f"{address}milepaler/")
    page.get_by_role("link", name="Be om faseskifte").click()
    page.get_by_role("checkbox", name="De tillitsvalgte er med").check()
    page.get_by_label("Forklaring til prosjekteieren").fill("Tallene kommer i mars.")
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("button", name="Send til prosjekteier").click()
    page.get_by_text("Faseskiftet er sendt til prosjekteier.").wait_for()
    sign_in(page, owner)
    page.goto(f"{live_server.url}/arbeid/")
    page.get_by_role("link", name="Godkjenn faseskifte").click()
    page.get_by_role("heading", name="Godkjenn faseskifte", level=1).wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("radio", name="Godkjenn: prosjektet går til neste fase").check()
    page.get_by_role("button", name="Lagre beslutningen").click()
    page.get_by_text("Beslutningen er lagret.").wait_for()
    assert "Planlegging" in page.locator("[aria-current=step]").inner_text()
    assert not (found := look(page)), "\n".join(found)
