"""What the dashboard asks the database: five questions, and one frozen row for each project to count from."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from benefits.discretion import LEDGER, MUNICIPAL, withhold
from benefits.engine.aggregate import EFFECT_LEVELS, JUDGED
from benefits.models import AssessmentHistory, Concern, CountedElsewhere, TargetVersion, WarningEvent
from benefits.queries.openness import held_back, levels_shown, worst_level
from municipalities.models import County
from projects.models import Programme, Project, Theme
from reporting.annual.models import Report, Review, Round, Submission
from reporting.portfolio.rows import NOBODY, EffectTargetRow, Place, Portfolio, ProjectRow, Reported, Tile

THEME = ("id", "key", "name_nb", "name_nn", "name_en", "order")
ROUND = ("id", "kind", "year", "opens_on", "deadline")
ADVISER = {"adviser": "opened_by", "adviser_name": "opened_by__name"}
TRIED = ("kind", "on", "until", "note")
REPORTED = ("owed", "received_at", "approved_at")
JUDGED_RESULTS = frozenset(result.value for result in JUDGED)


def portfolio(programme: Programme, today: date) -> Portfolio:
    """The programme's projects as an adviser may see them on a date."""
    tiles, places = tiles_and_places()
    projects = [(lines[0], lines) for lines in projects_on(programme, today)]
    themes = {project.pk: themes_named(lines) for project, lines in projects}
    targets, themes_of_targets = _targets(programme, today)
    concerns, history = _concerns(programme, today), _history(programme, today)
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
        round=round_of(projects[0][0], "round") if projects else None,
        round_before=round_of(projects[0][0], "before") if projects else None,
    )


def projects_on(programme: Programme, day: date, known_at: datetime | None = None) -> list[list[Any]]:
    """The programme's entries with their verdicts, in the catalogue's order: for each, one line a theme.

    `known_at`: who read reports, and who had left, as known at a moment (None: now); verdicts are always those of now.

    Each says too who read its newest report, and of the newest yearly round on the day (`round`) and the one before it
    (`before`) which round it is, whether a report is owed, when one first came, and when it was approved.
    """
    opened = Round.objects.filter(programme=programme, opens_on__lte=day, kind=Round.Kind.YEAR, is_test=False)
    rounds = opened.order_by("-period_end", "-opens_on")
    reviews = Review.objects.filter(submission__report__project=OuterRef("pk"), submission__test_round=None)
    there = Project.objects.exclude(participation=Project.Participation.WITHDRAWN)
    if known_at is not None:
        reviews, there = reviews.filter(opened_at__lte=known_at), Project.objects.taking_part(day)
    lines = (
        there.filter(cohort__programme=programme)
        .annotate(
            **{name: reviews.order_by("-opened_at").values(path)[:1] for name, path in ADVISER.items()},
            **_reported("round", rounds, 0),
            **_reported("before", rounds, 1),
        )
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
            *ADVISER,
            *(f"{which}_{name}" for which in ("round", "before") for name in (*ROUND, *REPORTED)),
            *(f"themes__{name}" for name in THEME),
            named=True,
        )
    )
    return [list(group) for _pk, group in groupby(lines, key=lambda line: line.pk)]


def _reported(which: str, rounds: QuerySet[Round], place: int) -> dict[str, Any]:
    """What each project says of its report in the round at a place in their order."""
    one = slice(place, place + 1)
    reports = Report.objects.filter(project=OuterRef("pk"), round=rounds.values("pk")[one])
    came = Submission.objects.filter(report__project=OuterRef("pk"), report__round=rounds.values("pk")[one])
    return {
        f"{which}_owed": Exists(reports),
        f"{which}_received_at": came.order_by("received_at").values("received_at")[:1],
        f"{which}_approved_at": reports.values("approved_at")[:1],
        **{f"{which}_{name}": rounds.values(name)[one] for name in ROUND},
    }


def round_of(line: Any, which: str) -> Round | None:
    """A round as every line of the projects has it; None where none had opened."""
    values = {name: getattr(line, f"{which}_{name}") for name in ROUND}
    return Round(**values) if values["id"] else None


def reported(line: Any, which: str, day: date) -> Reported:
    """What was known of a project's report on a day."""
    received, approved = (
        None if moment is None or localtime(moment).date() > day else localtime(moment).date()
        for moment in (getattr(line, f"{which}_received_at"), getattr(line, f"{which}_approved_at"))
    )
    return Reported(getattr(line, f"{which}_owed"), received, approved is not None)


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
        adviser=str(project.adviser or NOBODY),
        adviser_name=project.adviser_name or "",
        report=reported(project, "round", today),
        report_before=reported(project, "before", today),
        freed_time=tuple(project.assessment__freed_time or ()),
        searched=searched(project.title, places),
    )


def searched(title: str, places: Iterable[Place]) -> str:
    """What the free text is looked for in."""
    return "\n".join([title, *(place.municipality for place in places)]).casefold()


def tiles_and_places() -> tuple[tuple[Tile, ...], dict[int, tuple[Place, ...]]]:
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


def themes_named(lines: Iterable[Any]) -> tuple[Theme, ...]:
    """The themes a public source names for a project."""
    found = (theme_of([getattr(line, f"themes__{name}") for name in THEME]) for line in lines)
    return tuple(theme for theme in found if theme is not None)


def theme_of(values: Sequence[Any]) -> Theme | None:
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
        if theme := theme_of(values):
            themes[project].setdefault(theme.pk, theme)
        if level in EFFECT_LEVELS and not is_elsewhere:
            is_measured = result in JUDGED_RESULTS
            targets[project].append(EffectTargetRow(is_measured, measured_on if is_measured else None))
    return (
        {pk: tuple(rows) for pk, rows in targets.items()},
        {pk: tuple(found.values()) for pk, found in themes.items()},
    )


def _concerns(programme: Programme, today: date) -> dict[int, tuple[Concern, ...]]:
    """Every concern by project, in the one ranking, each with the newest answer to it that is in force."""
    found: dict[int, list[Concern]] = defaultdict(list)
    every = Concern.objects.filter(project__cohort__programme=programme).select_related("project", "target")
    answers = WarningEvent.objects.answers_known_at(None).filter(
        Q(until=None) | Q(until__gte=today) | ~Q(kind=WarningEvent.Kind.ACCEPTED),
        Q(warning__target=OuterRef("target")) | ~Q(warning__rule="R0"),  # each relapse is a concern of its own
        warning__project=OuterRef("project"),
        warning__cause=OuterRef("cause"),
    )
    newest = answers.order_by("-recorded_at", "-pk")
    rows = list(
        every.annotate(**{f"tried_{name}": newest.values(name)[:1] for name in TRIED}).order_by("project", "order")
    )
    withhold(rows)
    for concern in rows:
        found[concern.project_id].append(concern)
    return {pk: tuple(concerns) for pk, concerns in found.items()}


def tried(concern: Concern) -> WarningEvent | None:
    """The newest answer to a concern of `portfolio`; without words that may be the project's own."""
    values = {name: getattr(concern, f"tried_{name}") for name in TRIED}
    if values["kind"] is None:
        return None
    if (MUNICIPAL | LEDGER) & set(concern.rules):
        values["note"] = ""
    return WarningEvent(**values)


def _history(programme: Programme, today: date) -> dict[int, tuple[tuple[date, str], ...]]:
    """(date, result) each time a verdict changed, by project, oldest first."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = AssessmentHistory.objects.filter(project__cohort__programme=programme, as_of__lte=today)
    for project, as_of, result in rows.order_by("project", "as_of", "pk").values_list("project_id", "as_of", "result"):
        found[project].append((as_of, result))
    return {pk: tuple(changes) for pk, changes in found.items()}
