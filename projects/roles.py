"""The roles people have, and what each may do. Roles are data; rights follow from them (decisions 6, 18f, 18g)."""

from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """A role in a project, or (the last group) in a programme."""

    LEADER = "leader", _("Prosjektleder")
    OWNER = "owner", _("Prosjekteier")
    BENEFIT_OWNER = "benefit_owner", _("Gevinstansvarlig")
    MEASUREMENT_RESPONSIBLE = "measurement_responsible", _("Måleansvarlig")
    LEADER_DEPUTY = "leader_deputy", _("Vara for prosjektleder")
    OWNER_DEPUTY = "owner_deputy", _("Vara for prosjekteier")
    BENEFIT_OWNER_DEPUTY = "benefit_owner_deputy", _("Vara for gevinstansvarlig")
    MEASUREMENT_DEPUTY = "measurement_responsible_deputy", _("Vara for måleansvarlig")
    UNION_REPRESENTATIVE = "union_representative", _("Tillitsvalgt")
    POLITICAL_CONTACT = "political_contact", _("Politisk kontakt")
    ADVISER = "adviser", _("Rådgiver")
    NETWORK_LEADER = "network_leader", _("Nettverksleder")
    EXTERNAL_REVIEWER = "external_reviewer", _("Ekstern vurderer")
    READER = "reader", pgettext_lazy("role", "Leser")


PROGRAMME_ROLES = frozenset({Role.ADVISER, Role.NETWORK_LEADER, Role.EXTERNAL_REVIEWER, Role.READER})
PROJECT_ROLES = frozenset(set(Role) - PROGRAMME_ROLES)


class Access(Enum):
    """What someone wants to do in a project."""

    READ = auto()
    MEASURE = auto()
    WRITE = auto()
    SIGN = auto()
    ANSWER = auto()
    ALLOCATE = auto()
    ATTEST = auto()
    REVIEW = auto()
    GRANT = auto()
    PAY = auto()
    STATE = auto()


_LEADING = {Role.LEADER, Role.LEADER_DEPUTY}
_OWNING = {Role.OWNER, Role.OWNER_DEPUTY}
_MEASURING = {
    Role.BENEFIT_OWNER,
    Role.BENEFIT_OWNER_DEPUTY,
    Role.MEASUREMENT_RESPONSIBLE,
    Role.MEASUREMENT_DEPUTY,
}
_TAKING_OUT = {Role.BENEFIT_OWNER, Role.BENEFIT_OWNER_DEPUTY}

# A reader sees what is published, never the workspace. An administrator has no rights in projects.
ROLES_WITH: dict[Access, frozenset[Role]] = {
    Access.READ: frozenset(_LEADING | _OWNING | _MEASURING | {Role.ADVISER}),
    Access.MEASURE: frozenset(_LEADING | _MEASURING),
    Access.WRITE: frozenset(_LEADING),
    Access.SIGN: frozenset(_OWNING),
    Access.ANSWER: frozenset(_LEADING | _OWNING),
    Access.ALLOCATE: frozenset(_LEADING | _OWNING | _TAKING_OUT),
    Access.ATTEST: frozenset(_TAKING_OUT),
    Access.REVIEW: frozenset({Role.ADVISER}),
    Access.GRANT: frozenset(_LEADING | _OWNING | {Role.ADVISER}),
    Access.PAY: frozenset({Role.ADVISER}),
    Access.STATE: frozenset({Role.UNION_REPRESENTATIVE}),  # their own statement in a report, and no more than that
}
