"""The pages that are measured answer, and what they are compared with has the same rows."""

from django.test import RequestFactory

from benefits.assessment import assess_projects
from projects.models import Project
from tests.bench import site, sizes
from tests.bench.world import TODAY, adviser, grow, watch
from tests.factories import noon


def test_the_pages_of_a_programme_are_measured(db, settings):
    grow(2)
    watch()
    grow(3)
    assess_projects(Project.objects.values_list("pk", flat=True), as_of=TODAY, now=noon(TODAY))
    found = sizes.measured(times=2)
    assert set(found) == set(sizes.MOST)
    assert all(seconds > 0 and queries > 0 for seconds, queries in found.values())
    request = RequestFactory().get("/")
    request.user = adviser()
    assert site.List(Project, site.lists).get_queryset(request).count() == 2
