"""What the dashboard asks the database: five questions, and one frozen row for each project to count from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q

from benefits.discretion import withhold
from benefits.engine.aggregate import EFFECT_LEVELS, JUDGED
from benefits.models import AssessmentHistory, Concern, CountedElsewhere, TargetVersion
from benefits.queries.openness import held_back, levels_shown, worst_level
from municipalities.models import County
from projects.models import Programme, Project, Theme
from reporting.annual.models import Report, Round, Submission

THEME = ("id", "key", "name_nb", "name_nn", "name_en", "order")
ROUND = ("id", "kind", "year", "deadline")
JUDGED_RESULTS = frozenset(result.value for result in JUDGED)


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality taking part, by number and name, and its county."""

    number: str
    municipality: str
    county: str
    county_name: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A county with its place on the map of tiles, which may be unknown."""

    number: str
    name: str
    valid_from: date
    valid_to: date | None
    row: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class EffectTargetRow:
    """An effect target that is not withdrawn; `measured_on` is the latest measurement its verdict rests on."""

    is_measured: bool
    measured_on: date | None


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project as the dashboard knows it. `result` None: not assessed yet; `risk` None: not assessable.

    `levels` maps pitfall to severity as people outside the project may see it; `concerns` only those that are visible,
    in the one ranking; `history` is (date, result) from the first verdict on. `freed_time`: what the verdict says was
    freed, one part for each municipality; none where there is no ledger.
    """

    pk: int
    slug: str
    title: str
    language: str
    participation: str
    followed_since: date | None
    cohort: str
    cohort_name: str
    cohort_starts_on: date
    is_outdated: bool
    result: str | None
    as_of: date | None
    computed_at: datetime | None
    risk: int | None
    levels: Mapping[str, int | None]
    places: tuple[Place, ...]
    themes: tuple[Theme, ...]
    targets: tuple[EffectTargetRow, ...]
    concerns: tuple[Concern, ...]
    history: tuple[tuple[date, str], ...]
    owes_report: bool
    has_reported: bool
    freed_time: tuple[dict[str, Any], ...]
    searched: str = field(repr=False)

    @property
    def is_assessed(self) -> bool:
        """Whether there is a verdict to show."""
        return self.result is not None

    @property
    def measured(self) -> int:
        """Effect targets with a verdict from measurements that are fresh enough to count."""
        return sum(target.is_measured for target in self.targets)

    def is_used(self, today: date) -> bool:
        """Whether the project is followed, so that it has a status and duties."""
        return self.followed_since is not None and self.followed_since <= today


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A whole programme on a date: projects in use, the other catalogue entries, and the counties of the map."""

    used: tuple[ProjectRow, ...]
    unused: tuple[ProjectRow, ...]
    tiles: tuple[Tile, ...]
    round: Round | None

    @property
    def listed(self) -> tuple[ProjectRow, ...]:
        """Every entry of the catalogue that is not withdrawn."""
        return self.used + self.unused


def portfolio(programme: Programme, today: date) -> Portfolio:
    """The programme's projects as an adviser may see them on a date."""
    tiles, places = _places()
    projects = [(lines[0], lines) for lines in _projects(programme, today)]
    themes = {project.pk: _themes(lines) for project, lines in projects}
    targets, themes_of_targets = _targets(programme, today)
    concerns, history = _concerns(programme), _history(programme, today)
    rows = [
        _row(
            project,
            places.get(project.pk, ()),
            themes.get(project.pk) or themes_of_targets.get(project.pk, ()),
            targets.get(project.pk, ()),
            concerns.get(project.pk, ()),
            history.get(project.pk, ()),
            today,
        )
        for project, _lines in projects
    ]
    return Portfolio(
        used=tuple(row for row in rows if row.is_used(today)),
        unused=tuple(row for row in rows if not row.is_used(today)),
        tiles=tiles,
        round=_round(projects[0][0]) if projects else None,
    )


def _projects(programme: Programme, today: date) -> list[list[Any]]:
    """The programme's entries with their verdicts, in the catalogue's order: for each, one line a theme.

    Each says too whether it owes a report in the newest round, whether one has come, and which round it is.
    """
    opened = Round.objects.filter(programme=programme, opens_on__lte=today, kind=Round.Kind.YEAR, is_test=False)
    newest = opened.order_by("-period_end", "-opens_on")
    current = newest.values("pk")[:1]
    lines = (
        Project.objects.filter(cohort__programme=programme)
        .annotate(
            owes_report=Exists(Report.objects.filter(project=OuterRef("pk"), round=current)),
            has_reported=Exists(Submission.objects.filter(report__project=OuterRef("pk"), report__round=current)),
            **{f"round_{name}": newest.values(name)[:1] for name in ROUND},
        )
        .exclude(participation=Project.Participation.WITHDRAWN)
        .order_by("list_order", "title", "pk", "themes__order")
        .values_list(
            "pk",
            "slug",
            "title",
            "language",
            "participation",
            "followed_since",
            "cohort__slug",
            "cohort__name",
            "cohort__starts_on",
            "revision",
            "assessment__revision",
            "assessment__result",
            "assessment__as_of",
            "assessment__computed_at",
            "assessment__pitfalls",
            "assessment__freed_time",
            "owes_report",
            "has_reported",
            *(f"round_{name}" for name in ROUND),
            *(f"themes__{name}" for name in THEME),
            named=True,
        )
    )
    return [list(group) for _pk, group in groupby(lines, key=lambda line: line.pk)]


def _round(line: Any) -> Round | None:
    """The newest round, as every line of the projects has it; None before the first has opened."""
    return Round(**{name: getattr(line, f"round_{name}") for name in ROUND}) if line.round_id else None


def _row(
    project: Any,
    places: tuple[Place, ...],
    themes: tuple[Theme, ...],
    targets: tuple[EffectTargetRow, ...],
    concerns: tuple[Concern, ...],
    history: tuple[tuple[date, str], ...],
    today: date,
) -> ProjectRow:
    held = held_back(concerns, today)
    visible = tuple(concern for concern in concerns if concern not in held)
    levels = levels_shown(project.assessment__pitfalls or {}, visible, held)
    return ProjectRow(
        pk=project.pk,
        slug=project.slug,
        title=project.title,
        language=project.language,
        participation=project.participation,
        followed_since=project.followed_since,
        cohort=project.cohort__slug,
        cohort_name=project.cohort__name,
        cohort_starts_on=project.cohort__starts_on,
        is_outdated=(project.assessment__revision or 0) < project.revision,
        result=project.assessment__result,
        as_of=project.assessment__as_of,
        computed_at=project.assessment__computed_at,
        risk=worst_level(levels.values()),
        levels=levels,
        places=places,
        themes=themes,
        targets=targets,
        concerns=visible,
        history=history,
        owes_report=project.owes_report,
        has_reported=project.has_reported,
        freed_time=tuple(project.assessment__freed_time or ()),
        searched="\n".join([project.title, *(place.municipality for place in places)]).casefold(),
    )


def _places() -> tuple[tuple[Tile, ...], dict[int, tuple[Place, ...]]]:
    """All counties, and the municipalities of each project in their order: one question, as one joins the other."""
    tiles: dict[tuple[str, date], Tile] = {}
    found: dict[int, list[tuple[bool, int, Place]]] = defaultdict(list)
    rows = County.objects.order_by("number", "valid_from").values_list(
        "number",
        "name",
        "valid_from",
        "valid_to",
        "tile_row",
        "tile_column",
        "municipalities__number",
        "municipalities__name",
        "municipalities__participations__project",
        "municipalities__participations__is_host",
        "municipalities__participations__order",
    )
    for number, name, valid_from, valid_to, row, column, code, municipality, project, is_host, order in rows:
        tiles[number, valid_from] = Tile(number, name, valid_from, valid_to, row, column)
        if project is not None:
            found[project].append((not is_host, order, Place(code, municipality, number, name)))
    places = {pk: tuple(place for *_, place in sorted(parts, key=lambda p: p[:2])) for pk, parts in found.items()}
    return tuple(tiles.values()), places


def _themes(lines: Iterable[Any]) -> tuple[Theme, ...]:
    """The themes a public source names for a project."""
    found = (_theme([getattr(line, f"themes__{name}") for name in THEME]) for line in lines)
    return tuple(theme for theme in found if theme is not None)


def _theme(values: Sequence[Any]) -> Theme | None:
    """A theme from the values of `THEME`, without asking the database for it; None when there is none."""
    return Theme(**dict(zip(THEME, values, strict=True))) if values[0] is not None else None


def _targets(
    programme: Programme, today: date
) -> tuple[dict[int, tuple[EffectTargetRow, ...]], dict[int, tuple[Theme, ...]]]:
    """Effect targets in force by project, and the themes the projects chose for them.

    A target that is counted elsewhere is not among them, but its theme is.
    """
    targets: dict[int, list[EffectTargetRow]] = defaultdict(list)
    themes: dict[int, dict[int, Theme]] = defaultdict(dict)
    elsewhere = CountedElsewhere.objects.in_force(today, None).filter(target=OuterRef("target"))
    live = (
        TargetVersion.objects.live()
        .valid_on(today)
        .filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=today), target__project__cohort__programme=programme)
        .annotate(is_elsewhere=Exists(elsewhere))
        .order_by("target__project", "target__number")
        .values_list(
            "target__project",
            "is_elsewhere",
            "level",
            "target__status__result",
            "target__status__measured_on",
            *(f"theme__{name}" for name in THEME),
        )
    )
    for project, is_elsewhere, level, result, measured_on, *values in live:
        if theme := _theme(values):
            themes[project].setdefault(theme.pk, theme)
        if level in EFFECT_LEVELS and not is_elsewhere:
            is_measured = result in JUDGED_RESULTS
            targets[project].append(EffectTargetRow(is_measured, measured_on if is_measured else None))
    return (
        {pk: tuple(rows) for pk, rows in targets.items()},
        {pk: tuple(found.values()) for pk, found in themes.items()},
    )


def _concerns(programme: Programme) -> dict[int, tuple[Concern, ...]]:
    """Every concern by project, in the one ranking."""
    found: dict[int, list[Concern]] = defaultdict(list)
    every = Concern.objects.filter(project__cohort__programme=programme).select_related("project", "target")
    rows = list(every.order_by("project", "order"))
    withhold(rows)
    for concern in rows:
        found[concern.project_id].append(concern)
    return {pk: tuple(concerns) for pk, concerns in found.items()}


def _history(programme: Programme, today: date) -> dict[int, tuple[tuple[date, str], ...]]:
    """(date, result) each time a verdict changed, by project, oldest first."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = AssessmentHistory.objects.filter(project__cohort__programme=programme, as_of__lte=today)
    for project, as_of, result in rows.order_by("project", "as_of", "pk").values_list("project_id", "as_of", "result"):
        found[project].append((as_of, result))
    return {pk: tuple(changes) for pk, changes in found.items()}
