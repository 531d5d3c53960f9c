"""Load and permission are one call: who gets the project, who is refused it, for whom it does not exist."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from projects.access import project_for
from projects.roles import Access
from tests.factories import START

REFUSED, UNKNOWN, GIVEN = "403", "404", "given"
MATRIX = {
    "leader": {
        Access.READ: GIVEN,
        Access.MEASURE: GIVEN,
        Access.WRITE: GIVEN,
        Access.SIGN: REFUSED,
        Access.REVIEW: REFUSED,
    },
    "owner": {
        Access.READ: GIVEN,
        Access.MEASURE: REFUSED,
        Access.WRITE: REFUSED,
        Access.SIGN: GIVEN,
        Access.REVIEW: REFUSED,
    },
    "benefit_owner": {
        Access.READ: GIVEN,
        Access.MEASURE: GIVEN,
        Access.WRITE: REFUSED,
        Access.SIGN: REFUSED,
        Access.REVIEW: REFUSED,
    },
    "adviser": {
        Access.READ: GIVEN,
        Access.MEASURE: REFUSED,
        Access.WRITE: REFUSED,
        Access.SIGN: REFUSED,
        Access.REVIEW: GIVEN,
    },
    "reader": dict.fromkeys(Access, UNKNOWN),
    "admin": dict.fromkeys(Access, UNKNOWN),
    "stranger": dict.fromkeys(Access, UNKNOWN),
    "other_leader": dict.fromkeys(Access, UNKNOWN),
}


@pytest.mark.parametrize(
    ("persona", "access", "expected"),
    [(persona, access, expected) for persona, row in MATRIX.items() for access, expected in row.items()],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_role_gives_exactly_this(request, project, persona, access, expected):
    user = request.getfixturevalue(persona)
    assert _outcome(user, project, access) == expected


def test_a_role_gives_nothing_before_it_starts(project, leader):
    leader.role_assignments.update(starts_on=START.replace(year=2014))
    assert _outcome(leader, project, Access.READ) == UNKNOWN


def test_someone_deactivated_has_no_roles(project, leader):
    leader.is_active = False
    leader.save()
    assert _outcome(leader, project, Access.READ) == UNKNOWN


def _outcome(user, project, access):
    try:
        given, _roles = project_for(user, project.slug, access, START)
    except Http404:
        return UNKNOWN
    except PermissionDenied:
        return REFUSED
    return GIVEN if given == project else "another"
