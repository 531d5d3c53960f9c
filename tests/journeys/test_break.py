"""A leader says from which day the figures are of something else: relapse and trend stop, and come back with it."""

from datetime import date

import pytest

from benefits.models import PitfallWarning, SeriesBreak, TargetStatus
from tests import factories
from tests.journeys import house
from tests.journeys.house import Y12, Y15

FIGURES = dict(zip(
    [date(year, *end) for year in (2013, 2014) for end in ((3, 31), (6, 30), (9, 30), (12, 31))],
    (26, 31, 32, 32, 32, 22, 22, 22),
    strict=True,
))  # fmt: skip
RELAPSE, BREAK = "en serie som har falt tilbake", "serien har et brudd"


@pytest.fixture
def fallen(project, leader, owner):
    """A share of full-time posts that rose for a year and fell when it began to be counted in another way."""
    made = factories.target(
        project, is_main=True, title="Heltid", kind="index", unit="%", direction=1, declared_sd=1, mmc=1,
        baseline_value=20, baseline_on=Y12, baseline_points=4, values={Y15: 36}, frequency="quarterly",
        planned=(*FIGURES, Y15),
    )  # fmt: skip
    factories.series(made, FIGURES)
    house.assess(project)
    return made


def relapses(project):
    return PitfallWarning.objects.filter(project=project, rule="R0", closed_on=None).count()


def test_a_break_stops_the_relapse_and_the_trend_until_it_is_taken_back(
    page, sign_in, live_server, project, leader, fallen, look
):
    sign_in(page, leader)
    page.goto(f"{live_server.url}/arbeid/prosjekt/{project.slug}/mal/{fallen.number}/")
    assert relapses(project) == 1
    assert "Tilbakefall" in page.locator("h1 + .ds-tag").inner_text()
    page.get_by_text(RELAPSE).wait_for()
    assert page.locator(".fig-relapse").count() > 0

    page.get_by_text("Registrer et brudd").click()
    page.locator("#brudd_on").fill("01.04.2014")
    page.locator("#brudd_kind").select_option("definition")
    page.locator("#brudd_note").fill("Det nye turnussystemet teller også tilkallingsvikarer.")
    page.get_by_role("button", name="Lagre bruddet").click()
    page.get_by_text("Bruddet er lagret.").first.wait_for()
    assert relapses(project) == 0
    assert "Tilbakefall" not in page.locator("h1 + .ds-tag").inner_text()
    page.get_by_text(BREAK).wait_for()
    assert page.get_by_text(RELAPSE).count() == 0
    page.locator("svg.fig").get_by_text("Brudd").wait_for()
    assert not (found := look(page)), "\n".join(found)
    assert (TargetStatus.objects.get(target=fallen).no_forecast, SeriesBreak.objects.count()) == ("break", 1)

    page.get_by_role("button", name="Ta bort bruddet").click()
    page.get_by_text("Bruddet er tatt bort.").first.wait_for()
    assert relapses(project) == 1
    page.get_by_text(RELAPSE).wait_for()
