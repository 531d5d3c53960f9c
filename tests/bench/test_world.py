"""The world that is measured keeps up with the tables: it is set in past the models, so a new column could break it."""

from benefits.assessment import assess_projects
from benefits.models import Assessment, Measurement
from projects.models import Project
from tests.bench.world import FEWEST, TARGETS, TODAY, grow
from tests.factories import noon


def test_the_world_grows_from_size_to_size_and_can_be_judged(db):
    grow(1)
    grow(2)
    assert Measurement.objects.count() >= 2 * TARGETS * FEWEST
    assess_projects(Project.objects.values_list("pk", flat=True), as_of=TODAY, now=noon(TODAY))
    assert Assessment.objects.count() == 2
