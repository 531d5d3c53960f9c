"""Stores what the engine says. The only writer of verdicts, besides the answers people give to warnings."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from benefits.engine.assess import RULE_VERSION
from benefits.engine.verdicts import Concern as ConcernVerdict
from benefits.engine.verdicts import ConcernKind, Finding, ProjectVerdict, Severity
from benefits.models import (
    Assessment,
    AssessmentHistory,
    Concern,
    PitfallWarning,
    TargetStatus,
    WarningEvent,
)
from projects.models import Programme, Project


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


@transaction.atomic
def store(project: Project, verdict: ProjectVerdict, as_of: date, now: datetime, *, rewrite: bool = False) -> Change:
    """Store one verdict unless a newer one is there; `rewrite` also when it is said to be the same."""
    Project.objects.select_for_update().get(pk=project.pk)
    before = Assessment.objects.filter(project=project).first()
    if before and (before.revision, before.as_of) > (project.revision, as_of):
        return Change(project.slug, before.result, before.result, (), ())
    digest = digest_of(verdict)
    known = before is not None and before.verdict_digest == digest and before.rule_version == RULE_VERSION
    same = known and not rewrite
    seen_until = before.as_of if before else as_of
    opened, closed = ((), ()) if same else _store_warnings(project, verdict, seen_until, as_of, now)
    if not same:
        _store_targets(verdict)
        _store_concerns(project, verdict, as_of)
        _store_history(project, verdict, as_of, now)
    Assessment.objects.update_or_create(
        project=project,
        defaults={
            "revision": project.revision,
            "programme_revision": project.cohort.programme.revision,
            "as_of": as_of,
            "rule_version": RULE_VERSION,
            "verdict_digest": digest,
            "computed_at": now,
            "result": verdict.result,
            "state": verdict.state or "",
            "reasons": _plain([asdict(reason) for reason in verdict.reasons]),
            "risk": _level(verdict.risk),
            "pitfalls": {rule: _level(severity) for rule, severity in verdict.pitfalls.items()},
            "counts": verdict.counts,
        },
    )
    return Change(project.slug, before.result if before else "", verdict.result, opened, closed)


def _level(severity: Severity | None) -> int | None:
    return None if severity is None else int(severity)


def _plain(value: Any) -> Any:
    """The value as JSON gives it back: dates as ISO text, enums as their values."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def digest_of(verdict: ProjectVerdict) -> str:
    """SHA-256 over everything the engine said, as 64 hexadecimal characters."""
    text = json.dumps(asdict(verdict), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _store_targets(verdict: ProjectVerdict) -> None:
    for target in verdict.targets:
        values = asdict(target)
        pk = values.pop("target")
        values |= {name: _plain(values[name]) for name in ("reasons", "forecast", "signals")}
        values["chance"] = target.chance or ""
        TargetStatus.objects.update_or_create(target_id=pk, defaults=values)


def _store_history(project: Project, verdict: ProjectVerdict, as_of: date, now: datetime) -> None:
    """Add a row when the verdict people see has changed."""
    seen = AssessmentHistory(
        project=project,
        as_of=as_of,
        recorded_at=now,
        rule_version=RULE_VERSION,
        result=str(verdict.result),
        state=str(verdict.state or ""),
        risk=_level(verdict.risk),
        pitfalls={rule: _level(severity) for rule, severity in verdict.pitfalls.items()},
        targets=[
            {
                "target": target.target,
                "state": str(target.state),
                "reasons": _plain([asdict(reason) for reason in target.reasons]),
            }
            for target in verdict.targets
        ],
    )
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
        "evidence": _plain([asdict(item) for item in finding.evidence]),
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
