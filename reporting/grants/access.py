"""Who sees a grant and who writes what in it. An administrator pays out as an adviser does, and has no other right."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from projects.access import may, project_for, roles_in
from projects.models import Project
from projects.roles import Access, Role

FOR_ADMINISTRATORS = frozenset({Access.GRANT, Access.PAY})


def grant_project(user: User, slug: str, access: Access, today: date) -> tuple[Project, frozenset[Role]]:
    """The project and the person's roles in it; 404 for a stranger, 403 for someone who may not do this."""
    if not user.is_administrator:
        return project_for(user, slug, access, today)
    project = Project.objects.select_related("cohort__programme").filter(slug=slug).first()
    if project is None:
        raise Http404
    if not may_in_grant(user, project, access, today):
        raise PermissionDenied
    return project, roles_in(user, project, today)


def may_in_grant(user: User, project: Project, access: Access, today: date) -> bool:
    """Whether a person may do something with a project's grant."""
    is_for_all = user.is_active and user.is_administrator and access in FOR_ADMINISTRATORS
    return is_for_all or may(roles_in(user, project, today), access)
