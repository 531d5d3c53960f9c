"""Whom one may be in the demonstration: someone in each role, and the leaders of the stories worth seeing."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.demo import Persona
from accounts.models import User
from projects.models import RoleAssignment
from projects.roles import Role
from reporting.demo.people import ASKED, OTHER_PARTS
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
# The rest of the roles a project or a programme knows, offered further down.
MORE = (
    *(("Hamar", Role(role)) for role in OTHER_PARTS),
    (ASKED, Role.UNION_REPRESENTATIVE),
    ("", Role.NETWORK_LEADER),
    ("", Role.EXTERNAL_REVIEWER),
)
ICONS = {Role.ADVISER: "building", Role.OWNER: "owner", Role.BENEFIT_OWNER: "ruler", Role.READER: "book"}


def describe(people: QuerySet[User]) -> list[Persona]:
    """One line for each of the chosen who has the role today, for each administrator, and for the rest of the roles."""
    roles = RoleAssignment.objects.active_on(clock.today()).filter(
        Q(project=None) | Q(project__catalogue_name__in={name for name, _role in CHOSEN if name}), person__in=people
    )
    found: dict[tuple[str, str], RoleAssignment] = {}
    for row in roles.select_related("project").order_by("id"):
        found.setdefault((row.project.catalogue_name if row.project else "", row.role), row)
    others = roles.filter(project=None, role=Role.ADVISER).order_by("id")[1:]
    administrators = people.filter(is_administrator=True).order_by("pk")
    first = [_with_role(found[key]) for key in CHOSEN if key in found]
    more = [_with_role(found[key], is_more=True) for key in MORE if key in found]
    return [*first, *(_administrator(row) for row in administrators), *map(_other_adviser, others), *more]


def _with_role(row: RoleAssignment, *, is_more: bool = False) -> Persona:
    place = row.project.title if row.project else _("hele programmet")
    role = Role(row.role)
    return Persona(row.person_id, str(role.label), place, ICONS.get(role, "person"), is_more)


def _other_adviser(row: RoleAssignment) -> Persona:
    """One who reads independently of the first."""
    return Persona(row.person_id, _("Rådgiver nummer to"), _("hele programmet"), "building", is_more=True)


def _administrator(person: User) -> Persona:
    return Persona(user_id=person.pk, role=_("Administrator"), place=_("setter opp programmer"), icon="tools")
