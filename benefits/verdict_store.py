"""Stores what the engine says. The only writer of verdicts, besides the answers people give to warnings."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from benefits.engine.assess import RULE_VERSION
from benefits.engine.verdicts import Concern as ConcernVerdict
from benefits.engine.verdicts import ConcernKind, Finding, ProjectVerdict, Severity, TargetVerdict
from benefits.models import (
    Assessment,
    AssessmentHistory,
    Concern,
    PitfallWarning,
    TargetStatus,
    WarningEvent,
)
from projects.models import Programme, Project

STEADY_DIGITS = 9
FRACTION = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Change:
    """What an assessment changed in one project: the words before and after."""

    project: str
    before: str
    after: str
    opened: tuple[str, ...]
    closed: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.before != self.after or bool(self.opened or self.closed)


def store_all(
    projects: Sequence[Project], verdicts: Sequence[ProjectVerdict], as_of: date, now: datetime
) -> list[Change]:
    """Store the verdicts of `projects`, in their order: those that say the same as before at once, the rest singly."""
    settled = _move(projects, verdicts, as_of, now) if len(projects) > 1 else {}
    return [
        settled[project.pk] if project.pk in settled else store(project, verdict, as_of, now)
        for project, verdict in zip(projects, verdicts, strict=True)
    ]


@transaction.atomic
def store(project: Project, verdict: ProjectVerdict, as_of: date, now: datetime, *, rewrite: bool = False) -> Change:
    """Store one verdict unless a newer one is there; `rewrite` also when it is said to be the same."""
    _lock(project)
    before = Assessment.objects.filter(project=project).first()
    if before and _is_newer(before, project, as_of):
        return Change(project.slug, before.result, before.result, (), ())
    digest = digest_of(verdict)
    same = before is not None and _says(before, digest) and not rewrite
    seen_until = before.as_of if before else as_of
    opened, closed = ((), ()) if same else _store_warnings(project, verdict, seen_until, as_of, now)
    if not same:
        _store_targets(verdict)
        _store_concerns(project, verdict, as_of)
        _store_history(project, verdict, as_of, now)
    row = before or Assessment(project=project)
    was = before.result if before else ""
    _date(row, project, as_of, now)
    row.rule_version, row.verdict_digest = RULE_VERSION, digest
    row.result, row.state = verdict.result, verdict.state or ""
    row.reasons, row.counts = _plain(verdict.reasons), verdict.counts
    row.risk, row.pitfalls = _level(verdict.risk), {rule: _level(worst) for rule, worst in verdict.pitfalls.items()}
    row.save()
    return Change(project.slug, was, verdict.result, opened, closed)


@transaction.atomic
def _move(
    projects: Sequence[Project], verdicts: Sequence[ProjectVerdict], as_of: date, now: datetime
) -> dict[int, Change]:
    """Give assessments that say the same as before their new date and revision; what was settled so, by project."""
    list(Project.objects.select_for_update().filter(pk__in=[each.pk for each in projects]).order_by("pk"))
    rows = {row.project_id: row for row in Assessment.objects.filter(project__in=[each.pk for each in projects])}
    settled = {}
    for project, verdict in zip(projects, verdicts, strict=True):
        row = rows.get(project.pk)
        if row and not _is_newer(row, project, as_of) and _says(row, digest_of(verdict)):
            _date(row, project, as_of, now)
            settled[project.pk] = Change(project.slug, row.result, row.result, (), ())
    dated = ["revision", "programme_revision", "as_of", "computed_at"]
    Assessment.objects.bulk_update([rows[pk] for pk in settled], dated)
    return settled


def _date(row: Assessment, project: Project, as_of: date, now: datetime) -> None:
    row.revision, row.programme_revision = project.revision, project.cohort.programme.revision
    row.as_of, row.computed_at = as_of, now


def _is_newer(row: Assessment, project: Project, as_of: date) -> bool:
    return (row.revision, row.as_of) > (project.revision, as_of)


def _says(row: Assessment, digest: str) -> bool:
    return row.verdict_digest == digest and row.rule_version == RULE_VERSION


def _lock(project: Project) -> None:
    """Let one transaction at a time write a project's verdict or the answers to its warnings."""
    Project.objects.select_for_update().get(pk=project.pk)


def _level(severity: Severity | None) -> int | None:
    return None if severity is None else int(severity)


def _plain(value: Any) -> Any:
    """The value as JSON gives it back: dates as ISO text, enums as their values."""
    return json.loads(json.dumps(value, cls=_Encoder))


def digest_of(verdict: ProjectVerdict) -> str:
    """SHA-256 over everything the engine said, as 64 hexadecimal characters; of fractions, what `steady` keeps."""
    text = json.dumps(verdict, sort_keys=True, cls=_Encoder)
    return hashlib.sha256(FRACTION.sub(lambda found: repr(steady(float(found[0]))), text).encode()).hexdigest()


def steady(value: float) -> float:
    """A computed number without the last digits: they depend on which projects are judged together."""
    return float(f"{value:.{STEADY_DIGITS}g}")


class _Encoder(DjangoJSONEncoder):
    """Dataclasses as objects, without the copies `asdict` makes of everything in them."""

    def default(self, value: Any) -> Any:
        """A value JSON has no form for."""
        return _shallow(value) if is_dataclass(value) else super().default(value)


def _shallow(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _store_targets(verdict: ProjectVerdict) -> None:
    rows = []
    for target in verdict.targets:
        values = _shallow(target)
        pk = values.pop("target")
        values |= {name: _plain(values[name]) for name in ("reasons", "forecast", "signals")}
        values["chance"] = target.chance or ""
        rows.append(TargetStatus(target_id=pk, **values))
    said = [field.name for field in fields(TargetVerdict) if field.name != "target"]
    TargetStatus.objects.bulk_create(rows, update_conflicts=True, unique_fields=["target"], update_fields=said)


def unsaved_history(project: Project, verdict: ProjectVerdict, as_of: date) -> AssessmentHistory:
    """A verdict as the history keeps it, not stored: without the moment it was recorded."""
    return AssessmentHistory(
        project=project,
        as_of=as_of,
        rule_version=RULE_VERSION,
        result=str(verdict.result),
        state=str(verdict.state or ""),
        risk=_level(verdict.risk),
        pitfalls={rule: _level(severity) for rule, severity in verdict.pitfalls.items()},
        targets=[
            {
                "target": target.target,
                "state": str(target.state),
                "reasons": _plain(target.reasons),
            }
            for target in verdict.targets
        ],
    )


def _store_history(project: Project, verdict: ProjectVerdict, as_of: date, now: datetime) -> None:
    """Add a row when the verdict people see has changed."""
    seen = unsaved_history(project, verdict, as_of)
    seen.recorded_at = now
    last = AssessmentHistory.objects.filter(project=project).order_by("-as_of", "-pk").first()
    if last is None or _shown(last) != _shown(seen):
        seen.save(force_insert=True)


def _shown(row: AssessmentHistory) -> tuple[Any, ...]:
    """What a change of makes a new row: the words, not the numbers behind them."""
    states = [(target["target"], target["state"]) for target in row.targets]
    return row.result, row.state, row.risk, row.pitfalls, states


def _store_warnings(
    project: Project, verdict: ProjectVerdict, seen_until: date, as_of: date, now: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Open, update and close warnings: identity is (project, rule, target), so nothing opens twice.

    `seen_until` is the day of the assessment before this one: until then, what is gone now was there.
    """
    open_now = {
        (row.rule, row.target_id): row for row in PitfallWarning.objects.filter(project=project, closed_on=None)
    }
    found = {
        (finding.rule, finding.target): finding
        for finding in verdict.findings
        if finding.severity is not None and finding.severity > Severity.NONE
    }
    for key, finding in found.items():
        if key in open_now:
            _update_warning(open_now[key], finding, seen_until, as_of, now)
        else:
            _open_warning(project, finding, as_of, now)
    closed = [key for key in open_now if key not in found]
    for key in closed:
        _close_warning(open_now[key], seen_until, as_of, now)
    opened = [key for key in found if key not in open_now]
    return tuple(sorted(rule for rule, _ in opened)), tuple(sorted(rule for rule, _ in closed))


def _finding_fields(finding: Finding) -> dict[str, Any]:
    assert finding.severity is not None
    return {
        "severity": int(finding.severity),
        "cause": finding.cause,
        "evidence": _plain(finding.evidence),
        "threshold": _plain(finding.threshold or {}),
        "action": finding.action,
        "closes_when": finding.closes_when,
        "due_on": finding.due_on,
    }


def _open_warning(project: Project, finding: Finding, as_of: date, now: datetime) -> None:
    warning = PitfallWarning.objects.create(
        project=project,
        rule=finding.rule,
        target_id=finding.target,
        opened_on=as_of,
        last_seen_on=as_of,
        **_finding_fields(finding),
    )
    _note(warning, WarningEvent.Kind.OPENED, as_of, now)


def _update_warning(warning: PitfallWarning, finding: Finding, seen_until: date, as_of: date, now: datetime) -> None:
    fields = _finding_fields(finding)
    changed_severity, changed_cause = warning.severity != fields["severity"], warning.cause != finding.cause
    for name, value in fields.items():
        setattr(warning, name, value)
    if not finding.is_held:
        warning.last_seen_on, warning.held_since = as_of, None
    elif warning.held_since is None:
        warning.last_seen_on, warning.held_since = seen_until, as_of
    warning.save(update_fields=[*fields, "last_seen_on", "held_since"])
    if changed_severity or changed_cause:
        kind = WarningEvent.Kind.SEVERITY if changed_severity else WarningEvent.Kind.CAUSE
        _note(warning, kind, as_of, now)


def _close_warning(warning: PitfallWarning, seen_until: date, as_of: date, now: datetime) -> None:
    if warning.held_since is None:
        warning.last_seen_on = max(seen_until, warning.opened_on)
    warning.closed_on = as_of
    warning.save(update_fields=["closed_on", "last_seen_on"])
    _note(warning, WarningEvent.Kind.CLOSED, as_of, now)


def _note(warning: PitfallWarning, kind: str, as_of: date, now: datetime) -> None:
    WarningEvent.objects.create(
        warning=warning, kind=kind, on=as_of, recorded_at=now, severity=warning.severity, cause=warning.cause
    )


def _store_concerns(project: Project, verdict: ProjectVerdict, as_of: date) -> None:
    """Rewrite the project's concerns; one that was there before keeps the day it opened."""
    opened = {_identity(row.kind, row.cause, row.target_id): row for row in Concern.objects.filter(project=project)}
    Concern.objects.filter(project=project).delete()
    Concern.objects.bulk_create(
        _concern_row(project, concern, order, opened.get(_identity(concern.kind, concern.cause, concern.target)), as_of)
        for order, concern in enumerate(verdict.concerns)
    )


def _identity(kind: str, cause: str, target: int | None) -> tuple[object, ...]:
    """What makes a concern the same as yesterday's, though it may be about more or fewer targets now."""
    return kind, cause, target if kind == ConcernKind.RELAPSE else None


def _concern_row(project: Project, concern: ConcernVerdict, order: int, before: Concern | None, as_of: date) -> Concern:
    opened_on = before.opened_on if before else as_of
    return Concern(
        project=project,
        kind=concern.kind,
        target_id=concern.target,
        severity=int(concern.severity),
        cause=concern.cause,
        action=concern.action,
        responsible=concern.responsible,
        urgency=int(concern.urgency),
        due_on=concern.due_on,
        rules=list(concern.rules),
        values=_plain(concern.values),
        order=order,
        since=concern.since,
        answered_on=concern.answered_on,
        opened_on=opened_on,
        visible_on=before.visible_on if before else visible_from(project.cohort.programme, concern, as_of),
    )


def visible_from(programme: Programme, concern: ConcernVerdict, opened_on: date) -> date:
    """When people outside the project see a concern: relapse at once, else the programme's rule (decision 18c, 18f)."""
    if concern.urgency == 0 or programme.concerns_open == Programme.ConcernsOpen.AT_ONCE:
        return opened_on + timedelta(days=programme.head_start_days if concern.urgency else 0)
    after = opened_on + timedelta(days=programme.head_start_days)
    return after + timedelta(days=(7 - after.weekday()) % 7)
