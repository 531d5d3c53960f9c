"""Random histories of people's actions, on the database: when and how often they are assessed makes no difference."""

from contextlib import contextmanager, suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actor import Actor, NotAllowed
from benefits.actions.measurements import Value, correct, register
from benefits.actions.thresholds import NothingChanged, change_threshold
from benefits.actions.warnings import register_action, report_false
from benefits.assessment import assess_projects, due, judge
from benefits.drift import find_drift, settled
from benefits.models import Assessment, AssessmentHistory, Concern, Measurement, PitfallWarning, TargetStatus
from benefits.stored_values import digest_of
from benefits.sweep import Day
from projects.actions.roles import end
from projects.models import Project, RoleAssignment
from projects.roles import Role
from tests import factories
from tests.effort import times
from tests.factories import noon

pytestmark = [pytest.mark.django_db, pytest.mark.robustness]
TODAY = date(2015, 1, 22)
EXAMPLES = settings(
    max_examples=times(5, 350),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DERIVED = (Assessment, AssessmentHistory, Concern, PitfallWarning, TargetStatus)

days = st.integers(0, 720).map(lambda n: date(2013, 1, 5) + timedelta(days=n))
values = st.integers(40, 160).map(lambda n: Decimal(n) / 10)
measured = st.tuples(st.just("measure"), st.integers(0, 1), days, values)
step = st.one_of(
    measured,
    st.tuples(st.just("correct"), st.integers(0, 9), values),
    st.tuples(st.just("leave"), st.sampled_from([Role.LEADER, Role.OWNER])),
    st.tuples(st.just("threshold"), st.integers(1, 60)),
    st.tuples(st.just("answer"), st.integers(0, 9), st.booleans()),
)


@contextmanager
def undone():
    """What happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def place(project, leader, owner, admin):
    """A project with two targets, and the people who act."""
    targets = [factories.target(project, is_main=True), factories.target(project, title="Mer heltid", direction=1)]
    return project, targets, {"leader": leader, "owner": owner, "admin": admin}


def act(place, step, on):
    """Do one step, if it may be done on that date: who has left, does nothing more."""
    with suppress(NotAllowed):
        _act(place, step, on)


def _act(place, step, on):
    project, targets, people = place
    by = Actor(people["leader"], noon(on))
    match step:
        case ("measure", number, day, value):
            free = not Measurement.objects.live().filter(target=targets[number], measured_on=day).exists()
            if free and day <= on:
                register(by=by, target=targets[number], value=Value(measured_on=day, value=value))
        case ("correct", number, value):
            live = Measurement.objects.live().filter(target__in=targets).order_by("measured_on", "target", "pk")
            if live:
                old = live[number % len(live)]
                new = Value(measured_on=old.measured_on, value=value)
                correct(by=by, measurement=old, value=new, reason="Skrev feil")
        case ("leave", role):
            held = RoleAssignment.objects.filter(project=project, role=role, superseded_at=None, ends_on=None).first()
            if held:
                end(by=Actor(people["admin"], noon(on)), assignment=held, ends_on=on + timedelta(days=5))
        case ("threshold", value):
            programme = project.cohort.programme
            version = programme.own_thresholds.filter(name="grace_days").count() + 1
            with suppress(NothingChanged):
                change_threshold(
                    by=Actor(people["admin"], noon(on)), programme=programme, name="grace_days", version=version,
                    value=float(value), reason="Prøve",
                )  # fmt: skip
        case ("answer", number, is_false):
            still = PitfallWarning.objects.filter(project=project, closed_on=None).order_by("rule", "target", "pk")
            if still:
                answer = report_false if is_false else register_action
                answer(by=by, warning=still[number % len(still)], note="Vi ser på det")


def assess(project, on):
    return assess_projects([project.pk], as_of=on, now=noon(on))


def result(project):
    """What the figures say, which does not depend on what was seen before."""
    targets = TargetStatus.objects.filter(target__project=project).order_by("target")
    return (
        Assessment.objects.values_list("result", "state", "counts", "as_of").get(project=project),
        list(targets.values_list("target", "state", "result", "value", "attainment", "points", "next_due_on")),
    )


def everything(project):
    """All that people see of a project's verdict, but for when it was first seen."""
    warnings = PitfallWarning.objects.filter(project=project, closed_on=None).order_by("rule", "target")
    concerns = Concern.objects.filter(project=project).order_by("order")
    return (
        *result(project),
        Assessment.objects.values_list("risk", "pitfalls").get(project=project),
        list(warnings.values_list("rule", "target", "severity", "cause", "due_on")),
        list(concerns.values_list("kind", "target", "cause", "severity", "urgency")),
    )


def from_scratch(project, on, look):
    """What `look` sees when nothing had been stored before."""
    with undone():
        for model in DERIVED:
            model.objects.all().delete()
        assess(project, on)
        return look(project)


@EXAMPLES
@given(st.lists(st.tuples(step, st.booleans()), max_size=5))
def test_a_day_assessed_at_any_moments_ends_as_if_it_had_been_assessed_once(place, history):
    project = place[0]
    with undone():
        for done, is_assessed in history:
            if done[0] != "answer":  # an answer belongs to a warning, which scratch has not
                act(place, done, TODAY)
            if is_assessed:
                assess(project, TODAY)
        assess(project, TODAY)
        assert everything(project) == from_scratch(project, TODAY, everything)


@EXAMPLES
@given(st.data())
def test_the_same_facts_in_any_order_give_the_same(place, data):
    project = place[0]
    figures = data.draw(st.lists(measured, max_size=4, unique_by=lambda each: (each[1], each[2])))
    facts = [*figures, ("leave", Role.OWNER), ("threshold", data.draw(st.integers(1, 60)))]
    seen = []
    for order in (facts, data.draw(st.permutations(facts))):
        with undone():
            for done in order:
                act(place, done, TODAY)
                assess(project, TODAY)
            seen.append(everything(project))
    assert seen[0] == seen[1]


@EXAMPLES
@given(st.lists(st.tuples(step, st.integers(0, 40), st.booleans()), min_size=1, max_size=5))
def test_a_history_over_many_days_leaves_what_its_facts_say(place, history):
    project, on = place[0], date(2014, 2, 1)
    with undone():
        for done, wait, is_assessed in history:
            on += timedelta(days=wait)
            act(place, done, on)
            if is_assessed:
                assess(project, on)
        assess(project, on)
        day = Day(on, noon(on))
        assert not due(on).filter(pk=project.pk).exists()
        assert find_drift(settled([project.pk], day), day) == []
        project.refresh_from_db()
        assert Assessment.objects.get().verdict_digest == digest_of(judge([project], on)[0])
        before = everything(project), AssessmentHistory.objects.count()
        assert assess(project, on) == []
        assert (everything(project), AssessmentHistory.objects.count()) == before
        assert result(project) == from_scratch(project, on, result)


def test_a_store_that_remembers_would_have_been_found(place):
    """The negative control: a status that depends on when it was looked at is no function of the facts."""
    project = place[0]
    with undone():
        act(place, ("measure", 0, date(2014, 12, 31), Decimal("9.0")), TODAY)
        assess(project, TODAY)
        TargetStatus.objects.filter(target__project=project).update(state="realised")
        assess(project, TODAY)  # the digest is the same, so nothing is written: this is what drift looks like
        assert everything(project) != from_scratch(project, TODAY, everything)


def test_judged_alone_or_with_many_a_project_gets_the_same(project, leader):
    """The sums of a series are made in an order that depends on the longest beside it; others' gains are not one's own.

    `project` has no target, and its leader has left.
    """
    RoleAssignment.objects.update(ends_on=TODAY - timedelta(days=60))
    for length in (5, 9, 14, 23):
        target = factories.target(factories.project(cohort=project.cohort), is_main=True, frequency="monthly")
        months = [date(2013 + n // 12, 1 + n % 12, 28) for n in range(length)]
        factories.series(target, {day: round(10.8 - 0.113 * n + 0.37 * (n % 3), 3) for n, day in enumerate(months)})
    together = list(Project.objects.select_related("cohort__programme").order_by("pk"))
    verdicts = judge(together, TODAY)
    assert [digest_of(judge([one], TODAY)[0]) for one in together] == [digest_of(verdict) for verdict in verdicts]
