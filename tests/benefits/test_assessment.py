"""The door to the engine: what is due, what is stored, and that doing it again changes nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actor import Actor
from benefits.actions.measurements import Value, register
from benefits.actions.targets import change, definition_of
from benefits.actions.warnings import accept, register_action
from benefits.assessment import assess_projects, due, judge
from benefits.models import Assessment, AssessmentHistory, Concern, PitfallWarning, TargetStatus, WarningEvent
from benefits.warning_facts import load
from projects.asked import Asked
from projects.models import Project
from projects.revision import touch, touch_programme
from tests import factories
from tests.factories import noon

TODAY = date(2015, 1, 22)
QUARTERS = [date(2013, 3, 31), date(2013, 6, 30), date(2013, 9, 30), date(2013, 12, 31), date(2014, 3, 31),
            date(2014, 6, 30), date(2014, 9, 30), date(2014, 12, 31)]  # fmt: skip


@pytest.fixture
def target(project, leader):
    """A share that shall rise from 20 to 36 %, and does."""
    target = factories.target(
        project,
        values={date(2015, 12, 31): 36},
        planned=tuple(QUARTERS),
        is_main=True,
        title="Heltid",
        kind="register_share",
        direction=1,
        baseline_value=Decimal(20),
        baseline_points=1,
        population=700,
    )
    factories.series(target, {day: 20 + 16 * (i + 1) / 12 for i, day in enumerate(QUARTERS)})
    return target


def assess(*projects, on=TODAY):
    return assess_projects([project.pk for project in projects], as_of=on, now=noon(on))


@pytest.mark.django_db
def test_a_project_that_follows_its_plan_is_on_track_and_says_so_per_target(project, target):
    assess(project)
    assessment, status = Assessment.objects.get(), TargetStatus.objects.get()
    assert (assessment.result, assessment.revision, assessment.as_of) == ("on_track", project.revision, TODAY)
    assert (status.target, status.result, status.measured_on) == (target, "on_track", QUARTERS[-1])
    assert status.attainment == pytest.approx(2 / 3, abs=0.001)


@pytest.mark.django_db
def test_what_says_the_same_as_before_is_stored_at_once_however_many(programme, django_assert_num_queries):
    projects = [factories.target(values={}).project for _ in range(12)]
    assess(*projects)
    with CaptureQueriesContext(connection) as for_two:
        assess(*projects[:2])
    with django_assert_num_queries(len(for_two)):
        assess(*projects)


@pytest.mark.django_db
def test_a_change_is_judged_with_few_questions(project, target, leader, django_assert_max_num_queries):
    assess(project)
    register(by=Actor(leader, noon(TODAY)), target=target, value=Value(TODAY, Decimal(20)))
    with django_assert_max_num_queries(25):
        assess(project)
    assert AssessmentHistory.objects.filter(project=project).count() == 2, "another status was stored"


@pytest.mark.django_db
def test_assessing_again_changes_nothing(project, target):
    assess(project)
    first = (Assessment.objects.get(), list(TargetStatus.objects.values()), list(PitfallWarning.objects.values()))
    assert assess(project) == []
    assert first == (
        Assessment.objects.get(),
        list(TargetStatus.objects.values()),
        list(PitfallWarning.objects.values()),
    )
    assert AssessmentHistory.objects.count() == 1


@pytest.mark.django_db
def test_due_is_by_state(project, target):
    assert list(due(TODAY)) == [project]
    assess(project)
    assert not due(TODAY).exists()
    assert list(due(TODAY + timedelta(days=1))) == [project]
    touch(project.pk)
    assert list(due(TODAY)) == [project]
    assess(project)
    touch_programme(project.cohort.programme_id)
    assert list(due(TODAY)) == [project]


@pytest.mark.django_db
def test_a_project_not_in_use_is_never_due_nor_assessed(project):
    Project.objects.update(followed_since=None)
    assert not due(TODAY).exists()
    assert assess(project) == []
    assert not Assessment.objects.exists()


@pytest.mark.django_db
def test_an_older_revision_never_replaces_a_newer_verdict(project, target):
    assess(project)
    Assessment.objects.update(revision=project.revision + 5, result="at_risk")
    assess(project)
    assert Assessment.objects.get().result == "at_risk"


@pytest.mark.django_db
def test_an_earlier_date_never_replaces_a_later_verdict(project, target):
    assess(project)
    assess(project, on=date(2014, 6, 1))
    assert Assessment.objects.get().as_of == TODAY


@pytest.mark.django_db
def test_history_has_a_row_only_when_the_verdict_changes(project, target):
    for day in (date(2014, 5, 1), date(2014, 5, 2), TODAY):
        assess(project, on=day)
    results = list(AssessmentHistory.objects.values_list("as_of", "result"))
    assert results == [(date(2014, 5, 1), "on_track")]


@pytest.mark.django_db
def test_a_warning_opens_once_and_is_closed_by_new_facts(project, leader, owner, target):
    by = Actor(leader, noon(TODAY))
    definition = definition_of(target.versions.get())
    change(by=by, target=target, version=1, definition=replace(definition, baseline_value=None, baseline_on=None))
    assess(project)
    assess(project)
    warning = PitfallWarning.objects.get(rule="F3")
    assert (warning.target, warning.closed_on) == (target, None)
    assert warning.cause == "baseline_missing"
    assert {row["label"]: row["value"] for row in warning.evidence} == {
        "baseline": None,
        "target": 36.0,
        "target_on": "2015-12-31",
    }
    assert Concern.objects.filter(kind="A", target=target).count() == 1
    change(by=by, target=target, version=2, definition=definition)
    assess(project)
    warning.refresh_from_db()
    assert warning.closed_on == TODAY
    assert [event.kind for event in warning.events.all()] == [WarningEvent.Kind.OPENED, WarningEvent.Kind.CLOSED]
    assert not Concern.objects.exists()


@pytest.mark.django_db
def test_a_concern_that_comes_to_be_about_more_targets_is_still_the_one_that_opened(project, programme):
    programme.concerns_open = programme.ConcernsOpen.MONDAYS
    programme.save()
    opened, later = date(2015, 1, 6), date(2015, 1, 20)
    factories.target(project, baseline_value=None, baseline_on=None)
    assess(project, on=opened)
    factories.target(project, baseline_value=None, baseline_on=None)
    assess(project, on=later)
    concern = Concern.objects.get(cause="baseline_missing")
    assert (concern.target, concern.values["targets"]) == (None, 2)
    assert (concern.opened_on, concern.visible_on) == (opened, date(2015, 1, 12))


@pytest.mark.django_db
def test_a_past_date_is_judged_from_what_was_known_then(project, leader, target):
    then, before = date(2014, 5, 1), judge([project], date(2014, 5, 1), noon(date(2014, 5, 1)))
    register(
        by=Actor(leader, noon(TODAY)),
        target=factories.target(project, title="Nytt", recorded_at=noon(TODAY), valid_from=TODAY),
        value=Value(measured_on=date(2014, 4, 30), value=Decimal(9)),
    )
    assert judge([project], then, noon(then)) == before


@pytest.mark.django_db
def test_a_past_date_is_judged_from_what_the_target_said_then(project, leader, target):
    then = date(2014, 5, 1)
    before = judge([project], then)
    definition = replace(definition_of(target.versions.get()), values=((date(2015, 12, 31), Decimal(90)),))
    change(by=Actor(leader, noon(TODAY)), target=target, version=1, definition=definition, reason="Høyere mål")
    assert judge([project], then) == judge([project], then, noon(TODAY)) == before
    assert judge([project], TODAY)[0].targets[0].attainment == pytest.approx(10.667 / 70, abs=0.001)


@pytest.mark.django_db
def test_an_answer_counts_in_the_past_until_another_took_its_place_or_the_warning_was_closed(project, leader, owner):
    target = factories.target(project, is_main=True, baseline_value=None, baseline_on=None)
    factories.measurement(target, date(2014, 12, 31), 10)
    assess(project)
    warning = PitfallWarning.objects.get(rule="F3")
    days = [TODAY + timedelta(days=number) for number in range(4)]
    accept(by=Actor(owner, noon(days[1])), warning=warning, note="Tallet kommer.", until=date(2015, 6, 1))
    register_action(by=Actor(leader, noon(days[2])), warning=warning, note="Vi henter det.")
    definition = replace(
        definition_of(target.versions.get()), baseline_value=Decimal(11), baseline_on=date(2013, 12, 31)
    )
    change(by=Actor(leader, noon(days[3])), target=target, version=1, definition=definition)
    assess(project, on=days[3])
    kinds = [
        [answer.kind for answer in load(Asked([project.pk], day, noon(day)))[project.pk]["answers"]] for day in days
    ]
    assert kinds == [[], ["accepted"], ["action"], []]
    assert load(Asked([project.pk], days[3]))[project.pk]["answers"] == ()


@pytest.mark.django_db(transaction=True)
def test_saving_assesses_the_project_right_after_the_commit(project, leader, target, settings):
    register(
        by=Actor(leader, noon(TODAY)), target=target, value=Value(measured_on=date(2015, 1, 20), value=Decimal("31.5"))
    )
    project.refresh_from_db()
    assert Assessment.objects.get().revision == project.revision
    assert TargetStatus.objects.get().value == 31.5


@pytest.mark.django_db(transaction=True)
def test_a_failing_engine_leaves_the_save_intact_and_the_project_due(project, leader, target, settings):
    settings.REVISION_LISTENERS = ["tests.benefits.test_assessment.fail"]
    row = register(
        by=Actor(leader, noon(TODAY)), target=target, value=Value(measured_on=date(2015, 1, 20), value=Decimal("31.5"))
    )
    assert target.measurements.live().filter(pk=row.pk).exists()
    assert list(due(TODAY)) == [project]


def fail(project_id):
    """A listener that always fails."""
    raise RuntimeError(project_id)
