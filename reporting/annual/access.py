"""Which report a person may have before them: drafts are the project's own, the adviser meets what is submitted."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from projects.access import may, project_for, roles_in
from projects.models import Project
from projects.roles import ROLES_WITH, Access, Role
from reporting.annual.models import Report, Round, Submission

INSIDE = ROLES_WITH[Access.READ] - {Role.ADVISER}
SUFFIXES = {
    Round.Kind.YEAR: "",
    Round.Kind.HALF_YEAR: "-halvar",
    Round.Kind.START_UP: "-oppstart",
    Round.Kind.FINAL: "-slutt",
    Round.Kind.FOLLOW_UP: "-oppfolging",
}
TEST = "-prove"


@dataclass(frozen=True, slots=True)
class Place:
    """A project's report in a round, as one person meets it on a date. `report` is None before it is prepared."""

    project: Project
    roles: frozenset[Role]
    round: Round
    report: Report | None
    today: date

    @property
    def key(self) -> str:
        """The round in an address."""
        return round_key(self.round)

    @property
    def may_write(self) -> bool:
        """Whether the person writes the report."""
        return may(self.roles, Access.WRITE)

    @property
    def may_sign(self) -> bool:
        """Whether the person signs it."""
        return may(self.roles, Access.SIGN)

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to read."""
        return self.report is not None and self.report.started_at is not None


def round_key(round_: Round) -> str:
    """A round in an address: 2014, 2014-slutt for another kind than the annual report, 2014-prove for a test."""
    return f"{round_.year}{SUFFIXES[Round.Kind(round_.kind)]}{TEST if round_.is_test else ''}"


def round_with(programme: int, key: str) -> Round | None:
    """The round of a programme that `round_key` writes so; None when there is none."""
    year, _, suffix = key.removesuffix(TEST).partition("-")
    kinds = {ending.removeprefix("-"): kind for kind, ending in SUFFIXES.items()}
    if not (year.isdecimal() and len(year) == 4 and suffix in kinds):
        return None
    rounds = Round.objects.filter(programme=programme, year=int(year), kind=kinds[suffix], is_test=key.endswith(TEST))
    return rounds.select_related("form", "short_form").first()


def is_inside(roles: frozenset[Role]) -> bool:
    """Whether someone with these roles belongs to the project, and so may read its drafts (decision 18f)."""
    return bool(roles & INSIDE)


def place_for(user: User, slug: str, key: str, access: Access, today: date) -> Place:
    """The draft in a round for someone of the project who has the access; 404 for a stranger, 403 for the rest."""
    project, roles = project_for(user, slug, access, today)
    if not is_inside(roles):
        raise PermissionDenied
    return _place(project, roles, key, today)


def statement_place(user: User, slug: str, key: str, today: date) -> Place:
    """A report for a union representative of its project, who reads nothing else there; 403 for those who read it."""
    project = Project.objects.select_related("cohort__programme").filter(slug=slug).first()
    roles = roles_in(user, project, today) if project else frozenset[Role]()
    if project is None or not (may(roles, Access.STATE) or may(roles, Access.READ)):
        raise Http404
    if not may(roles, Access.STATE):
        raise PermissionDenied
    return _place(project, roles, key, today)


def _place(project: Project, roles: frozenset[Role], key: str, today: date) -> Place:
    found = round_with(project.cohort.programme_id, key)
    if found is None:
        raise Http404
    report = Report.objects.filter(round=found, project=project).select_related("form").first()
    if report is not None:
        report.round, report.project = found, project
    return Place(project, roles, found, report, today)


def submission_for(user: User, slug: str, number: str, access: Access, today: date) -> tuple[Place, Submission]:
    """A submitted report by its receipt number, for everyone who reads the project, the adviser too."""
    project, roles = project_for(user, slug, access, today)
    rows = Submission.objects.filter(report__project=project, number=number)
    found = rows.select_related("report__round", "report__form", "by", "signature__signed_by").first()
    if found is None:
        raise Http404
    found.report.project = project
    return Place(project, roles, found.report.round, found.report, today), found
