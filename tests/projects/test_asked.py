"""What loaders of facts are asked: what one has read is there for the others, and only what is there is read."""

from datetime import date

import pytest

from projects.asked import Asked
from projects.models import Programme, ProjectFrame, ProjectMunicipality
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
DAY = date(2015, 1, 22)


def test_one_question_says_which_rooms_are_used(django_assert_num_queries):
    bare, placed = factories.project(), factories.project(factories.municipality())
    ProjectMunicipality.objects.filter(project=bare).delete()
    asked = Asked([bare.pk, placed.pk], DAY)
    with django_assert_num_queries(1):
        assert asked.has(ProjectMunicipality)
        assert not asked.has(ProjectFrame)
    assert not Asked([bare.pk], DAY).has(ProjectMunicipality)
    assert not Asked([], DAY).has(ProjectMunicipality)


def test_what_is_no_room_of_projects_cannot_be_asked_about(project):
    with pytest.raises(KeyError):
        Asked([project.pk], DAY).has(Programme)


def test_what_is_read_once_is_of_these_projects_alone(project, other_project):
    read = lambda asked: list(asked.project_ids)  # noqa: E731
    first, second = Asked([project.pk], DAY), Asked([other_project.pk], DAY)
    assert first.once(read) is first.once(read)
    assert second.once(read) == [other_project.pk]


def test_a_day_is_looked_at_from_its_end_unless_it_is_known_earlier():
    assert Asked([], DAY).moment.isoformat() == "2015-01-23T00:00:00+01:00"
    assert Asked([], DAY, noon(DAY)).moment == noon(DAY)
