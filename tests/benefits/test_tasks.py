"""The worker's tasks: one project that cannot be assessed keeps nobody else waiting."""

from datetime import date

import pytest

from benefits.assessment import due
from benefits.models import Assessment, ProgrammeThreshold
from benefits.tasks import assess_due, roll_forward
from journal.models import Heartbeat
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)


@pytest.fixture
def broken(project, monkeypatch):
    """A project whose programme has a threshold no calendar can hold, beside the others."""
    monkeypatch.setattr("saman.clock.today", lambda: TODAY)
    monkeypatch.setattr("saman.clock.now", lambda: factories.noon(TODAY))
    made = factories.project()
    ProgrammeThreshold.objects.create(
        programme=made.cohort.programme, name="grace_days", value=1e300, valid_from=TODAY,
        recorded_at=factories.noon(TODAY),
    )  # fmt: skip
    return made


@pytest.mark.parametrize(("task", "heart"), [(assess_due, "sweeper"), (roll_forward, "reconciliation")])
def test_one_project_that_fails_is_left_due_and_the_others_are_assessed(project, broken, task, heart):
    task()
    assert Assessment.objects.get().project == project
    assert list(due(TODAY)) == [broken]
    assert Heartbeat.objects.get().name == heart
