"""A plan from nothing: the leader makes it from the target, the owner approves, and the warning closes."""

from datetime import date

import pytest

from benefits.actions import benefits
from benefits.models import PitfallWarning
from projects.roles import Role
from tests import factories
from tests.benefits.actions.test_plans import PROFILE
from tests.journeys import house


@pytest.fixture
def project(programme):
    """A project that has no plan yet."""
    return factories.project(factories.municipality("Meråker"), cohort=factories.cohort(programme=programme))


@pytest.fixture
def near_its_end(project):
    """A project whose end is near, with a target measured in time and no plan."""
    project.ends_on = date(2015, 3, 31)
    project.save()
    target = factories.target(
        project, is_main=True, title="Sykefravær, legemeldt", frequency="yearly", baseline_points=1, population=5000,
        planned=(date(2013, 12, 31), date(2014, 12, 31), date(2015, 12, 31)),
    )  # fmt: skip
    factories.series(target, {date(2013, 12, 31): 10.2, date(2014, 12, 31): 9.5})
    house.assess(project)
    return project


def test_the_warning_closes_when_the_owner_approves(
    page, sign_in, near_its_end, leader, owner, benefit_owner, live_server, look
):
    work = f"{live_server.url}/arbeid/"
    sign_in(page, leader)
    page.goto(f"{work}prosjekt/{near_its_end.slug}/")
    page.get_by_role("link", name="Få planen godkjent").first.click()
    page.get_by_role("button", name="Lag gevinst fra E1 Sykefravær, legemeldt").click()
    page.get_by_text("5 av 6 er fylt ut.").wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("link", name="Fyll ut gevinstansvarlig for K1").click()
    page.get_by_label("Gevinstansvarlig: stilling i linjen").fill("leder for pleie og omsorg")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Alt er fylt ut.").wait_for()
    page.get_by_role("button", name="Send til prosjekteier").click()
    page.get_by_text("Planen er sendt til prosjekteier.").wait_for()
    warning = PitfallWarning.objects.get(project=near_its_end, rule="F1", cause="plan_unapproved")
    assert warning.closed_on is None

    sign_in(page, owner)
    page.goto(work)
    page.get_by_role("link", name="Les og godkjenn: Godkjenn gevinstrealiseringsplanen").click()
    assert "Lavere sykefravær, legemeldt" in page.locator("main").inner_text()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("radio", name="Godkjenn planen").check()
    page.get_by_role("button", name="Lagre beslutningen").click()
    page.get_by_text("Planen er godkjent.").wait_for()
    warning.refresh_from_db()
    assert warning.closed_on == house.TODAY


def written(project, leader, live_server):
    """A benefit, and the address where it is changed."""
    made = benefits.create(by=house.by(leader), project=project, profile=PROFILE)
    return made, f"{live_server.url}/arbeid/prosjekt/{project.slug}/plan/gevinst/{made.pk}/endre/"


def test_two_who_write_the_same_benefit_see_each_others_words_and_lose_none(
    page, someone, sign_in, project, leader, live_server, look
):
    colleague = factories.user("Kari Kollega")
    factories.role(colleague, Role.LEADER, project)
    benefit, address = written(project, leader, live_server)
    other = someone()
    for where, who in ((page, leader), (other, colleague)):
        sign_in(where, who)
        where.goto(address)
    page.get_by_label("Gevinstansvarlig: stilling i linjen").fill("avdelingsleder")
    page.get_by_role("button", name="Lagre", exact=True).dblclick()
    page.get_by_text("Endringen er lagret.").first.wait_for()

    other.get_by_label("Gevinstansvarlig: stilling i linjen").fill("virksomhetsleder")
    other.get_by_role("button", name="Lagre", exact=True).click()
    clash = other.get_by_role("alert").filter(has_text="Noen andre har endret dette mens du skrev")
    clash.wait_for()
    assert "avdelingsleder" in clash.inner_text()
    assert "virksomhetsleder" in clash.inner_text()
    assert other.get_by_label("Gevinstansvarlig: stilling i linjen").input_value() == "virksomhetsleder"
    assert not (found := look(other)), "\n".join(found)
    other.reload()  # the browser sends the form again, and is told the same
    clash.wait_for()
    other.get_by_role("button", name="Lagre mitt likevel").click()
    other.get_by_text("Endringen er lagret.").first.wait_for()
    said = [row.owner_position for row in benefit.versions.order_by("pk")]
    assert said == ["", "avdelingsleder", "virksomhetsleder"], "each stands in the history, once"


def test_what_is_written_outlives_the_session(page, sign_in, project, leader, live_server, look):
    benefit, address = written(project, leader, live_server)
    sign_in(page, leader)
    page.goto(address)
    page.get_by_label("Gevinstansvarlig: stilling i linjen").fill("avdelingsleder")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_role("heading", name="Send det du skrev, på nytt").wait_for()
    assert not (found := look(page)), "\n".join(found)
    sign_in(page, leader)  # as in a new tab
    page.get_by_role("button", name="Send på nytt").click()
    page.get_by_text("Endringen er lagret.").first.wait_for()
    assert benefit.versions.latest("pk").owner_position == "avdelingsleder"
