"""Load and permission in one call: nobody can hold a project without having passed the check."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import User
from projects.models import Programme, Project, RoleAssignment
from projects.roles import PROJECT_ROLES, ROLES_WITH, Access, Role


def roles_in(user: User, project: Project, on: date) -> frozenset[Role]:
    """The roles a person has in a project on a date, its programme's roles included. Inactive people have none."""
    if not user.is_active:
        return frozenset()
    assignments = RoleAssignment.objects.active_on(on).filter(
        Q(project=project) | Q(programme=project.cohort.programme_id), person=user
    )
    return frozenset(Role(value) for value in assignments.values_list("role", flat=True))


def may(roles: frozenset[Role], access: Access) -> bool:
    """Whether any of the roles gives the access."""
    return bool(roles & ROLES_WITH[access])


def is_inside(roles: frozenset[Role]) -> bool:
    """Whether any of the roles lets someone into the project as one of its own, not only as its programme's."""
    return bool(roles & ROLES_WITH[Access.READ] & PROJECT_ROLES)


def project_for(user: User, slug: str, access: Access, on: date, *related: str) -> tuple[Project, frozenset[Role]]:
    """The project and the person's roles in it; 404 for a stranger, 403 for someone who may read but not this.

    `related`: what else is fetched with the project.
    """
    project = Project.objects.select_related("cohort__programme", *related).filter(slug=slug).first()
    if project is None:
        raise Http404
    roles = standing(user, on).in_project(project)
    if not may(roles, Access.READ):
        raise Http404
    if not may(roles, access):
        raise PermissionDenied
    return project, roles


def readable_projects(user: User, on: date) -> QuerySet[Project]:
    """Projects whose workspace a person may read on a date."""
    if not user.is_active:
        return Project.objects.none()
    live = RoleAssignment.objects.active_on(on).filter(person=user, role__in=ROLES_WITH[Access.READ])
    return Project.objects.filter(Q(pk__in=live.values("project")) | Q(cohort__programme__in=live.values("programme")))


def own_projects(user: User, on: date) -> QuerySet[Project]:
    """Projects a person has a role of their own in, and so has work in."""
    live = RoleAssignment.objects.active_on(on).filter(person=user, role__in=ROLES_WITH[Access.READ])
    return Project.objects.filter(pk__in=live.values("project"))


def advised_programmes(user: User, on: date) -> QuerySet[Programme]:
    """Programmes a person is adviser for."""
    live = RoleAssignment.objects.active_on(on).filter(person=user, role=Role.ADVISER)
    return Programme.objects.filter(pk__in=live.values("programme"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person can go to: the programmes they advise, in their order, and the slugs of their own projects.

    `held`: each role with the project or the programme it is in.
    """

    programmes: tuple[Programme, ...] = ()
    projects: tuple[str, ...] = ()
    held: tuple[tuple[Role, int | None, int | None], ...] = ()

    def in_project(self, project: Project) -> frozenset[Role]:
        """The roles in a project, its programme's included."""
        programme = project.cohort.programme_id
        return frozenset(role for role, own, wide in self.held if own == project.pk or wide == programme)


def standing(user: User, on: date) -> Standing:
    """Where a person stands on a date, for menu and pages: asked once for each request's user, never by an action.

    An action that changes roles has its answer by `roles_in`, which is asked anew each time.
    """
    if not user.is_active:
        return Standing()
    known: dict[date, Standing] = user.__dict__.setdefault("_standing", {})
    if on not in known:
        found = list(RoleAssignment.objects.active_on(on).filter(person=user).select_related("programme", "project"))
        advised = {row.programme for row in found if row.programme and row.role == Role.ADVISER}
        own = {row.project.slug for row in found if row.project and row.role in ROLES_WITH[Access.READ]}
        known[on] = Standing(
            tuple(sorted(advised, key=lambda programme: programme.pk)),
            tuple(sorted(own)),
            tuple((Role(row.role), row.project_id, row.programme_id) for row in found),
        )
    return known[on]


def programme_for(user: User, slug: str, on: date) -> Programme:
    """A programme whose portfolio an adviser may read; 404 otherwise."""
    for programme in standing(user, on).programmes:
        if programme.slug == slug:
            return programme
    raise Http404


def watched_programme(user: User, slug: str, on: date) -> Programme:
    """The programme, for its advisers and for administrators; 404 otherwise."""
    if not user.is_administrator:
        return programme_for(user, slug, on)
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        raise Http404
    return programme
