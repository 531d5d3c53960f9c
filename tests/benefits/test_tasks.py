"""The worker's tasks: trouble in one project keeps nobody else waiting, and what is stored is what the facts say."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from benefits.assessment import assess_projects, due
from benefits.drift import find_drift, settled
from benefits.models import Assessment, AssessmentAttempt, Concern, PitfallWarning, ProgrammeThreshold, TargetStatus
from benefits.sweep import Day, take, troubled, waiting
from benefits.tasks import assess_due, reconcile_all, reconcile_chunk
from journal.models import Heartbeat, ScheduledSlot
from journal.schedule import RECONCILE, SWEEP
from projects.revision import touch, touch_programme
from saman import clock
from saman.celery import app
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)
DAY = Day(TODAY, factories.noon(TODAY))


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """The day stands still, and what is sent to the queue is done on the spot."""
    monkeypatch.setattr("saman.clock.today", lambda: TODAY)
    monkeypatch.setattr("saman.clock.now", lambda: factories.noon(TODAY))
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


@pytest.fixture
def broken(project):
    """A project whose programme has a threshold no calendar can hold, beside the others."""
    made = factories.project()
    spoil(made)
    return made


def spoil(project):
    """Give the project's programme rules it cannot be assessed by."""
    ProgrammeThreshold.objects.create(
        programme=project.cohort.programme, name="grace_days", value=1e300, valid_from=TODAY, recorded_at=DAY.now
    )


def passes(minutes):
    """Let real time pass for what waits."""
    for row in AssessmentAttempt.objects.all():
        row.next_at -= timedelta(minutes=minutes)
        row.save()


# --- the sweep ------------------------------------------------------------------------------------------------------
def test_one_project_that_fails_is_left_due_and_the_others_are_assessed(project, broken):
    assess_due(slot="2015-01-22T11:00Z")
    assert Assessment.objects.get().project == project
    assert list(due(TODAY)) == [broken]
    assert Heartbeat.objects.get().name == "sweeper"
    outcome = ScheduledSlot.objects.get(job=SWEEP.name).outcome
    assert outcome == {"waiting": 2, "shared": 0, "assessed": 1, "failed": 1}


def test_a_project_that_fails_says_why_and_is_tried_ever_more_seldom(broken):
    waits = []
    for _ in range(5):
        assess_due()
        row = AssessmentAttempt.objects.get(project=broken)
        assert row.error.startswith("OverflowError")
        waits.append(round((row.next_at - row.started_at).total_seconds() / 60))
        assert broken.pk not in troubled(DAY)
        passes(minutes=waits[-1] + 1)
    assert waits == [1, 2, 4, 8, 16]
    row.attempts = 60
    row.save()
    assess_due()
    row.refresh_from_db()
    assert row.next_at - row.started_at <= timedelta(hours=6, minutes=1)


def test_a_change_of_the_facts_or_the_rules_is_tried_at_once(broken):
    assess_due()
    assert troubled(DAY) == []
    touch(broken.pk)
    assert troubled(DAY) == [broken.pk]
    assess_due()
    assert troubled(DAY) == []
    ProgrammeThreshold.objects.all().delete()
    touch_programme(broken.cohort.programme_id)
    assess_due()
    assert not due(TODAY).exists()
    assert not AssessmentAttempt.objects.exists()


def test_an_attempt_that_was_interrupted_is_taken_alone_and_at_once(project, monkeypatch):
    """What a worker that was killed leaves behind: the attempts of its chunk, without an answer."""
    others = [factories.project() for _ in range(3)]
    ids = waiting(DAY)

    def killed(ids, **_):
        raise KeyboardInterrupt

    with monkeypatch.context() as death:
        death.setattr("benefits.sweep.assess_projects", killed)
        with pytest.raises(KeyboardInterrupt):
            take(ids, DAY)
    assert AssessmentAttempt.objects.count() == 1 + len(others)
    assert (waiting(DAY), troubled(DAY)) == ([], ids)
    assess_due()
    assert not due(TODAY).exists()
    assert not AssessmentAttempt.objects.exists()


def test_a_project_that_kills_its_worker_is_left_alone_after_three_times(project, monkeypatch):
    killer = factories.project()
    ordinary = assess_projects

    def deadly(ids, **given):
        if killer.pk in ids:
            raise KeyboardInterrupt
        return ordinary(ids, **given)

    monkeypatch.setattr("benefits.sweep.assess_projects", deadly)
    deaths = 0
    for _ in range(6):
        try:
            assess_due()
        except KeyboardInterrupt:
            deaths += 1
    assert deaths == 3
    assert list(due(TODAY)) == [killer]
    assert troubled(DAY) == []


def test_what_a_save_has_assessed_meanwhile_is_no_longer_trouble(broken):
    assess_due()
    ProgrammeThreshold.objects.all().delete()
    assess_projects([broken.pk], as_of=TODAY, now=DAY.now)
    assess_due()
    assert not AssessmentAttempt.objects.exists()


def test_a_sweep_of_the_same_slot_is_done_once(project):
    assert assess_due(slot="2015-01-22T11:00Z") == 1
    touch(project.pk)
    assert assess_due(slot="2015-01-22T11:00Z") == 0
    assert assess_due(slot="2015-01-22T11:01Z") == 1


def test_what_is_too_much_for_one_is_shared_out_in_chunks(project, monkeypatch):
    for _ in range(6):
        factories.project()
    for place in ("benefits.tasks", "benefits.sweep"):
        monkeypatch.setattr(f"{place}.CHUNK", 2)
    assess_due(slot="2015-01-22T11:00Z")
    assert ScheduledSlot.objects.get().outcome["shared"] == 7
    assert not due(TODAY).exists()


def test_a_sweep_ends_in_time_for_the_next(project, monkeypatch):
    monkeypatch.setattr("benefits.tasks.SWEEP_SECONDS", -1)
    assert assess_due() == 0
    assert list(due(TODAY)) == [project]


# --- the night ------------------------------------------------------------------------------------------------------
@pytest.fixture
def assessed(project):
    """A project with a target, assessed today."""
    target = factories.target(project, is_main=True)
    factories.series(target, {date(2014, 3, 31): 10, date(2014, 12, 31): 11})
    assess_projects([project.pk], as_of=TODAY, now=DAY.now)
    return project


def night():
    """Run a reconciliation; what came of it."""
    ScheduledSlot.objects.all().delete()
    reconcile_all(slot="2015-01-22")
    return ScheduledSlot.objects.get(job=RECONCILE.name).outcome


def test_a_night_assesses_what_is_late_and_finds_no_drift(assessed):
    factories.project()
    outcome = night()
    assert outcome == {"projects": 2, "assessed": 1, "changed": 1, "failed": 0, "drift": 0, "drifted": []}
    assert Heartbeat.objects.filter(name="reconciliation").exists()
    assert not due(TODAY).exists()


TAMPERINGS = {
    "result": lambda: Assessment.objects.update(result="achieved"),
    "digest": lambda: Assessment.objects.update(verdict_digest="0" * 64),
    "targets": lambda: TargetStatus.objects.update(state="realised"),
    "warnings": lambda: PitfallWarning.objects.update(severity=1),
    "concerns": lambda: Concern.objects.all().delete(),
}


@pytest.mark.parametrize("part", TAMPERINGS)
def test_what_differs_though_nothing_says_it_should_is_found_told_and_repaired(assessed, part):
    def stored():
        names = ("kind", "cause", "severity", "order")
        return [
            Assessment.objects.values("result", "verdict_digest", "state").get(),
            list(TargetStatus.objects.values()),
            list(PitfallWarning.objects.values("rule", "severity", "closed_on")),
            list(Concern.objects.order_by("order").values(*names)),
        ]

    before = stored()
    TAMPERINGS[part]()
    assert stored() != before
    outcome = night()
    assert outcome["drift"] == 1
    assert outcome["drifted"] == [{"project": assessed.pk, "what": [part]}]
    assert stored() == before
    assert night()["drift"] == 0


def test_a_fact_that_came_past_the_actions_is_drift_and_one_that_came_through_them_is_not(assessed):
    target = assessed.targets.get()
    factories.measurement(target, date(2014, 6, 30), 14)
    touch(assessed.pk)
    assert night()["drift"] == 0
    factories.measurement(target, date(2014, 9, 30), 8)
    assert night()["drift"] == 1
    assert TargetStatus.objects.get().points == 4


def test_a_save_in_the_middle_is_no_drift(assessed):
    """The verdict read before the save differs from the one stored after it; looking again with the lock tells."""
    loaded = settled([assessed.pk], DAY)
    factories.measurement(assessed.targets.get(), date(2014, 9, 30), 8)
    touch(assessed.pk)
    assert find_drift(loaded, DAY) == []


def test_a_night_that_was_interrupted_goes_on_where_it_was(assessed, monkeypatch):
    for _ in range(3):
        factories.project()
    monkeypatch.setattr("benefits.sweep.CHUNK", 2)
    with monkeypatch.context() as lost:
        lost.setattr(reconcile_chunk, "apply_async", lambda **_: None)
        assert reconcile_all(slot="2015-01-22") == 2
    assert not ScheduledSlot.objects.exclude(finished_at=None).exists()
    ScheduledSlot.objects.update(claimed_until=None)
    first = ScheduledSlot.objects.filter(job="reconcile.chunk").order_by("pk")[0]
    begin, end = map(int, first.slot.split(" ")[1].split("-"))
    reconcile_chunk(slot="2015-01-22", first=begin, last=end)
    reconcile_chunk(slot="2015-01-22", first=begin, last=end)
    assert reconcile_all(slot="2015-01-22") == 1
    assert ScheduledSlot.objects.get(job=RECONCILE.name).outcome["projects"] == 4
    assert reconcile_all(slot="2015-01-22") == 0


def test_a_night_without_projects_is_finished_at_once():
    assert night()["projects"] == 0


def test_a_project_that_cannot_be_compared_keeps_no_other_from_it(assessed, monkeypatch):
    other = factories.project()
    assess_projects([other.pk], as_of=TODAY, now=DAY.now)
    spoil(other)
    Assessment.objects.filter(project=assessed).update(result="achieved")
    outcome = night()
    assert (outcome["failed"], outcome["drift"]) == (1, 1)


def test_old_minutes_are_forgotten_at_night_and_nights_are_kept(assessed):
    old = clock.real_in(days=-3)
    for job, slot in ((SWEEP.name, "2015-01-19T10:00Z"), (RECONCILE.name, "2015-01-19")):
        ScheduledSlot.objects.create(job=job, slot=slot, started_at=old, finished_at=old)
    reconcile_all(slot="2015-01-22")
    assert not ScheduledSlot.objects.filter(job=SWEEP.name).exists()
    assert ScheduledSlot.objects.filter(job=RECONCILE.name).count() == 2


def test_the_command_reconciles_in_the_foreground_and_fails_when_there_was_drift(assessed, capsys):
    call_command("reconcile")
    assert "1 projects: 0 were due, 0 had drifted" in capsys.readouterr().out
    TAMPERINGS["result"]()
    with pytest.raises(CommandError):
        call_command("reconcile")
    assert f"{assessed.slug}: result\n" in capsys.readouterr().out
    call_command("reconcile")
