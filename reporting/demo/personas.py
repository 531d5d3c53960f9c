"""Whom one may be in the demonstration: someone in each role, and the leaders of the stories worth seeing."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.demo import Persona
from accounts.models import User
from projects.models import RoleAssignment
from projects.roles import Role
from saman import clock

# The project's name in the catalogue, and the role: its story is in stories.py.
CHOSEN = (
    ("", Role.ADVISER),
    ("Hamar", Role.LEADER),
    ("Hamar", Role.OWNER),
    ("Hamar", Role.BENEFIT_OWNER),
    ("Salangen", Role.LEADER),
    ("Tolga", Role.LEADER),
    ("Sørum", Role.LEADER),
    ("Listerregionen", Role.LEADER),
    ("Grong", Role.BENEFIT_OWNER),
    ("", Role.READER),
)
ICONS = {Role.ADVISER: "building", Role.OWNER: "owner", Role.BENEFIT_OWNER: "ruler", Role.READER: "book"}


def describe(people: QuerySet[User]) -> list[Persona]:
    """One line for each of the chosen who has the role today, and one for each administrator."""
    roles = RoleAssignment.objects.active_on(clock.today()).filter(
        Q(project=None) | Q(project__catalogue_name__in={name for name, _role in CHOSEN if name}), person__in=people
    )
    found: dict[tuple[str, str], RoleAssignment] = {}
    for row in roles.select_related("project").order_by("id"):
        found.setdefault((row.project.catalogue_name if row.project else "", row.role), row)
    administrators = people.filter(is_administrator=True).order_by("pk")
    return [_with_role(found[key]) for key in CHOSEN if key in found] + [_administrator(row) for row in administrators]


def _with_role(row: RoleAssignment) -> Persona:
    place = row.project.title if row.project else _("hele programmet")
    role = Role(row.role)
    return Persona(user_id=row.person_id, role=str(role.label), place=place, icon=ICONS.get(role, "person"))


def _administrator(person: User) -> Persona:
    return Persona(user_id=person.pk, role=_("Administrator"), place=_("setter opp programmer"), icon="tools")
