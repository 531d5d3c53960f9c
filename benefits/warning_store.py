"""Stores warnings, their dated steps, and the concerns made of them, for a batch of projects the caller has locked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from benefits.engine.verdicts import Concern as ConcernVerdict
from benefits.engine.verdicts import ConcernKind, Finding, ProjectVerdict, Severity
from benefits.models import Concern, PitfallWarning, WarningEvent
from benefits.stored_values import plain
from projects.models import Programme, Project

Kind = WarningEvent.Kind
Opened = tuple[str, ...]
Closed = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A project with what the engine says about it, and the day of the assessment before (that day, if none)."""

    project: Project
    verdict: ProjectVerdict
    seen_until: date


def store_warnings(judged: Sequence[Judged], as_of: date, now: datetime) -> dict[int, tuple[Opened, Closed]]:
    """Open, update and close warnings; the rules of those opened and closed, by project.

    Identity is (project, rule, target), so nothing opens twice. What is gone now was there until `seen_until`.
    """
    open_now: dict[int, dict[tuple[str, int | None], PitfallWarning]] = defaultdict(dict)
    for row in PitfallWarning.objects.filter(project__in=[one.project.pk for one in judged], closed_on=None):
        open_now[row.project_id][row.rule, row.target_id] = row
    new: list[PitfallWarning] = []
    steps: list[WarningEvent] = []
    said = {}
    for one in judged:
        known, found = open_now[one.project.pk], _found(one.verdict)
        opened = [finding for key, finding in found.items() if key not in known]
        new += [_new_warning(one.project, finding, as_of) for finding in opened]
        for key, row in known.items():
            if key not in found:
                _close(row, one.seen_until, as_of)
                steps.append(_step(row, Kind.CLOSED, as_of, now))
            elif changed := _update(row, found[key], one.seen_until, as_of):
                steps.append(_step(row, changed, as_of, now))
        closed = [rule for rule, target in known if (rule, target) not in found]
        said[one.project.pk] = (tuple(sorted(finding.rule for finding in opened)), tuple(sorted(closed)))
    PitfallWarning.objects.bulk_create(new)
    WarningEvent.objects.bulk_create([*(_step(row, Kind.OPENED, as_of, now) for row in new), *steps])
    return said


def _found(verdict: ProjectVerdict) -> dict[tuple[str, int | None], Finding]:
    return {
        (finding.rule, finding.target): finding
        for finding in verdict.findings
        if finding.severity is not None and finding.severity > Severity.NONE
    }


def _finding_fields(finding: Finding) -> dict[str, Any]:
    assert finding.severity is not None
    return {
        "severity": int(finding.severity),
        "cause": finding.cause,
        "evidence": plain(finding.evidence),
        "threshold": plain(finding.threshold or {}),
        "action": finding.action,
        "closes_when": finding.closes_when,
        "due_on": finding.due_on,
    }


def _new_warning(project: Project, finding: Finding, as_of: date) -> PitfallWarning:
    return PitfallWarning(
        project=project,
        rule=finding.rule,
        target_id=finding.target,
        opened_on=as_of,
        last_seen_on=as_of,
        **_finding_fields(finding),
    )


def _update(warning: PitfallWarning, finding: Finding, seen_until: date, as_of: date) -> Kind | None:
    """Save what an open warning says now; the kind of step it is when severity or cause changed."""
    values = _finding_fields(finding)
    kind = None
    if warning.severity != values["severity"]:
        kind = Kind.SEVERITY
    elif warning.cause != values["cause"]:
        kind = Kind.CAUSE
    if not finding.is_held:
        values |= {"last_seen_on": as_of, "held_since": None}
    elif warning.held_since is None:
        values |= {"last_seen_on": seen_until, "held_since": as_of}
    changed = [name for name, value in values.items() if getattr(warning, name) != value]
    for name in changed:
        setattr(warning, name, values[name])
    if changed:
        warning.save(update_fields=changed)
    return kind


def _close(warning: PitfallWarning, seen_until: date, as_of: date) -> None:
    if warning.held_since is None:
        warning.last_seen_on = max(seen_until, warning.opened_on)
    warning.closed_on = as_of
    warning.save(update_fields=["closed_on", "last_seen_on"])


def _step(warning: PitfallWarning, kind: str, as_of: date, now: datetime) -> WarningEvent:
    return WarningEvent(
        warning=warning, kind=kind, on=as_of, recorded_at=now, severity=warning.severity, cause=warning.cause
    )


def store_concerns(judged: Iterable[Judged], as_of: date) -> None:
    """Rewrite the concerns of projects whose concerns have changed; one there before keeps the day it opened."""
    before: dict[int, list[Concern]] = defaultdict(list)
    projects = {one.project.pk: one for one in judged}
    for row in Concern.objects.filter(project__in=projects).order_by("order"):
        before[row.project_id].append(row)
    after = {pk: _concern_rows(one, before[pk], as_of) for pk, one in projects.items()}
    changed = [pk for pk, rows in after.items() if list(map(_told, rows)) != list(map(_told, before[pk]))]
    if gone := [row.pk for pk in changed for row in before[pk]]:
        Concern.objects.filter(pk__in=gone).delete()
    Concern.objects.bulk_create([row for pk in changed for row in after[pk]])


def _told(row: Concern) -> tuple[Any, ...]:
    return tuple(getattr(row, field.attname) for field in Concern._meta.concrete_fields if not field.primary_key)


def _concern_rows(one: Judged, before: Sequence[Concern], as_of: date) -> list[Concern]:
    opened = {_identity(row.kind, row.cause, row.target_id): row for row in before}
    return [
        _concern_row(
            one.project, concern, order, opened.get(_identity(concern.kind, concern.cause, concern.target)), as_of
        )
        for order, concern in enumerate(one.verdict.concerns)
    ]


def _identity(kind: str, cause: str, target: int | None) -> tuple[object, ...]:
    """What makes a concern the same as yesterday's, though it may be about more or fewer targets now."""
    return kind, cause, target if kind == ConcernKind.RELAPSE else None


def _concern_row(project: Project, concern: ConcernVerdict, order: int, before: Concern | None, as_of: date) -> Concern:
    opened_on = before.opened_on if before else as_of
    return Concern(
        project=project,
        kind=str(concern.kind),
        target_id=concern.target,
        severity=int(concern.severity),
        cause=concern.cause,
        action=concern.action,
        responsible=concern.responsible,
        urgency=int(concern.urgency),
        due_on=concern.due_on,
        rules=list(concern.rules),
        values=plain(concern.values),
        order=order,
        since=concern.since,
        answered_on=concern.answered_on,
        opened_on=opened_on,
        visible_on=before.visible_on if before else visible_from(project.cohort.programme, concern.urgency, as_of),
    )


def visible_from(programme: Programme, urgency: int, opened_on: date) -> date:
    """When people outside the project see a concern: relapse at once, else the programme's rule (decision 18c, 18f)."""
    if urgency == 0 or programme.concerns_open == Programme.ConcernsOpen.AT_ONCE:
        return opened_on + timedelta(days=programme.head_start_days if urgency else 0)
    after = opened_on + timedelta(days=programme.head_start_days)
    return after + timedelta(days=(7 - after.weekday()) % 7)
