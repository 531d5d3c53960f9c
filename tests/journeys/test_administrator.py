"""An administrator tries a threshold before changing it, and lets a rule go that the governor has held."""

from datetime import date

import pytest

from benefits.actions.governor import govern
from benefits.models import Assessment, GovernorHold, PitfallWarning, ProgrammeThreshold
from tests import factories
from tests.journeys import house
from tests.journeys.house import TODAY, Y13, Y14, Y15


@pytest.fixture
def behind(project):
    """A project a little behind its plan: a wider tolerance lets it be on track."""
    made = factories.target(
        project, is_main=True, values={Y15: 36}, planned=(Y14,), title="Heltid", frequency="yearly",
        kind="register_share", direction=1, baseline_value=20, baseline_points=1, population=700_000, tolerance=None,
    )  # fmt: skip
    factories.series(made, {Y13: 23, Y14: 28.5})
    house.assess(project)
    return project


def result(project):
    return Assessment.objects.get(project=project).result


def test_a_threshold_is_tried_before_it_is_changed(page, sign_in, live_server, programme, behind, admin, look):
    sign_in(page, admin)
    page.goto(f"{live_server.url}/arbeid/oppsett/program/{programme.slug}/terskler/default_tolerance/")
    before = result(behind)
    page.locator("#id_value").fill("30")
    page.get_by_label("Hvorfor").fill("Små kommuner svinger mer.")
    assert page.get_by_role("button", name="Lagre endringen").count() == 0, "nothing is saved unseen"
    page.get_by_role("button", name="Se hva som endres").click()
    trial = page.locator("#virkning")
    trial.get_by_text("1 av 1 prosjekter får en annen vurdering").wait_for()
    assert "→" in trial.get_by_role("row", name=behind.title).inner_text()
    assert not (found := look(page)), "\n".join(found)
    assert not ProgrammeThreshold.objects.exists()
    assert result(behind) == before

    page.get_by_role("button", name="Lagre endringen").click()
    page.get_by_text("Terskelen er endret.").first.wait_for()
    house.assess(behind)
    assert ProgrammeThreshold.objects.get().value == 0.3
    assert (before, result(behind)) == ("behind", "on_track")


@pytest.fixture
def held(programme):
    """Ten projects, three of them with an initiative under way and no baseline: F3 is held at WATCH."""
    cohort = factories.cohort(programme=programme)
    projects = [factories.project(cohort=cohort) for _ in range(10)]
    started = {"baseline_value": None, "baseline_on": None, "effect_starts_on": date(2014, 1, 1)}
    for project in projects[:3]:
        factories.target(project, is_main=True, **started)
    house.assess(*projects)
    assert govern(programme=programme, as_of=TODAY, now=factories.noon(TODAY)) == ["F3"]
    house.assess(*projects)
    return projects


def gravest(projects):
    rows = PitfallWarning.objects.filter(project__in=projects, rule="F3", closed_on=None)
    return max(rows.values_list("severity", flat=True))


def test_a_held_rule_is_let_go_with_a_reason(page, sign_in, live_server, programme, held, admin, adviser, look):
    address = f"{live_server.url}/arbeid/oversikt/{programme.slug}/varslene/"
    sign_in(page, adviser)
    page.goto(address)
    page.get_by_text("En administrator kan slippe den").wait_for()
    assert page.get_by_role("link", name="Se på og slipp regelen").count() == 0
    assert gravest(held) == 2

    sign_in(page, admin)
    page.goto(address)
    assert "Alvorlig i 3 av 10 prosjekter" in page.locator("main").inner_text()
    page.get_by_role("link", name="Se på og slipp regelen").click()
    page.get_by_role("button", name="Slipp regelen").click()
    page.locator("[name=reason][aria-invalid=true]").wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_label("Hva har du sett på").fill("De tre mangler nullpunkt på ordentlig.")
    page.get_by_role("button", name="Slipp regelen").click()
    page.get_by_text("Regelen er sluppet.").first.wait_for()
    assert "De tre mangler nullpunkt på ordentlig." in page.locator("main").inner_text()
    assert GovernorHold.objects.get().released_by == admin
    house.assess(*held)
    assert gravest(held) == 4
