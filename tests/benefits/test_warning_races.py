"""Assessments and answers at once: nothing opens twice, nothing is lost, and the guards are what makes it so."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from accounts.actor import Actor
from benefits import verdict_store
from benefits.actions import governor, warnings
from benefits.actions.measurements import Value, register
from benefits.assessment import assess_projects, due
from benefits.models import Assessment, AssessmentHistory, Concern, GovernorHold, PitfallWarning, WarningEvent
from journal.queries import broken_events
from tests import factories
from tests.benefits.test_races import all_at_once
from tests.factories import noon

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2015, 1, 22)
CROWD = 6


@pytest.fixture
def target(project, leader, owner):
    """A target without a baseline: F3 and more."""
    return factories.target(project, is_main=True, baseline_value=None, baseline_on=None)


@pytest.fixture
def warning(project, target):
    assess(project)
    return PitfallWarning.objects.get(rule="F3")


def assess(project):
    return assess_projects([project.pk], as_of=TODAY, now=noon(TODAY))


def broken(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_of_many_assessments_at_once_each_warning_opens_once(project, target):
    assert broken(all_at_once(*[lambda: assess(project)] * CROWD)) == []
    keys = list(PitfallWarning.objects.values_list("rule", "target"))
    assert len(keys) == len(set(keys))
    assert WarningEvent.objects.filter(kind="opened").count() == len(keys)
    assert AssessmentHistory.objects.count() == 1
    causes = list(Concern.objects.values_list("cause", "target"))
    assert len(causes) == len(set(causes))


def test_without_the_lock_assessments_collide_where_the_database_allows_it(project, target, monkeypatch):
    """The control: on PostgreSQL the constraint alone stops the second; SQLite lets one transaction write at a time."""
    monkeypatch.setattr(verdict_store, "_lock", lambda projects: None)
    collided = False
    for _round in range(8):
        Assessment.objects.all().delete()
        AssessmentHistory.objects.all().delete()
        PitfallWarning.objects.all().delete()
        outcomes = all_at_once(*[lambda: assess(project)] * CROWD)
        collided |= any(isinstance(outcome, IntegrityError) for outcome in outcomes)
        collided |= AssessmentHistory.objects.count() > 1
    assert collided == (connection.vendor == "postgresql")


def test_the_same_answer_sent_many_times_at_once_is_one_answer(warning, leader):
    by = Actor(leader, noon(TODAY))
    calls = [lambda: warnings.register_action(by=by, warning=warning, note="Vi måler i mars.")] * CROWD
    assert broken(all_at_once(*calls)) == []
    assert WarningEvent.objects.filter(kind="action").count() == 1
    assert broken_events(f"project:{warning.project_id}") == []


def test_of_different_answers_at_once_all_are_kept_and_one_holds(warning, leader):
    by = Actor(leader, noon(TODAY))
    calls = [lambda n=n: warnings.register_action(by=by, warning=warning, note=f"Plan {n}") for n in range(CROWD)]
    assert broken(all_at_once(*calls)) == []
    rows = WarningEvent.objects.filter(kind="action")
    assert sorted(rows.values_list("note", flat=True)) == [f"Plan {n}" for n in range(CROWD)]
    assert rows.filter(superseded_at=None).count() == 1


def test_answers_and_measurements_while_assessments_run_are_in_the_last_verdict(
    project, target, warning, leader, owner
):
    def measure(number):
        value = Value(measured_on=date(2014, 12, number), value=Decimal(9))
        return register(by=Actor(leader, noon(TODAY)), target=target, value=value)

    calls = [lambda: assess(project)] * 3
    calls += [lambda n=n: measure(n) for n in range(1, 4)]
    calls += [
        lambda: warnings.accept(
            by=Actor(owner, noon(TODAY)), warning=warning, note="Vi venter.", until=date(2015, 3, 1)
        ),
        lambda: warnings.acknowledge(by=Actor(leader, noon(TODAY)), warning=warning),
    ]
    assert broken(all_at_once(*calls)) == []
    assess_projects(due(TODAY).values_list("pk", flat=True), as_of=TODAY, now=noon(TODAY))
    project.refresh_from_db()
    assert Assessment.objects.get().revision == project.revision
    assert WarningEvent.objects.filter(kind="accepted", superseded_at=None).count() == 1
    assert not Concern.objects.filter(cause=warning.cause).exists(), "the acceptance is heard"
    open_now = list(PitfallWarning.objects.filter(closed_on=None).values_list("rule", "target"))
    assert len(open_now) == len(set(open_now))


def test_a_rule_is_held_once_by_many_nights_at_once(programme):
    cohort = factories.cohort(programme=programme)
    projects = [factories.project(cohort=cohort) for _ in range(10)]
    for project in projects[:3]:
        PitfallWarning.objects.create(
            project=project, rule="F3", severity=4, cause="no_targets", opened_on=TODAY, last_seen_on=TODAY
        )
    calls = [lambda: governor.govern(programme=programme, as_of=TODAY, now=noon(TODAY))] * CROWD
    assert broken(all_at_once(*calls)) == []
    assert GovernorHold.objects.count() == 1
