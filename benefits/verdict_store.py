"""Stores what the engine says. The only writer of verdicts, besides the answers people give to warnings.

Projects are stored a few at a time, with one statement for each kind of row, so that thousands take little more than
their share of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from benefits.engine.assess import RULE_VERSION
from benefits.engine.verdicts import ProjectVerdict, TargetVerdict
from benefits.models import Assessment, AssessmentHistory, TargetStatus
from benefits.stored_values import digest_of, level, plain, shallow
from benefits.warning_store import Judged, store_concerns, store_warnings
from projects.models import Project

TOGETHER = 25  # projects locked at once: a save that comes meanwhile waits for no more than these
DATED = ("revision", "programme_revision", "as_of", "computed_at")


@dataclass(frozen=True, slots=True)
class Change:
    """What an assessment changed in one project: the words before and after."""

    project: str
    before: str
    after: str
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.before != self.after or bool(self.opened or self.closed)


def store_all(
    projects: Sequence[Project],
    verdicts: Sequence[ProjectVerdict],
    as_of: date,
    now: datetime,
    *,
    rewrite: bool = False,
) -> list[Change]:
    """Store the verdicts of `projects`, in their order, unless newer ones are there.

    What says the same as before only gets its new date; `rewrite` stores it anew all the same.
    """
    changes: list[Change] = []
    for start in range(0, len(projects), TOGETHER):
        part = slice(start, start + TOGETHER)
        changes += _store(projects[part], verdicts[part], as_of, now, rewrite)
    return changes


@transaction.atomic
def _store(
    projects: Sequence[Project], verdicts: Sequence[ProjectVerdict], as_of: date, now: datetime, rewrite: bool
) -> list[Change]:
    _lock(projects)
    rows = {row.project_id: row for row in Assessment.objects.filter(project__in=[each.pk for each in projects])}
    before = {pk: (row.result, row.as_of) for pk, row in rows.items()}
    current, changed = [], []
    for project, verdict in zip(projects, verdicts, strict=True):
        row = rows.get(project.pk)
        if row and (row.revision, row.as_of) > (project.revision, as_of):
            continue
        digest = digest_of(verdict)
        if row and not rewrite and (row.verdict_digest, row.rule_version) == (digest, RULE_VERSION):
            current.append((project, row))
            continue
        rows[project.pk] = _say(row or Assessment(project=project), verdict, digest)
        changed.append(Judged(project, verdict, row.as_of if row else as_of))
    _date(current, as_of, now)
    said = _rewrite(changed, [rows[one.project.pk] for one in changed], as_of, now)
    return [_change(each, before, rows[each.pk].result, said.get(each.pk, ((), ()))) for each in projects]


def _change(
    project: Project,
    before: dict[int, tuple[str, date]],
    after: str,
    moved: tuple[tuple[str, ...], tuple[str, ...]],
) -> Change:
    was = before[project.pk][0] if project.pk in before else ""
    return Change(project.slug, was, str(after), *moved)


def _lock(projects: Sequence[Project]) -> None:
    """Let one transaction at a time write a project's verdict or the answers to its warnings."""
    list(Project.objects.select_for_update().filter(pk__in=[each.pk for each in projects]).order_by("pk").values("pk"))


def _date(rows: Sequence[tuple[Project, Assessment]], as_of: date, now: datetime) -> None:
    """Give assessments that say the same as before their new date, and their new revision where there is one."""
    same: list[Assessment] = []
    moved: list[Assessment] = []
    for project, row in rows:
        revisions = project.revision, project.cohort.programme.revision
        (same if (row.revision, row.programme_revision) == revisions else moved).append(row)
        row.revision, row.programme_revision = revisions
        row.as_of, row.computed_at = as_of, now
    if same:
        Assessment.objects.filter(pk__in=[row.pk for row in same]).update(as_of=as_of, computed_at=now)
    if moved:
        Assessment.objects.bulk_update(moved, DATED)


def _say(row: Assessment, verdict: ProjectVerdict, digest: str) -> Assessment:
    row.rule_version, row.verdict_digest = RULE_VERSION, digest
    row.result, row.state = str(verdict.result), str(verdict.state or "")
    row.reasons, row.counts = plain(verdict.reasons), plain(verdict.counts)
    row.freed_time = plain(verdict.freed_time)
    row.risk, row.pitfalls = level(verdict.risk), {rule: level(worst) for rule, worst in verdict.pitfalls.items()}
    return row


def _rewrite(
    judged: Sequence[Judged], rows: Sequence[Assessment], as_of: date, now: datetime
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Store everything about projects whose verdicts differ; the rules opened and closed, by project."""
    if not judged:
        return {}
    moved = store_warnings(judged, as_of, now)
    _store_targets([one.verdict for one in judged])
    store_concerns(judged, as_of)
    _store_history(judged, as_of, now)
    for one, row in zip(judged, rows, strict=True):
        row.revision, row.programme_revision = one.project.revision, one.project.cohort.programme.revision
        row.as_of, row.computed_at = as_of, now
    written = [name for name in _columns(Assessment) if name != "project_id"]
    Assessment.objects.bulk_create(
        [Assessment(**{name: getattr(row, name) for name in _columns(Assessment)}) for row in rows],
        update_conflicts=True,
        unique_fields=["project"],
        update_fields=written,
    )
    return moved


def _columns(model: type[Assessment]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def _store_targets(verdicts: Sequence[ProjectVerdict]) -> None:
    rows = []
    for target in (target for verdict in verdicts for target in verdict.targets):
        values = shallow(target)
        pk = values.pop("target")
        values |= {name: plain(values[name]) for name in ("reasons", "forecast", "signals")}
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
        risk=level(verdict.risk),
        pitfalls={rule: level(severity) for rule, severity in verdict.pitfalls.items()},
        targets=[
            {"target": target.target, "state": str(target.state), "reasons": plain(target.reasons)}
            for target in verdict.targets
        ],
    )


def _store_history(judged: Sequence[Judged], as_of: date, now: datetime) -> None:
    """Add a row for each project whose verdict, as people see it, has changed."""
    newest = AssessmentHistory.objects.filter(project=OuterRef("project")).order_by("-as_of", "-pk").values("pk")[:1]
    here = AssessmentHistory.objects.filter(project__in=[one.project.pk for one in judged], pk=Subquery(newest))
    last = {row.project_id: row for row in here.order_by()}
    rows = [unsaved_history(one.project, one.verdict, as_of) for one in judged]
    new = [row for row in rows if row.project_id not in last or _shown(last[row.project_id]) != _shown(row)]
    for row in new:
        row.recorded_at = now
    AssessmentHistory.objects.bulk_create(new)


def _shown(row: AssessmentHistory) -> tuple[Any, ...]:
    """What a change of makes a new row: the words, not the numbers behind them."""
    states = [(target["target"], target["state"]) for target in row.targets]
    return row.result, row.state, row.risk, row.pitfalls, states
