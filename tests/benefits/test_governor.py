"""The governor: what holds a rule, that the hold is a dated fact, and that only an administrator lets it go."""

from datetime import date, timedelta

import pytest

from accounts.actor import Actor, NotAllowed
from benefits.actions.governor import NotHeld, ReasonMissing, govern, release
from benefits.actions.warnings import report_false
from benefits.assessment import assess_projects, due, judge
from benefits.engine.governor import FEWEST_PROJECTS
from benefits.governor import held_rules, records
from benefits.models import AssessmentHistory, GovernorHold, PitfallWarning
from benefits.tasks import reconcile_all
from journal.models import AuditEvent
from projects.roles import Role
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2015, 1, 22)


@pytest.fixture
def crowd(programme):
    """Ten projects with F3: three have an initiative under way and no baseline (CRITICAL), the rest have no target."""
    cohort = factories.cohort(programme=programme)
    projects = [factories.project(cohort=cohort) for _ in range(FEWEST_PROJECTS)]
    for project in projects[:3]:
        started = date(2014, 1, 1)
        factories.target(project, baseline_value=None, baseline_on=None, effect_starts_on=started, is_main=True)
    assess(projects, TODAY)
    return projects


def assess(projects, on):
    return assess_projects([project.pk for project in projects], as_of=on, now=noon(on))


def run(programme, on=TODAY):
    return govern(programme=programme, as_of=on, now=noon(on))


def of(programme, rule, on=TODAY):
    return next(found for found in records(programme, on) if found.rule == rule)


def levels(projects, rule, on, moment=None):
    return [verdict.pitfalls[rule] for verdict in judge(projects, on, moment)][:3]


def test_a_rule_critical_in_over_a_fifth_is_held_at_watch_from_then_on(programme, crowd):
    assert of(programme, "F3").tally.critical == 3
    assert levels(crowd, "F3", TODAY) == [4, 4, 4]
    assert run(programme) == ["F3"]
    row = GovernorHold.objects.get()
    assert (row.rule, row.ground, row.part, row.whole, row.held_on) == ("F3", "critical", 3, 10, TODAY)
    assert due(TODAY).filter(pk=crowd[0].pk).exists(), "every project is to be judged anew"
    assert levels(crowd, "F3", TODAY) == [2, 2, 2]
    assert run(programme) == [], "twice is once"
    assert AuditEvent.objects.filter(action="rule_held").count() == 1


def test_what_was_said_before_the_hold_can_be_said_again(programme, crowd):
    run(programme, TODAY + DAY)
    assess(crowd, TODAY + DAY)
    assert levels(crowd, "F3", TODAY, noon(TODAY)) == [4, 4, 4]
    assert levels(crowd, "F3", TODAY + DAY, noon(TODAY + DAY)) == [2, 2, 2]
    rows = AssessmentHistory.objects.filter(project=crowd[0]).order_by("as_of")
    assert [row.pitfalls["F3"] for row in rows] == [4, 2]


def test_one_in_five_is_not_too_many(programme, crowd):
    PitfallWarning.objects.filter(project=crowd[0]).update(severity=3)
    assert run(programme) == []


def test_an_administrator_lets_it_go_with_a_reason_and_that_lasts(programme, crowd, admin, adviser):
    run(programme)
    with pytest.raises(NotAllowed):
        release(by=Actor(adviser, noon(TODAY)), programme=programme, rule="F3", reason="Riktige varsler.")
    by = Actor(admin, noon(TODAY + DAY))
    with pytest.raises(ReasonMissing):
        release(by=by, programme=programme, rule="F3", reason=" ")
    release(by=by, programme=programme, rule="F3", reason="Riktige varsler.")
    with pytest.raises(NotHeld):
        release(by=by, programme=programme, rule="F3", reason="Riktige varsler.")
    assert held_rules([programme.pk], TODAY, None) == {programme.pk: ("F3",)}
    assert held_rules([programme.pk], TODAY + DAY, None) == {}
    assert held_rules([programme.pk], TODAY + DAY, noon(TODAY)) == {programme.pk: ("F3",)}
    assess(crowd, TODAY + DAY)
    assert run(programme, TODAY + DAY) == []
    assert run(programme, TODAY + 90 * DAY) == []
    assert run(programme, TODAY + 92 * DAY) == ["F3"]


def test_figures_that_get_worse_end_a_release(programme, crowd, admin):
    run(programme)
    release(by=Actor(admin, noon(TODAY)), programme=programme, rule="F3", reason="Riktige varsler.")
    factories.target(crowd[3], baseline_value=None, baseline_on=None, effect_starts_on=date(2014, 1, 1))
    assess(crowd, TODAY)
    assert run(programme) == ["F3"]


def test_a_rule_said_to_be_wrong_too_often_is_held_by_the_answer_itself(programme, crowd):
    """Ten F3 warnings in the year; the third report of a false one makes it over a quarter."""
    leader = factories.user()
    for project in crowd:
        factories.role(leader, Role.LEADER, project)
    PitfallWarning.objects.update(severity=3)
    warnings = list(PitfallWarning.objects.filter(rule="F3").order_by("pk"))
    assert len(warnings) == 10
    for number, warning in enumerate(warnings[:3]):
        assert GovernorHold.objects.exists() is False, number
        report_false(by=Actor(leader, noon(TODAY)), warning=warning, note="Nullpunktet står i planen.")
    row = GovernorHold.objects.get()
    assert (row.rule, row.ground, row.part, row.whole) == ("F3", "false", 3, 10)
    record = of(programme, "F3")
    assert (record.opened, record.tally.false, record.false_share) == (10, 3, 0.3)


def test_the_night_looks(programme, crowd, settings):
    reconcile_all()
    assert GovernorHold.objects.get().rule == "F3"


def test_a_record_counts_what_was_closed_and_how_long_it_took(programme, crowd):
    PitfallWarning.objects.filter(project=crowd[0], rule="F3").update(
        opened_on=TODAY - 20 * DAY, closed_on=TODAY - 10 * DAY
    )
    PitfallWarning.objects.filter(project=crowd[1], rule="F3").update(
        opened_on=TODAY - 40 * DAY, closed_on=TODAY - 10 * DAY
    )
    found = of(programme, "F3")
    assert (found.open_now, found.opened, found.closed, found.days_to_close) == (8, 10, 2, 20)
    old = TODAY - 365 * DAY
    PitfallWarning.objects.filter(project=crowd[1], rule="F3").update(opened_on=old)
    assert of(programme, "F3").opened == 9


def test_the_administrators_hold_is_the_programmes_own(programme, crowd):
    run(programme)
    other = factories.project()
    assert held_rules([other.cohort.programme_id], TODAY, None) == {}
    assert run(other.cohort.programme) == []
