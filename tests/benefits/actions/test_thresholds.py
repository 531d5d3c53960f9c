"""A programme's own thresholds: dated, never overwritten, audited; a past verdict is made from those of its time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.actor import Actor, NotAllowed
from benefits.actions.thresholds import NothingChanged, OutOfBounds, ReasonMissing, change_threshold
from benefits.assessment import assess_projects, due, judge
from benefits.engine.thresholds import DEFAULT
from benefits.models import ProgrammeThreshold
from benefits.programme_thresholds import thresholds_on
from journal.models import AuditEvent
from projects.actions.setup import StaleEdit
from projects.models import Project
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)
NAME = "default_tolerance"


def change(admin, programme, value=0.2, *, on=TODAY, version=1, name=NAME, reason="Små kommuner"):
    return change_threshold(
        by=Actor(admin, noon(on)), programme=programme, name=name, version=version, value=value, reason=reason
    )


def tolerance(programme, as_of=TODAY, known_at=None):
    return thresholds_on([programme.pk], as_of, known_at)[programme.pk].default_tolerance


def test_a_change_holds_from_its_day_and_not_before(programme, admin):
    change(admin, programme)
    assert tolerance(programme) == 0.2
    assert tolerance(programme, TODAY - timedelta(days=1)) == DEFAULT.default_tolerance


def test_what_was_known_earlier_is_still_found(programme, admin):
    change(admin, programme, 0.2, on=TODAY)
    change(admin, programme, 0.3, on=TODAY + timedelta(days=40), version=2)
    later = TODAY + timedelta(days=60)
    assert tolerance(programme, later) == 0.3
    assert tolerance(programme, later, known_at=noon(TODAY + timedelta(days=10))) == 0.2
    assert tolerance(programme, TODAY + timedelta(days=10)) == 0.2


def test_two_changes_on_one_day_keep_both_rows_and_the_last_one_holds(programme, admin):
    first = change(admin, programme, 0.2)
    change(admin, programme, 0.3, version=2)
    assert tolerance(programme) == 0.3
    first.refresh_from_db()
    assert first.superseded_at == noon(TODAY)
    assert first.value == 0.2


def test_back_to_the_default_is_a_row_of_its_own(programme, admin):
    change(admin, programme)
    change(admin, programme, None, on=TODAY + timedelta(days=1), version=2)
    assert tolerance(programme, TODAY + timedelta(days=1)) == DEFAULT.default_tolerance
    assert tolerance(programme, TODAY) == 0.2
    assert ProgrammeThreshold.objects.count() == 2


def test_whole_numbers_reach_the_engine_as_whole_numbers(programme, admin):
    change(admin, programme, 400.0, name="sustained_days")
    value = thresholds_on([programme.pk], TODAY)[programme.pk].sustained_days
    assert (value, type(value)) == (400, int)


def test_a_change_is_audited_and_makes_the_programmes_projects_due(project, admin):
    assess_projects([project.pk], as_of=TODAY, now=noon(TODAY))
    assert not due(TODAY).exists()
    change(admin, project.cohort.programme)
    assert list(due(TODAY)) == [project]
    event = AuditEvent.objects.get(action="threshold_changed")
    assert event.data == {"name": NAME, "before": None, "value": 0.2}
    assert event.actor_id == admin.pk


@pytest.mark.parametrize("value", [-0.1, 0.51, 7])
def test_a_value_outside_the_bounds_is_refused(programme, admin, value):
    with pytest.raises(OutOfBounds):
        change(admin, programme, value)
    assert not ProgrammeThreshold.objects.exists()


def test_part_of_a_day_is_refused(programme, admin):
    with pytest.raises(OutOfBounds):
        change(admin, programme, 30.5, name="leaving_days")


def test_a_change_needs_a_reason_a_difference_and_the_newest_version(programme, admin):
    with pytest.raises(ReasonMissing):
        change(admin, programme, reason="  ")
    with pytest.raises(NothingChanged):
        change(admin, programme, None)
    change(admin, programme)
    with pytest.raises(StaleEdit):
        change(admin, programme, 0.3)
    assert tolerance(programme) == 0.2


def test_only_an_administrator_may(programme, adviser):
    with pytest.raises(NotAllowed):
        change(adviser, programme)


def test_a_threshold_the_engine_no_longer_has_stops_nothing(programme):
    ProgrammeThreshold.objects.create(
        programme=programme, name="retired", value=1, valid_from=TODAY, recorded_at=noon(TODAY)
    )
    assert thresholds_on([programme.pk], TODAY)[programme.pk] == DEFAULT


def test_a_past_verdict_is_made_from_the_thresholds_of_its_time(project, admin):
    target = factories.target(
        project, values={date(2015, 12, 31): 36}, planned=(date(2014, 12, 31),), title="Heltid",
        kind="register_share", direction=1, baseline_value=Decimal(20), baseline_points=1, population=700_000,
    )  # fmt: skip
    factories.series(target, {date(2013, 12, 31): 23, date(2014, 12, 31): 28.5})
    before, after = TODAY - timedelta(days=1), TODAY
    change(admin, project.cohort.programme, 0.3)
    projects = list(Project.objects.select_related("cohort__programme"))
    states = [str(judge(projects, day)[0].targets[0].state) for day in (before, after)]
    assert states == ["behind", "on_track"]
    [unaware] = judge(projects, after, known_at=noon(before))
    assert str(unaware.targets[0].state) == "behind"
