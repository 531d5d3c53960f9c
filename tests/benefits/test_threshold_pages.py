"""An administrator's pages of thresholds: what a change would do, saving it, going back, and every refusal."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.actor import Actor
from benefits.actions.thresholds import change_threshold
from benefits.models import ProgrammeThreshold
from tests import factories
from tests.factories import noon
from tests.projects.setup_forms import page_of

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("saman.clock.today", lambda: TODAY)
    monkeypatch.setattr("saman.clock.now", lambda: noon(TODAY))


@pytest.fixture
def browser(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def behind(project):
    """A project a little behind its plan: a wider tolerance lets it be on track."""
    target = factories.target(
        project, values={date(2015, 12, 31): 36}, planned=(date(2014, 12, 31),), title="Heltid", is_main=True,
        kind="register_share", direction=1, baseline_value=20, baseline_points=1, population=700_000, tolerance=None,
    )  # fmt: skip
    factories.series(target, {date(2013, 12, 31): 23, date(2014, 12, 31): 28.5})
    return project


def url(programme, name="default_tolerance", view="setup_threshold"):
    return reverse(view, args=[programme.slug, name])


def test_the_list_names_every_threshold_and_marks_the_programmes_own(browser, programme, admin):
    change_threshold(
        by=Actor(admin, noon(TODAY)), programme=programme, name="grace_days", version=1, value=90, reason="Korte løp"
    )
    page = page_of(browser.get(reverse("setup_thresholds", args=[programme.slug])))
    assert "Programmet har valgt 1 verdi selv." in page
    for text in ("90 dager", "180 dager", "egen verdi", "Ada Administrator", "Korte løp", "1,28 standardavvik", "15 %"):
        assert text in page.replace("\xa0", " "), text
    assert "default_tolerance" not in page.replace("/default_tolerance/", "")


def test_what_a_change_does_is_shown_before_it_is_saved(browser, behind, django_assert_max_num_queries):
    programme = behind.cohort.programme
    sent = {"value": "30 %", "reason": "Små kommuner svinger mer", "version": "1"}
    with django_assert_max_num_queries(40):
        page = page_of(browser.post(url(programme), {**sent, "do": "save"}))
    assert "1 av 1 prosjekter får en annen vurdering" in page
    assert behind.title in page
    assert not ProgrammeThreshold.objects.exists()
    answer = browser.post(url(programme), {**sent, "do": "save", "seen": "0.3"})
    assert answer.url == reverse("setup_thresholds", args=[programme.slug])
    assert ProgrammeThreshold.objects.get().value == 0.3


def test_another_value_than_the_one_shown_is_tried_first(browser, behind):
    sent = {"value": "40", "reason": "x", "version": "1", "do": "save", "seen": "0.3"}
    browser.post(url(behind.cohort.programme), sent)
    assert not ProgrammeThreshold.objects.exists()


def test_a_change_that_does_nothing_says_so(browser, project):
    sent = {"value": "12", "reason": "x", "version": "1", "do": "try"}
    page = page_of(browser.post(url(project.cohort.programme, "pace_points"), sent))
    assert "Det ene prosjektet i bruk får samme vurdering som før." in page


def test_back_to_the_default(browser, programme, admin):
    change_threshold(
        by=Actor(admin, noon(TODAY - timedelta(days=9))), programme=programme, name="default_tolerance", version=1,
        value=0.3, reason="x",
    )  # fmt: skip
    address = url(programme, view="setup_threshold_default")
    page = page_of(browser.get(address)).replace("\xa0", " ")
    assert "Verdien går fra 30 % til standarden, 10 %." in page
    browser.post(address, {"reason": "Prøvd og forkastet", "version": "2", "do": "save", "seen": "None"})
    assert [row.value for row in ProgrammeThreshold.objects.order_by("pk")] == [0.3, None]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("default_tolerance", "", "Skriv et tall"),
        ("default_tolerance", "mye", "Skriv bare tallet"),
        ("default_tolerance", "51", "Tallet kan ikke være over 50"),
        ("default_tolerance", "-1", "Tallet kan ikke være under 0"),
        ("default_tolerance", "10", "Programmet bruker allerede denne verdien"),
        ("leaving_days", "12,5", "Skriv et helt tall"),
        ("leaving_days", "1.234", "kan leses på to måter"),
        ("certainty_z", "0,1", "Tallet kan ikke være under 0,5"),
    ],
)
def test_what_cannot_be_used_is_said_at_the_field(browser, programme, name, value, message):
    sent = {"value": value, "reason": "x", "version": "1", "do": "save", "seen": "None"}
    answer = browser.post(url(programme, name), sent)
    assert answer.status_code == 422
    assert message in page_of(answer).replace("\xa0", " ")
    assert not ProgrammeThreshold.objects.exists()


def test_a_reason_is_required(browser, programme):
    answer = browser.post(url(programme), {"value": "20", "version": "1", "do": "save", "seen": "0.2"})
    assert answer.status_code == 422
    assert "Fyll ut dette feltet" in page_of(answer)


def test_a_stale_edit_shows_both_and_stores_nothing(browser, programme, admin):
    change_threshold(
        by=Actor(admin, noon(TODAY)), programme=programme, name="default_tolerance", version=1, value=0.3, reason="x"
    )
    sent = {"value": "20", "reason": "y", "version": "1", "do": "save", "seen": "0.2"}
    answer = browser.post(url(programme), sent)
    assert answer.status_code == 409
    page = page_of(answer)
    assert "Noen andre har lagret i mellomtiden" in page
    assert "<td>20</td><td>30</td>" in page
    assert ProgrammeThreshold.objects.count() == 1


def test_a_name_that_is_no_threshold_is_not_found(browser, programme):
    assert browser.get(url(programme, "held_rules")).status_code == 404
    assert browser.post(url(programme, "nonsense"), {"value": "1"}).status_code == 404


def test_the_list_asks_as_often_however_many_changes_there_are(
    browser, programme, admin, django_assert_max_num_queries
):
    for version in range(1, 9):
        change_threshold(
            by=Actor(admin, noon(TODAY)), programme=programme, name="grace_days", version=version, value=10 * version,
            reason="x",
        )  # fmt: skip
    with django_assert_max_num_queries(8):
        browser.get(reverse("setup_thresholds", args=[programme.slug]))
