"""What was open before a date: told by dated steps, the same however often and however late it is asked."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.actor import Actor
from benefits.actions.targets import change, definition_of
from benefits.actions.warnings import report_false
from benefits.assessment import assess_projects, judge
from benefits.models import AssessmentHistory, PitfallWarning, WarningEvent
from benefits.warning_facts import changed_on, load
from journal.actions import record
from projects.asked import Asked
from projects.roles import Role
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OPENED, LATER, LEAVES = date(2014, 1, 10), date(2014, 3, 1), date(2014, 6, 30)


def assess(project, on):
    return assess_projects([project.pk], as_of=on, now=noon(on))


def known(project, day, moment=None):
    """What F3 and F5 have open; other rules have their own tests."""
    rows = load(Asked([project.pk], day, moment)).get(project.pk, {}).get("open_warnings", ())
    return [(w.rule, w.opened_on, w.acknowledged_on) for w in rows if w.rule in {"F3", "F5"}]


@pytest.fixture
def undefined(project, leader, owner):
    """A target that says neither how much nor when: F3."""
    return factories.target(project, is_main=True, values={}, effect_starts_on=date(2014, 12, 1))


@pytest.fixture
def leaning(project, leader, owner):
    """On 10 January three points of five rest on one who leaves in June; on 1 March only one of three is left."""
    leaving, staying = factories.user(), factories.user()
    factories.role(leaving, Role.MEASUREMENT_RESPONSIBLE, project, ends_on=LEAVES)
    early = (date(2014, 1, 31), date(2014, 2, 28), date(2014, 6, 15))
    effect = {"effect_starts_on": date(2014, 12, 1)}
    factories.target(project, is_main=True, measurement_responsible=leaving, planned=early, **effect)
    late = (date(2014, 7, 15), date(2014, 10, 15))
    factories.target(project, measurement_responsible=staying, planned=late, **effect)
    return project


def test_a_warning_is_known_from_the_day_after_it_opened(project, undefined):
    assess(project, OPENED)
    assert known(project, OPENED) == []
    assert known(project, OPENED + DAY) == [("F3", OPENED, None)]
    assert known(project, LATER, noon(OPENED - DAY)) == [], "nobody knew then"


def test_an_answer_says_that_somebody_has_seen_it(project, leader, undefined):
    assess(project, OPENED)
    answered = OPENED + 5 * DAY
    report_false(by=Actor(leader, noon(answered)), warning=PitfallWarning.objects.get(rule="F3"), note="Står i planen.")
    assert known(project, answered - DAY) == [("F3", OPENED, None)]
    assert known(project, answered) == [("F3", OPENED, answered)]


def test_a_closed_warning_was_open_until_the_day_it_closed(project, leader, undefined):
    assess(project, OPENED)
    definition = replace(definition_of(undefined.versions.get()), values=((date(2015, 12, 31), Decimal(9)),))
    change(by=Actor(leader, noon(LATER)), target=undefined, version=1, definition=definition)
    assess(project, LATER)
    warning = PitfallWarning.objects.get(rule="F3")
    assert (warning.closed_on, warning.last_seen_on) == (LATER, OPENED)
    assert known(project, LATER) == [("F3", OPENED, None)]
    assert known(project, LATER + DAY) == []
    assert known(project, LATER + DAY, noon(LATER - DAY)) == [("F3", OPENED, None)], "as was known the day before"


def test_answers_are_no_facts_and_a_change_is(project, leader, undefined):
    assess(project, OPENED)
    report_false(
        by=Actor(leader, noon(OPENED + DAY)), warning=PitfallWarning.objects.get(rule="F3"), note="Står i planen."
    )
    before = changed_on([project.pk], LATER, None)
    change(
        by=Actor(leader, noon(LATER)), target=undefined, version=1, definition=definition_of(undefined.versions.get())
    )
    assert before == {}, "what a test puts straight into the tables is no action"
    assert changed_on([project.pk], LATER, None) == {project.pk: LATER}
    assert changed_on([project.pk], LATER - DAY, None) == before == changed_on([project.pk], LATER, noon(LATER - DAY))


@pytest.mark.parametrize("action", ["grant_added", "statement_signed", "archive_addresses_changed"])
def test_what_no_rule_reads_closes_no_warning(leaning, action):
    assess(leaning, OPENED)
    stream, at = f"project:{leaning.pk}", noon(LATER)
    record(stream=stream, action=action, obj=("row", 1), actor_id=None, at=at, request_id="", data={})
    assert changed_on([leaning.pk], LATER, None) == {}
    record(stream=stream, action="target_changed", obj=("row", 1), actor_id=None, at=at, request_id="", data={})
    assert changed_on([leaning.pk], LATER, None) == {leaning.pk: LATER}, "the control: a fact does"


def test_a_warning_the_calendar_would_close_is_held_and_says_since_when(leaning):
    assess(leaning, OPENED)
    assess(leaning, LATER)
    warning = PitfallWarning.objects.get(rule="F5")
    assert (warning.closed_on, warning.held_since, warning.last_seen_on) == (None, LATER, OPENED)
    assert [row["value"] for row in warning.evidence if row["label"] == "nothing_new_since"] == ["2014-01-10"]


def test_a_full_evaluation_with_newer_facts_closes_it(leaning, leader):
    assess(leaning, OPENED)
    assess(leaning, LATER)
    target = leaning.targets.first()
    change(
        by=Actor(leader, noon(LATER + DAY)), target=target, version=1, definition=definition_of(target.versions.get())
    )
    assess(leaning, LATER + DAY)
    warning = PitfallWarning.objects.get(rule="F5")
    assert (warning.closed_on, warning.last_seen_on) == (LATER + DAY, OPENED)
    kinds = list(warning.events.values_list("kind", flat=True))
    assert kinds == [WarningEvent.Kind.OPENED, WarningEvent.Kind.CLOSED]


def test_what_was_stored_on_each_day_can_be_judged_again(leaning, leader):
    """Hysteresis included: also a day whose verdict was held by what was open before it."""
    days = [OPENED, LATER, LATER + DAY, LATER + 9 * DAY]
    for day in days:
        if day == days[2]:
            target = leaning.targets.first()
            change(
                by=Actor(leader, noon(day)), target=target, version=1, definition=definition_of(target.versions.get())
            )
        assess(leaning, day)
    pitfalls = []
    for day in days:
        stored = AssessmentHistory.objects.filter(project=leaning, as_of__lte=day).latest("as_of", "pk")
        (again,) = judge([leaning], day, noon(day))
        level = again.pitfalls["F5"]
        assert stored.pitfalls["F5"] == level
        pitfalls.append(level)
    assert pitfalls == [2, 2, 0, 0]
