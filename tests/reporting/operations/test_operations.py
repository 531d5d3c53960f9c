"""The operations page and the monitor's answer: each trouble is seen, said in words and tells what to do."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from benefits.assessment import assess_projects
from benefits.models import Assessment, AssessmentAttempt
from benefits.queries.lateness import lateness
from journal import watch
from journal.actions import beat
from journal.models import Heartbeat, OutboxMessage, ScheduledSlot
from journal.schedule import RECONCILE, SWEEP
from projects.models import Project
from projects.revision import left_due, touch, touch_programme
from reporting.operations.checks import Level, checks, worst
from saman import clock
from saman.broker import ask_broker
from tests import factories
from tests.services.servers import free_port

pytestmark = pytest.mark.django_db
OUTCOME = {"projects": 51, "assessed": 0, "changed": 0, "failed": 0, "drift": 0, "drifted": []}


def levels():
    now = clock.now()
    return {check.name: check.level for check in checks(now.date(), now, clock.real_now())}


def found(name):
    now = clock.now()
    return next(check.numbers for check in checks(now.date(), now, clock.real_now()) if check.name == name)


def night(ago=0, **outcome):
    """A finished reconciliation so many nights ago."""
    day = RECONCILE.newest_day(clock.real_now()) - timedelta(days=ago)
    at = clock.real_in(days=-ago)
    return ScheduledSlot.objects.create(
        job=RECONCILE.name, slot=day.isoformat(), started_at=at, finished_at=at, outcome={**OUTCOME, **outcome}
    )


@pytest.fixture
def well(project):
    """An installation in which everything is as it should be."""
    assess_projects([project.pk], as_of=clock.today(), now=clock.now())
    for name in ("sweeper", "worker", "beat", "reconciliation"):
        beat(name=name, at=clock.real_now())
    night()
    return project


def age(name, **ago):
    Heartbeat.objects.filter(name=name).update(at=clock.real_now() - timedelta(**ago))


def test_when_all_is_well_everything_says_so(well):
    assert set(levels().values()) == {Level.WELL}


def test_a_new_installation_has_not_run_yet_and_that_is_no_alarm():
    assert worst(checks(clock.today(), clock.now(), clock.real_now())) == Level.NEVER


@pytest.mark.parametrize("name", ["sweeper", "worker", "beat"])
@pytest.mark.parametrize(
    ("minutes", "level"), [(2.9, Level.WELL), (3.1, Level.WATCH), (4.9, Level.WATCH), (5.1, Level.BAD)]
)
def test_a_silent_part_is_noticed_within_five_minutes(well, name, minutes, level):
    age(name, minutes=minutes)
    assert levels()[name] == level


@pytest.mark.parametrize(("hours", "level"), [(25, Level.WELL), (27, Level.WATCH), (51, Level.BAD)])
def test_a_night_that_does_not_come_is_noticed(well, hours, level):
    age("reconciliation", hours=hours)
    assert levels()["night"] == level


def test_a_night_in_which_a_project_failed_is_to_be_watched(well):
    ScheduledSlot.objects.update(outcome={**OUTCOME, "failed": 1})
    assert levels()["night"] == Level.WATCH


def test_drift_is_an_alarm_for_a_week(well):
    night(ago=5, drift=2, drifted=[{"project": well.pk, "what": ["result"]}])
    assert levels()["drift"] == Level.BAD
    assert found("drift") == {"count": 2, "nights": 2}


# --- what waits -----------------------------------------------------------------------------------------------------
def late():
    return lateness(clock.today(), clock.now(), clock.real_now())


def test_a_change_that_was_not_assessed_is_due_from_the_moment_it_was_made(well):
    with left_due():
        touch(well.pk)
    assert late().due == 1
    assert late().oldest < timedelta(minutes=1)
    Project.objects.update(revised_at=clock.real_now() - timedelta(minutes=16))
    assert levels()["due"] == Level.BAD


def test_changed_rules_are_due_from_the_moment_they_were_changed(well):
    touch_programme(well.cohort.programme_id)
    assert (late().due, late().oldest < timedelta(minutes=1)) == (1, True)


def test_a_date_that_has_passed_is_due_from_midnight(well):
    Assessment.objects.update(as_of=clock.today() - timedelta(days=3))
    assert timedelta(days=2) <= late().oldest < timedelta(days=3)
    assert levels()["due"] == Level.BAD


def test_a_new_engine_makes_verdicts_wait_without_an_age(well):
    Assessment.objects.update(rule_version=1)
    assert (late().due, late().oldest) == (1, timedelta(0))
    assert (levels()["due"], levels()["rules"]) == (Level.WELL, Level.WATCH)


def test_a_project_left_alone_is_shown_as_such_and_not_as_late(well, client, admin):
    with left_due():
        touch(well.pk)
    well.refresh_from_db()
    AssessmentAttempt.objects.create(
        project=well,
        revision=well.revision,
        programme_revision=well.cohort.programme.revision,
        rule_version=Assessment.objects.get().rule_version,
        attempts=3,
        first_at=clock.real_in(hours=-2),
        started_at=clock.real_now(),
        next_at=clock.real_in(hours=1),
        error="OverflowError: too large",
    )
    assert late().due == 0
    assert levels()["trouble"] == Level.WATCH
    client.force_login(admin)
    page = client.get(reverse("operations")).content.decode()
    assert well.title in page
    assert "OverflowError: too large" in page


# --- what was missed ------------------------------------------------------------------------------------------------
def test_nights_without_a_reconciliation_are_counted_from_the_first_there_was(well):
    assert watch.missed_nights(clock.real_now()) == []
    night(ago=4)
    newest = RECONCILE.newest_day(clock.real_now())
    assert watch.missed_nights(clock.real_now()) == [newest - timedelta(days=n) for n in (3, 2, 1)]
    assert levels()["missed"] == Level.WATCH


@pytest.mark.parametrize(("run", "level"), [(20, Level.WELL), (10, Level.WATCH)])
def test_minutes_without_a_sweep_are_counted_from_the_first_there_was(well, run, level):
    now = clock.real_now()
    ScheduledSlot.objects.bulk_create(
        ScheduledSlot(job=SWEEP.name, slot=str(n), started_at=now - timedelta(minutes=20 - n)) for n in range(run)
    )
    assert watch.missed_minutes(now) == 20 - run
    assert levels()["missed"] == level


@pytest.mark.parametrize(
    ("minutes", "attempts", "level"),
    [(5, 0, Level.WELL), (5, 2, Level.WATCH), (30, 0, Level.WATCH), (90, 0, Level.BAD)],
)
def test_what_is_not_sent_is_noticed(well, minutes, attempts, level):
    at = clock.real_in(minutes=-minutes)
    error = "OSError: away" if attempts else ""
    OutboxMessage.objects.create(kind="mail", key="1", created_at=at, next_at=at, attempts=attempts, last_error=error)
    assert levels()["outbox"] == level


def test_what_is_given_up_is_shown_with_its_reason_for_a_week(well, client, admin):
    for key, days in (("new", 6), ("old", 8)):
        at = clock.real_in(days=-days)
        OutboxMessage.objects.create(
            kind="report_received", key=key, created_at=at, next_at=at, done_at=at, outcome="given_up", attempts=12,
            last_error=f"OSError: {key} trouble",
        )  # fmt: skip
    assert levels()["outbox"] == Level.WATCH
    assert watch.outbox(clock.real_now()).given_up == 1
    client.force_login(admin)
    page = client.get(reverse("operations")).content.decode()
    assert "OSError: new trouble" in page
    assert "OSError: old trouble" not in page
    assert "1 er gitt opp den siste uka." in page


# --- the pages ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_says_what_is_wrong_and_what_to_do(well, client, admin, language):
    age("worker", minutes=9)
    night(ago=1, drift=1, drifted=[{"project": well.pk, "what": ["targets"]}])
    client.force_login(admin)
    client.cookies["saman_language"] = language
    page = client.get(reverse("operations")).content.decode()
    with translation.override(language):
        for words in ("Må rettes", "Gjør dette:", "I orden", "Prosjekter med avvik"):
            assert translation.gettext(words) in page
    assert page.count('class="ds-tag" data-color="danger"') == 2
    assert well.title in page


def test_the_page_works_without_the_message_queue_and_says_so(well, client, admin, monkeypatch):
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{free_port()}/0")
    client.force_login(admin)
    page = client.get(reverse("operations"))
    assert page.status_code == 200
    assert "Redis svarer ikke." in page.content.decode()


def test_the_page_asks_little_of_the_database(well, client, admin, django_assert_max_num_queries):
    for _ in range(3):
        factories.project(cohort=well.cohort)
    client.force_login(admin)
    with django_assert_max_num_queries(22):
        client.get(reverse("operations"))


def test_the_monitor_is_told_numbers_without_names(well, client):
    answer = client.get("/helse/drift")
    assert (answer.status_code, answer.json()["status"]) == (200, "well")
    assert answer.json()["checks"]["due"] == {"level": "well", "count": 0, "age": 0}
    assert well.title not in answer.content.decode()


def test_the_monitor_is_alarmed_when_something_must_be_mended(well, client):
    age("sweeper", minutes=6)
    answer = client.get("/helse/drift")
    assert (answer.status_code, answer.json()["status"]) == (503, "bad")
    assert answer.json()["checks"]["sweeper"]["level"] == "bad"
    assert 360 <= answer.json()["checks"]["sweeper"]["age"] < 420


def test_files_that_wait_are_counted(tmp_path, monkeypatch):
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv("SAMAN_BROKER_DIR", str(tmp_path))
    (tmp_path / "1.celery.msg").touch()
    assert (ask_broker().kind, ask_broker().waiting) == ("files", 1)


def test_the_demonstrations_date_is_the_one_that_counts_for_what_waits(well):
    assert clock.today() == date(2015, 1, 22)
    assert late().oldest == timedelta(0)
