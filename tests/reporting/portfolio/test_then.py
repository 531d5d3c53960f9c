"""The dashboard as of a past day: what had been concluded, received and recorded by then, and nothing of today."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.assessment import assess_projects
from benefits.models import AssessmentHistory, Concern, TargetVersion, WarningEvent
from projects.models import Programme, Project, ProjectFrame
from reporting.annual.models import Report
from reporting.portfolio.queries import portfolio
from reporting.portfolio.then import portfolio_then
from tests import factories
from tests.factories import noon
from tests.reporting.portfolio import world
from tests.reporting.portfolio.reading import element, headings, section, table, text
from tests.reporting.portfolio.world import TODAY

pytestmark = pytest.mark.django_db
MARCH = date(2014, 3, 31)
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def assess(project, day):
    assess_projects([project.pk], as_of=day, now=noon(day))


@pytest.fixture
def told(programme):
    """A project too early to judge in March 2014, on track from its fourth measurement, not measured lately today."""
    project = factories.project(cohort=factories.cohort(programme=programme), title="Øy", slug="oy")
    target = factories.target(project, is_main=True, effect_starts_on=date(2014, 1, 1), recorded_at=noon(MARCH))
    assess(project, MARCH)
    for month in (4, 5, 6, 7, 8):
        on = date(2014, month, 28)
        factories.measurement(target, on, "10.4", recorded_at=noon(on + timedelta(days=1)))
        assess(project, on + timedelta(days=1))
    assess(project, TODAY)
    return project


def test_it_says_what_the_engine_had_concluded_then(told, dashboard):
    rows = AssessmentHistory.objects.filter(project=told)
    assert len(set(rows.values_list("result", flat=True))) > 1, "nothing would differ"
    for day in (MARCH, date(2014, 7, 28), date(2014, 7, 29), date(2015, 1, 21)):
        then = rows.filter(as_of__lte=day).order_by("as_of", "pk").last()
        row = portfolio_then(told.cohort.programme, day, TODAY).used[0]
        assert (row.result, row.as_of) == (then.result, then.as_of)
        assert f"Slik det så ut per {day.day}. " in text(dashboard(per=day.isoformat()).text)


def test_what_was_recorded_later_was_not_known(told, dashboard):
    target = told.targets.get()
    factories.measurement(target, date(2014, 2, 28), "10.6", recorded_at=noon(date(2014, 9, 1)))
    assert portfolio_then(told.cohort.programme, MARCH, TODAY).used[0].targets[0].measured_on is None
    of_august = portfolio_then(told.cohort.programme, date(2014, 8, 28), TODAY).used[0].targets[0]
    assert of_august.measured_on == date(2014, 7, 28), "that of 28 August was recorded the day after"


def test_a_verdict_stored_later_was_not_known(told, dashboard):
    before = dashboard(per="2014-03-31").text
    AssessmentHistory.objects.create(
        project=told, as_of=MARCH, recorded_at=noon(TODAY), rule_version=1, result="relapse", pitfalls={"F1": 4}
    )
    assert "Tilbakefall" not in text(section(dashboard(per="2014-03-31").text, "k-status"))
    assert section(before, "fallgruver") == section(dashboard(per="2014-03-31").text, "fallgruver")


def test_before_its_first_verdict_a_project_is_not_assessed(told, dashboard):
    html = dashboard(per="2014-03-30").text
    assert "1 prosjekt er ikke vurdert ennå." in text(html)
    assert table(section(html, "fallgruver"))[0][3:5] == ["Ikke vurdert ennå", "–"]


def test_a_project_counts_from_when_it_was_said_to_be_in_use(programme, dashboard):
    project = factories.project(cohort=factories.cohort(programme=programme))
    dates = {"starts_on": factories.START, "followed_since": factories.START, "valid_from": factories.START}
    ProjectFrame.objects.create(project=project, recorded_at=noon(MARCH), **dates)
    assert "Ingen prosjekter var i bruk ennå" in text(dashboard(per="2014-03-30").text)
    assert "Viser 1 av 1" in text(dashboard(per="2014-03-31").text)


def test_a_project_that_left_later_was_there(programme, dashboard):
    factories.project(
        cohort=factories.cohort(programme=programme), participation="withdrawn", participation_decided_on=MARCH
    )
    assert "Viser 1 av 1" in text(dashboard(per="2014-03-30").text)
    assert "Ingen prosjekter var i bruk ennå" in text(dashboard(per="2014-03-31").text)
    assert "Ingen prosjekter er i bruk ennå" in text(dashboard().text)


def test_a_target_withdrawn_or_counted_elsewhere_later_counts(told, dashboard):
    target = told.targets.get()
    live = target.versions.get()
    TargetVersion.objects.filter(pk=live.pk).update(superseded_at=noon(date(2014, 9, 1)))
    live.pk, live.withdrawn_on, live.recorded_at = None, date(2014, 9, 1), noon(date(2014, 9, 1))
    live.valid_from = date(2014, 9, 1)
    live.save()
    assert "av 1 effektmål" in text(section(dashboard(per="2014-08-31").text, "k-malt"))
    assert "1 effektmål" not in text(section(dashboard(per="2014-09-01").text, "k-malt"))


def test_reports_are_those_that_had_come(big, dashboard):
    for day in (date(2015, 1, 4), date(2015, 1, 10)):
        came = Report.objects.filter(
            round__year=2014, submissions__received_at__lt=noon(day) + timedelta(hours=12)
        ).count()
        assert 0 < came < 17
        assert f"Årsrapporter mottatt {came} av 51" in text(section(dashboard(per=day.isoformat()).text, "k-rapport"))
    before = dashboard(per="2014-06-01").text
    assert "Årsrapport 2013, frist" in text(section(before, "k-rapport"))
    assert "Årsrapporter mottatt 51 av 51" in text(section(before, "k-rapport"))


def test_what_is_known_only_of_today_is_left_out_and_said_to_be(big, dashboard):
    now, then = dashboard().text, dashboard(per="2015-01-21").text
    assert section(now, "hjelp")
    assert not section(then, "hjelp")
    assert headings(section(now, "fallgruver"))[-1] == "Saker"
    assert len(headings(section(then, "fallgruver"))) == len(table(section(then, "fallgruver"))[0]) == 12
    assert "bekreftede prosjekter" not in text(then)
    assert "frigitt tid er ikke med" in text(section(then, "da"))
    assert "grunnlag/" not in then, "the evidence is that of today"


def test_a_sign_not_yet_open_to_others_then_is_not_shown(programme, dashboard):
    """It opened on Thursday 8 January 2015, to others on Monday 12; one closed before that never opened to them."""
    Programme.objects.update(concerns_open=Programme.ConcernsOpen.MONDAYS)
    programme.refresh_from_db()
    project = factories.project(cohort=factories.cohort(programme=programme))
    pitfalls = {"F3": 4, "F5": 0}
    AssessmentHistory.objects.create(
        project=project, as_of=date(2015, 1, 8), recorded_at=noon(date(2015, 1, 8)), rule_version=1,
        result="missing", risk=4, pitfalls=pitfalls,
    )  # fmt: skip
    found = world.warning(project, "F3", 4)
    on = date(2015, 1, 8)
    found.events.create(kind="opened", on=on, recorded_at=noon(on), severity=4, cause=found.cause)

    def level(day):
        return portfolio_then(programme, day, TODAY).used[0].levels["F3"]

    assert (level(on), level(date(2015, 1, 11)), level(date(2015, 1, 12))) == (0, 0, 4)
    found.opened_on, found.closed_on = on, date(2015, 1, 10)
    found.save()
    assert level(date(2015, 1, 9)) == 0


def test_what_is_held_back_today_is_held_back_of_the_past(told, programme):
    pitfalls = {"F3": 4}
    AssessmentHistory.objects.filter(project=told).update(pitfalls=pitfalls)
    found = world.warning(told, "F3", 4)
    WarningEvent.objects.create(
        warning=found, kind="opened", on=MARCH, recorded_at=noon(MARCH), severity=4, cause=found.cause
    )
    assert portfolio_then(programme, date(2015, 1, 20), TODAY).used[0].risk == 4
    concern = world.concern(told, "F3", 4, visible_on=TODAY + timedelta(days=4), opened_on=date(2015, 1, 20))
    assert portfolio_then(programme, date(2015, 1, 20), TODAY).used[0].risk == 0
    Concern.objects.filter(pk=concern.pk).delete()


def test_of_today_it_says_what_the_dashboard_says(told, programme):
    (now,), (then,) = portfolio(programme, TODAY).used, portfolio_then(programme, TODAY, TODAY).used
    for name in ("result", "risk", "levels", "targets", "history", "report", "themes", "places", "adviser"):
        assert getattr(now, name) == getattr(then, name), name


# --- the address -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["31.03.2014", "31. mars 2014", "31032014"])
def test_the_day_is_an_iso_date_in_the_address(big, dashboard, typed):
    answer = dashboard(per=typed, fylke="19")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/?fylke=19&per=2014-03-31")


def test_the_day_is_kept_by_every_link_and_left_by_one(big, dashboard):
    html = dashboard(per="2014-03-31", fylke="19", sorter="-F3").text
    assert 'value="31.03.2014"' in element(html, "filter")
    assert "?fylke=19&amp;sorter=status&amp;per=2014-03-31" in html
    assert f'href="{reverse("dashboard", args=[big.slug])}?fylke=19&amp;sorter=-F3">Vis i dag' in html
    assert "?sorter=-F3&amp;per=2014-03-31" in element(html, "nullstill")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("i mars", "Skriv dag, måned og år"),
        ("31.02.2014", "Datoen finnes ikke"),
        ("23.01.2015", "Datoen kan ikke være etter 22. januar 2015."),
        ("31.12.2011", "Datoen kan ikke være før 1. januar 2012."),
        ("\x00", "Skriv dag, måned og år"),
        ("x" * 5000, "Skriv dag, måned og år"),
    ],
)
def test_a_day_that_cannot_be_shown_comes_back_at_the_field_with_the_filters(big, dashboard, typed, why):
    answer = dashboard(per=typed, fylke="19", q="øya")
    html = answer.text
    assert answer.status_code == 422
    assert why in text(element(html, "per_error"))
    assert 'aria-invalid="true"' in html
    assert '<option value="19" selected>' in html
    assert 'value="øya"' in html
    assert "k-status" not in html, "today is not shown as if it were that day"
    assert f"<title>Feil: Oversikt: {big.name} – Saman</title>" in " ".join(html.split())


def test_today_typed_is_today(big, dashboard):
    html = dashboard(per=TODAY.isoformat()).text
    assert "Slik det så ut" not in html
    assert section(html, "hjelp")


def test_a_script_is_sent_to_the_whole_page_when_the_day_is_another(client, big, adviser):
    client.force_login(adviser)
    page = reverse("dashboard", args=[big.slug])
    here = {**HTMX, "HX-Current-URL": f"http://testserver{page}?fylke=19"}
    query = {"fylke": "19", "per": "31.03.2014", "q": ""}
    assert client.get(page, query, headers=here).headers["HX-Redirect"] == f"{page}?fylke=19&per=2014-03-31"
    wrong = client.get(page, {**query, "per": "tull"}, headers=here)
    assert wrong.headers["HX-Redirect"] == f"{page}?fylke=19&per=tull"
    there = {**HTMX, "HX-Current-URL": f"http://testserver{page}?fylke=19&per=2014-03-31"}
    answer = client.get(page, {**query, "fylke": ""}, headers=there)
    assert answer.headers["HX-Push-Url"] == f"{page}?per=2014-03-31"
    assert "Slik det så ut per 31. mars 2014" in text(answer.text)
    assert client.get(page, {"per": ""}, headers=there).headers["HX-Redirect"] == page


@pytest.mark.parametrize("name", ["dashboard_download", "counties_download"])
def test_files_carry_the_day(client, big, adviser, name):
    client.force_login(adviser)
    page = reverse(name, args=[big.slug, "csv"])
    answer = client.get(page, {"per": "2014-03-31"})
    assert "-per-2014-03-31" in answer.headers["Content-Disposition"]
    about = b"".join(client.get(reverse(name, args=[big.slug, "om"]), {"per": "2014-03-31"})).decode("utf-8-sig")
    assert "Per dato;;31. mars 2014" in about
    assert client.get(page, {"per": "tull"}).status_code == 404
    assert "-per-" not in client.get(page).headers["Content-Disposition"]


def test_the_file_says_no_more_than_the_page(client, big, adviser, dashboard):
    html = dashboard(per="2014-03-31").text
    rows = table(section(html, "fallgruver"))
    client.force_login(adviser)
    answer = client.get(reverse("dashboard_download", args=[big.slug, "csv"]), {"per": "2014-03-31"})
    _examples, *lines = io.StringIO(b"".join(answer).decode("utf-8-sig"))
    lines = list(csv.DictReader(lines, delimiter=";"))
    assert [(line["Prosjekt"], line["Status"]) for line in lines] == [(row[0], row[3]) for row in rows]
    assert "Saker" not in lines[0]
    shown = [re.sub(r" \d+ prosjekter med tegn", "", name) for name in headings(section(html, "fallgruver"))[5:12]]
    assert [name for name in lines[0] if name in shown] == shown, "the pitfalls are called what the page calls them"


def test_the_database_is_asked_as_often_for_five_projects_as_for_many(programme, dashboard):
    def asked(**query):
        with CaptureQueriesContext(connection) as captured:
            assert dashboard(**query).status_code == 200
        return len(captured) - 2

    world.counties()
    world.programme_of(5, programme)
    few = asked(per="2014-12-31")
    world.programme_of(20, factories.programme(slug="annet"))
    Project.objects.filter(cohort__programme__slug="annet").update(cohort=programme.cohorts.get(slug="pulje-1"))
    assert asked(per="2014-12-31") == few <= 11
