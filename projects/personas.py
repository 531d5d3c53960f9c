"""What the demonstration's sign-in page says about each of its people: the role, and where."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.demo import Persona
from accounts.models import User
from projects.models import RoleAssignment
from projects.roles import Role
from saman import clock

ORDER = [Role.ADVISER, Role.LEADER, Role.OWNER, Role.BENEFIT_OWNER, Role.MEASUREMENT_RESPONSIBLE, Role.READER]
ICONS = {
    Role.ADVISER: "building",
    Role.OWNER: "owner",
    Role.BENEFIT_OWNER: "ruler",
    Role.MEASUREMENT_RESPONSIBLE: "ruler",
    Role.READER: "book",
}


def describe(people: QuerySet[User]) -> list[Persona]:
    """One line for each person, by the first of their roles today: advisers first, administrators last."""
    roles = (
        RoleAssignment.objects.active_on(clock.today())
        .filter(person__in=people)
        .select_related("project", "programme")
        .order_by("project__list_order", "person", "id")
    )
    first: dict[int, RoleAssignment] = {}
    for row in sorted(roles, key=lambda row: _rank(row.role)):
        first.setdefault(row.person_id, row)
    administrators = people.filter(is_administrator=True).exclude(pk__in=first).order_by("pk")
    return [_with_role(row) for row in first.values()] + [_administrator(person) for person in administrators]


def _rank(role: str) -> int:
    return ORDER.index(Role(role)) if role in ORDER else len(ORDER)


def _with_role(row: RoleAssignment) -> Persona:
    place = row.project.title if row.project else _("hele programmet")
    role = Role(row.role)
    return Persona(user_id=row.person_id, role=str(role.label), place=place, icon=ICONS.get(role, "person"))


def _administrator(person: User) -> Persona:
    return Persona(user_id=person.pk, role=_("Administrator"), place=_("setter opp programmer"), icon="tools")
