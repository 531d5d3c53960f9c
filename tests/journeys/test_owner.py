"""An owner signs what the leader reported, sends another back with a reason, and is told when it has changed."""

import pytest

from benefits.models import Milestone
from tests import factories

State = Milestone.State
REPORTED = {"state": State.REPORTED, "reported_on": "2015-01-20"}


@pytest.fixture
def address(live_server, project):
    return f"{live_server.url}/arbeid/prosjekt/{project.slug}/milepaler/"


def decide(page, choice, reason=""):
    page.get_by_role("radio", name=choice).check()
    page.get_by_label("Begrunnelse").fill(reason)
    page.get_by_role("button", name="Lagre beslutningen").click()


def test_reported_by_the_leader_signed_by_the_owner(page, sign_in, project, leader, owner, address, live_server):
    milestone = factories.milestone(project, title="Ny turnus er i drift")
    sign_in(page, leader)
    page.goto(address)
    page.get_by_role("link", name="Meld som nådd: Ny turnus er i drift").click()
    page.get_by_label("Hva er på plass?").fill("Turnusen gjelder fra 5. januar.")
    page.get_by_role("button", name="Meld som nådd").click()
    page.get_by_text("Den venter på prosjekteier.").wait_for()
    sign_in(page, owner)
    page.goto(f"{live_server.url}/arbeid/")
    page.get_by_role("link", name="Ny turnus er i drift").click()
    assert "Turnusen gjelder fra 5. januar." in page.locator("main").inner_text()
    decide(page, "Godkjenn: milepælen er nådd")
    page.get_by_text("Beslutningen er lagret.").wait_for()
    milestone.refresh_from_db()
    assert (milestone.state, milestone.decided_by) == (State.SIGNED, owner)


def test_sent_back_only_with_a_reason(page, sign_in, project, leader, owner, address):
    milestone = factories.milestone(project, title="Vikarpoolen er i gang", reported_by=leader, **REPORTED)
    sign_in(page, owner)
    page.goto(f"{address}{milestone.pk}/avgjor/")
    decide(page, "Ikke godkjent ennå")
    page.locator("[name=note][aria-invalid=true]").wait_for()
    assert page.get_by_role("radio", name="Ikke godkjent ennå").is_checked()
    decide(page, "Ikke godkjent ennå", "Avtalen med nabokommunen mangler.")
    page.get_by_text("Beslutningen er lagret.").wait_for()
    sign_in(page, leader)
    page.goto(address)
    assert "Avtalen med nabokommunen mangler." in page.locator(f"#milepael-{milestone.pk}").inner_text()
    milestone.refresh_from_db()
    assert (milestone.state, milestone.decision_note) == (State.DECLINED, "Avtalen med nabokommunen mangler.")


def test_a_page_overtaken_by_another_shows_both_and_stores_neither(page, context, sign_in, project, leader, address):
    milestone = factories.milestone(project, title="Kurset er holdt")
    sign_in(page, leader)
    other = context.new_page()
    for one in (page, other):
        one.goto(f"{address}{milestone.pk}/endre/")
    other.locator("[name=title]").fill("Kurset er holdt for alle")
    other.get_by_role("button", name="Lagre").click()
    other.get_by_text("Endringen er lagret.").wait_for()
    page.locator("[name=title]").fill("Kurset er holdt på sykehjemmet")
    page.get_by_role("button", name="Lagre").click()
    alert = page.get_by_role("alert").filter(has_text="Noen andre har endret milepælen")
    alert.wait_for()
    assert "Kurset er holdt for alle" in alert.inner_text()
    assert "Kurset er holdt på sykehjemmet" in alert.inner_text()
    assert page.locator("[name=title]").input_value() == "Kurset er holdt på sykehjemmet"
    milestone.refresh_from_db()
    assert milestone.title == "Kurset er holdt for alle"


def test_an_owner_is_told_when_the_milestone_is_no_longer_reported(page, sign_in, project, leader, owner, address):
    milestone = factories.milestone(project, reported_by=leader, **REPORTED)
    sign_in(page, owner)
    page.goto(f"{address}{milestone.pk}/avgjor/")
    Milestone.objects.filter(pk=milestone.pk).update(state=State.WITHDRAWN, version=2)
    decide(page, "Ikke godkjent ennå", "Turnusen er ikke prøvd i helg.")
    page.get_by_text("Da kan dette ikke gjøres.").wait_for()
    assert "Turnusen er ikke prøvd i helg." in page.locator("main").inner_text()
    milestone.refresh_from_db()
    assert milestone.decided_on is None
