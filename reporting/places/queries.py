"""What the page of a municipality shows, of the projects one reader may open: each by its own verdict."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from accounts.models import User
from benefits.freed_sums import FreedSum, freed_sum
from benefits.models import Assessment, TargetStatus, TargetVersion
from municipalities.models import Municipality
from projects.access import own_projects, readable_projects
from projects.models import Project


@dataclass(frozen=True, slots=True)
class PlaceProject:
    """A project the municipality takes part in, alone or with others.

    `here` is what it has freed in this municipality, `unshared` what it has freed without saying where; a joint
    project's may be in any of them. None where it keeps no ledger.
    """

    project: Project
    assessment: Assessment | None
    themes: list[str]
    results: list[str]
    is_joint: bool
    is_own: bool
    here: FreedSum | None
    unshared: FreedSum | None

    @property
    def is_hidden(self) -> bool:
        """Whether the reader is outside, and the time is about so few that somebody could be known by it."""
        return self.here is not None and self.here.is_hidden and not self.is_own

    @property
    def is_unshared_hidden(self) -> bool:
        """The same for what is freed without saying where."""
        return self.unshared is not None and self.unshared.is_hidden and not self.is_own


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality with the projects the reader may open; `total` is of those, each hour once."""

    municipality: Municipality
    projects: list[PlaceProject]
    total: FreedSum

    @property
    def has_unshared(self) -> bool:
        """Whether a joint project has freed time without saying where."""
        return any(row.unshared for row in self.projects)

    @property
    def is_hidden(self) -> bool:
        """Whether the sum would tell a figure that is hidden beside it."""
        return any(row.is_hidden for row in self.projects)


def place_page(number: str, user: User, today: date) -> Place | None:
    """The municipality with a number, for someone who may open one of its projects; None for everybody else."""
    if not number.isdecimal():  # also what no database may be asked about, such as NUL
        return None
    rows = (
        readable_projects(user, today)
        .filter(municipalities__number=number)
        .exclude(participation=Project.Participation.WITHDRAWN)
        .select_related("cohort__programme", "assessment")
        .prefetch_related("themes")
        .distinct()
    )
    projects = list(rows)
    if not projects:
        return None
    ids = [project.pk for project in projects]
    municipality = (
        Municipality.objects.filter(number=number, projects__in=ids).select_related("county").order_by("-valid_from")[0]
    )
    own = set(own_projects(user, today).filter(pk__in=ids).values_list("pk", flat=True))
    sizes = dict(Project.objects.filter(pk__in=ids).annotate(n=Count("municipalities")).values_list("pk", "n"))
    results = _results(ids)
    made = [_row(project, municipality, sizes[project.pk], results[project.pk], own) for project in projects]
    kept = [(row.here_parts, row.as_of) for row in made]
    return Place(municipality, [row.shown for row in made], freed_sum(kept))


@dataclass(frozen=True, slots=True)
class _Row:
    shown: PlaceProject
    here_parts: list[dict[str, Any]]
    as_of: date | None


def _row(project: Project, municipality: Municipality, places: int, results: list[str], own: Iterable[int]) -> _Row:
    """In a project of one municipality everything is freed there; in a joint one, what the ledger says was."""
    assessment = getattr(project, "assessment", None)
    parts = list(assessment.freed_time) if assessment else []
    as_of = assessment.as_of if assessment else None
    here = parts if places == 1 else [part for part in parts if part["place"] == municipality.pk]
    unsaid = [] if places == 1 else [part for part in parts if part["place"] is None]
    shown = PlaceProject(
        project=project,
        assessment=assessment if project.followed_since else None,
        themes=[str(theme) for theme in project.themes.all()],
        results=results,
        is_joint=places > 1,
        is_own=project.pk in own,
        here=freed_sum([(here, as_of)]) if here else None,
        unshared=freed_sum([(unsaid, as_of)]) if unsaid else None,
    )
    return _Row(shown, here, as_of)


def _results(projects: Iterable[int]) -> dict[int, list[str]]:
    """How each effect target goes, by project, in the order of their numbers."""
    found: dict[int, list[str]] = defaultdict(list)
    live = TargetVersion.objects.live().filter(target__project__in=list(projects), withdrawn_on=None)
    states = dict(TargetStatus.objects.filter(target__project__in=list(projects)).values_list("target", "result"))
    for project, target in live.order_by("target__number").values_list("target__project", "target"):
        if target in states:
            found[project].append(states[target])
    return found
