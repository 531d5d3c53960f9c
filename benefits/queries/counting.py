"""What a project counts twice, who has given way to whom, and where each of it stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from benefits.counting import doubles_of
from benefits.models import BenefitVersion, CountedElsewhere, FreedTimeVersion, MapNode, TargetVersion
from benefits.models.counting import CLAIMS
from benefits.queries.benefit_map import over_allocated
from projects.access import readable_projects
from projects.models import Project


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim as the page shows it. `project`: the title of another project; what it says is its own affair."""

    source: str
    code: str
    title: str
    project: str
    language: str
    url: str
    is_own: bool

    @property
    def name(self) -> str:
        """What people know it by."""
        return f"{self.code} {self.title}".strip() if self.is_own else f"{self.code} ({self.project})"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims to the same."""

    cause: str
    claim: ClaimRow
    other: ClaimRow


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision in force: what is not counted, and where it is counted instead."""

    decision: CountedElsewhere
    claim: ClaimRow
    other: ClaimRow
    is_own: bool


@dataclass(frozen=True, slots=True)
class Counting:
    """Everything on the page."""

    pairs: list[Pair]
    settled: list[Settled]
    boxes: list[MapNode]


def counting_of(project: Project, user: User, today: date) -> Counting:
    """The page of a project, for someone who may read it."""
    found = doubles_of(project, today)
    given = Q(project=project)
    for name in CLAIMS:
        given |= Q(**{f"in_{name}__project": project})
    decisions = list(CountedElsewhere.objects.in_force(today, None).filter(given).select_related("recorded_by"))
    sources = {one.source for double in found for one in (double.claim, double.other)}
    sources |= {source for one in decisions for source in (one.source, one.counted_in)}
    rows = _rows(sources, project, user, today)
    return Counting(
        pairs=[Pair(one.cause, rows[one.claim.source], rows[one.other.source]) for one in found],
        settled=[
            Settled(one, rows[one.source], rows[one.counted_in], one.project_id == project.pk) for one in decisions
        ],
        boxes=list(over_allocated([project.pk]).select_related(*MapNode.REFERENCES).order_by("pk")),
    )


def _rows(sources: Iterable[str], project: Project, user: User, today: date) -> dict[str, ClaimRow]:
    """Every claim with its words and its page: the public page where the reader may not open the project."""
    ids: dict[str, list[int]] = defaultdict(list)
    for source in sources:
        name, _colon, pk = source.partition(":")
        ids[name].append(int(pk))
    models = {"target": TargetVersion, "benefit": BenefitVersion, "freed_time": FreedTimeVersion}
    versions = [
        (name, version)
        for name, pks in sorted(ids.items())
        for version in models[name]
        .objects.live()  # type: ignore[attr-defined]
        .filter(**{f"{name}__in": pks})
        .select_related(f"{name}__project")
    ]
    others = {getattr(version, name).project_id for name, version in versions} - {project.pk}
    readable = (
        set(readable_projects(user, today).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    )
    rows = {}
    for name, version in versions:
        claim = getattr(version, name)
        home = claim.project
        is_own = home.pk == project.pk
        url = _url(name, claim, home) if is_own or home.pk in readable else reverse("public_project", args=[home.slug])
        row = ClaimRow(
            source=f"{name}:{claim.pk}",
            code=str(claim),
            title=version.title,
            project="" if is_own else home.title,
            language=home.language,
            url=url,
            is_own=is_own,
        )
        rows[row.source] = row
    return rows


def _url(name: str, claim: object, home: Project) -> str:
    if name == "target":
        return reverse("target", args=[home.slug, claim.number])  # type: ignore[attr-defined]
    if name == "benefit":
        return f"{reverse('plan', args=[home.slug])}#gevinst-{claim}"
    return f"{reverse('freed_time', args=[home.slug])}#post-{claim.number}"  # type: ignore[attr-defined]
