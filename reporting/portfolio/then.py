"""The programme as it looked at the end of a past day: what had been concluded, received and recorded by then.

Names, cohorts, municipalities and themes are those of the catalogue now: it has no history. Concerns and what was tried
are rewritten as the engine goes on, and the ledger's sums are only of today, so neither is in a row of the past.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from benefits.engine.aggregate import EFFECT_LEVELS
from benefits.engine.codes import CAUSES
from benefits.engine.verdicts import RESULT_OF, ConcernKind, State, Urgency
from benefits.models import (
    AssessmentHistory,
    Concern,
    CountedElsewhere,
    Measurement,
    TargetVersion,
    WarningEvent,
)
from benefits.queries.openness import worst_level
from benefits.warning_store import visible_from
from projects.models import Programme, ProjectFrame, Theme
from reporting.portfolio.queries import (
    JUDGED_RESULTS,
    THEME,
    projects_on,
    reported,
    round_of,
    searched,
    theme_of,
    themes_named,
    tiles_and_places,
)
from reporting.portfolio.rows import NOBODY, EffectTargetRow, Place, Portfolio, ProjectRow


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A verdict of the history: the last one that was known, and every (date, result) up to it."""

    as_of: date
    recorded_at: datetime
    result: str
    pitfalls: dict[str, int | None]
    states: dict[int, str]
    history: list[tuple[date, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Target:
    """A target in force: the theme it was given, whether it counts, and the newest measurement of it."""

    pk: int
    theme: Theme | None
    is_counted: bool
    measured_on: date | None


@dataclass(frozen=True, slots=True)
class _Finding:
    """A warning as it was: `since` is the day it got the cause it had."""

    project: int
    rule: str
    target: int | None
    severity: int
    cause: str
    since: date


_Concern = tuple[int, str, int | None]  # project, cause, and of a relapse its target


def end_of(day: date) -> datetime:
    """The last moment of a day in Norway: what was recorded by then, was known that day."""
    return datetime.combine(day, time.max, timezone.get_default_timezone())


def portfolio_then(programme: Programme, day: date, today: date) -> Portfolio:
    """The programme's projects as people outside them could see them at the end of a past day; seven questions."""
    moment = end_of(day)
    tiles, places = tiles_and_places()
    projects = [(lines[0], lines) for lines in projects_on(programme, day, moment)]
    verdicts, targets = _verdicts(programme, day, moment), _targets(programme, day, moment)
    frames, unopened = _followed_since(programme, day, moment), _levels_visible(programme, day, moment, today)
    rows = [
        _row(
            project,
            places.get(project.pk, ()),
            themes_named(lines) or _themes_of(targets.get(project.pk, ())),
            targets.get(project.pk, ()),
            verdicts.get(project.pk),
            unopened.get(project.pk, {}),
            frames.get(project.pk, project.followed_since),
            day,
        )
        for project, lines in projects
    ]
    return Portfolio(
        used=tuple(row for row in rows if row.is_used(day)),
        unused=tuple(row for row in rows if not row.is_used(day)),
        tiles=tiles,
        round=round_of(projects[0][0], "round") if projects else None,
        round_before=round_of(projects[0][0], "before") if projects else None,
    )


def _row(
    project: Any,
    places: tuple[Place, ...],
    themes: tuple[Theme, ...],
    targets: Iterable[_Target],
    verdict: _Verdict | None,
    visible: dict[str, int],
    followed_since: date | None,
    day: date,
) -> ProjectRow:
    pitfalls = verdict.pitfalls if verdict else {}
    levels = {rule: visible.get(rule, severity) for rule, severity in pitfalls.items()}
    return ProjectRow(
        pk=project.pk,
        slug=project.slug,
        title=project.title,
        language=project.language,
        participation=project.participation,
        followed_since=followed_since,
        cohort=project.cohort__slug,
        cohort_name=project.cohort__name,
        cohort_starts_on=project.cohort__starts_on,
        is_outdated=False,
        result=verdict.result if verdict else None,
        as_of=verdict.as_of if verdict else None,
        computed_at=verdict.recorded_at if verdict else None,
        risk=worst_level(levels.values()),
        levels=levels,
        places=places,
        themes=themes,
        targets=tuple(_effect_target(target, verdict) for target in targets if target.is_counted),
        concerns=(),
        history=tuple(verdict.history) if verdict else (),
        adviser=str(project.adviser or NOBODY),
        adviser_name=project.adviser_name or "",
        report=reported(project, "round", day),
        report_before=reported(project, "before", day),
        freed_time=(),
        searched=searched(project.title, places),
    )


def _effect_target(target: _Target, verdict: _Verdict | None) -> EffectTargetRow:
    state = verdict.states.get(target.pk) if verdict else None
    is_measured = state is not None and str(RESULT_OF[State(state)]) in JUDGED_RESULTS
    return EffectTargetRow(is_measured, target.measured_on if is_measured else None)


def _themes_of(targets: Iterable[_Target]) -> tuple[Theme, ...]:
    """The themes a project had chosen for its targets, in their order."""
    return tuple({target.theme.pk: target.theme for target in targets if target.theme}.values())


def _verdicts(programme: Programme, day: date, moment: datetime) -> dict[int, _Verdict]:
    """The newest verdict of each project that had been stored by a moment, with those before it."""
    found: dict[int, _Verdict] = {}
    changes: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = AssessmentHistory.objects.filter(
        project__cohort__programme=programme, as_of__lte=day, recorded_at__lte=moment
    ).order_by("project", "as_of", "pk")
    for row in rows.values_list("project", "as_of", "recorded_at", "result", "pitfalls", "targets", named=True):
        changes[row.project].append((row.as_of, row.result))
        states = {entry["target"]: entry["state"] for entry in row.targets}
        found[row.project] = _Verdict(
            row.as_of, row.recorded_at, row.result, row.pitfalls, states, changes[row.project]
        )
    return found


def _targets(programme: Programme, day: date, moment: datetime) -> dict[int, list[_Target]]:
    """Targets in force by project, as known at a moment. One counted elsewhere is there, and is not counted."""
    elsewhere = CountedElsewhere.objects.in_force(day, moment).filter(target=OuterRef("target"))
    measured = Measurement.objects.known_at(moment).counting(day).filter(target=OuterRef("target"))
    rows = (
        TargetVersion.objects.in_force(day, moment)
        .filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day), target__project__cohort__programme=programme)
        .annotate(
            is_elsewhere=Exists(elsewhere), last=Subquery(measured.order_by("-measured_on").values("measured_on")[:1])
        )
        .order_by("target__project", "target__number")
        .values_list(
            "target__project", "target", "level", "is_elsewhere", "last", *(f"theme__{name}" for name in THEME)
        )
    )
    found: dict[int, list[_Target]] = defaultdict(list)
    for project, pk, level, is_elsewhere, last, *theme in rows:
        found[project].append(_Target(pk, theme_of(theme), level in EFFECT_LEVELS and not is_elsewhere, last))
    return found


def _followed_since(programme: Programme, day: date, moment: datetime) -> dict[int, date | None]:
    """From when each project was in use, as was known; None where nothing of its dates was recorded by then.

    A project whose dates were never recorded as versions is not among them.
    """
    found: dict[int, date | None] = {}
    rows = ProjectFrame.objects.filter(project__cohort__programme=programme).order_by("pk")
    has_first = set()
    for project, valid_from, recorded_at, since in rows.values_list(
        "project", "valid_from", "recorded_at", "followed_since"
    ):
        found.setdefault(project, None)
        if recorded_at <= moment and (valid_from <= day or project not in has_first):
            found[project] = since
            has_first.add(project)
    return found


def _levels_visible(programme: Programme, day: date, moment: datetime, today: date) -> dict[int, dict[str, int]]:
    """By project, the rules with a sign that had not opened to people outside by a day, and the worst that had.

    It opened as its concern did: with the first of the findings of one cause, each relapse by itself. What is held back
    today is held back of the past as well.
    """
    mine = {"project__cohort__programme": programme, "opened_on__lte": day}
    back = Concern.objects.filter(visible_on__gt=today, **mine).values_list("project", "cause", "kind", "target")
    held_now = {_concern(*row) for row in back}
    concerns: dict[_Concern, list[_Finding]] = defaultdict(list)
    for row in _findings(programme, day, moment):
        kind = CAUSES[row.cause].kind if row.cause in CAUSES else ""
        concerns[_concern(row.project, row.cause, kind, row.target)].append(row)
    held: dict[int, set[str]] = defaultdict(set)
    shown: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for concern, own in concerns.items():
        project, cause, _target = concern
        urgency = CAUSES[cause].urgency if cause in CAUSES else Urgency.DEADLINE
        is_open = visible_from(programme, urgency, min(row.since for row in own)) <= day and concern not in held_now
        for row in own:
            if is_open:
                shown[project][row.rule] = max(shown[project][row.rule], row.severity)
            else:
                held[project].add(row.rule)
    return {project: {rule: shown[project][rule] for rule in rules} for project, rules in held.items()}


def _concern(project: int, cause: str, kind: str, target: int | None) -> _Concern:
    """What makes findings one concern: the same cause; each relapse is a loss of its own."""
    return project, cause, target if kind == ConcernKind.RELAPSE else None


def _findings(programme: Programme, day: date, moment: datetime) -> Iterable[_Finding]:
    """What each warning that was open at the end of a day said then, and since when it had that cause."""
    steps = (
        WarningEvent.objects.filter(
            Q(warning__closed_on=None) | Q(warning__closed_on__gt=day),
            warning__project__cohort__programme=programme,
            kind__in=WarningEvent.SAID,
            on__lte=day,
            recorded_at__lte=moment,
        )
        .order_by("recorded_at", "pk")
        .values_list("warning", "warning__project", "warning__rule", "warning__target", "severity", "cause", "on")
    )
    found: dict[int, _Finding] = {}
    for warning, project, rule, target, severity, cause, on in steps:
        before = found.get(warning)
        since = before.since if before and before.cause == cause else on
        found[warning] = _Finding(project, rule, target, severity or 0, cause, since)
    return found.values()
