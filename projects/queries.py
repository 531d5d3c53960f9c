"""What the set-up pages ask."""

from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from accounts.models import User
from municipalities.models import Municipality
from projects.models import Cohort, Programme, Project, RoleAssignment
from saman.sorting import norwegian


def programmes_to_set_up() -> QuerySet[Programme]:
    """All programmes with how many cohorts, projects and projects in use each has."""
    return Programme.objects.annotate(
        cohort_count=Count("cohorts", distinct=True),
        project_count=Count("cohorts__projects", distinct=True),
        followed_count=Count(
            "cohorts__projects", filter=Q(cohorts__projects__followed_since__isnull=False), distinct=True
        ),
    ).order_by("name")


def cohorts_of(programme: Programme) -> QuerySet[Cohort]:
    """A programme's cohorts with how many projects each has, and how many are in use."""
    return programme.cohorts.annotate(
        project_count=Count("projects"),
        followed_count=Count("projects", filter=Q(projects__followed_since__isnull=False)),
    )


def projects_of(cohort: Cohort) -> QuerySet[Project]:
    """A cohort's projects with their municipalities, for a list."""
    return cohort.projects.prefetch_related("participations__municipality")


def live_roles(of: Project | Programme, on: date) -> QuerySet[RoleAssignment]:
    """Roles as known now, past (`is_past` on a date) and coming ones too, the newest first."""
    is_past = ExpressionWrapper(Q(ends_on__isnull=False, ends_on__lt=on), output_field=BooleanField())
    rows = of.roles.filter(superseded_at=None).annotate(is_past=is_past)
    return rows.select_related("person", "municipality").order_by("-starts_on", "role", "pk")


def places_on(day: date) -> list[Municipality]:
    """Municipalities that existed on a date, in alphabetical order."""
    return sorted(Municipality.objects.valid_on(day), key=lambda place: norwegian(place.name))


def people_found(query: str, on: date) -> tuple[list[User], int]:
    """Those whose name or address holds the text, by name, with `role_count` roles on a date; and how many all are."""
    has_role_now = Q(role_assignments__superseded_at=None, role_assignments__starts_on__lte=on) & (
        Q(role_assignments__ends_on=None) | Q(role_assignments__ends_on__gte=on)
    )
    rows = User.objects.annotate(role_count=Count("role_assignments", filter=has_role_now))
    found = [row for row in rows if query.casefold() in f"{row.name} {row.email}".casefold()]
    return sorted(found, key=lambda row: norwegian(row.name or row.email)), len(rows)
