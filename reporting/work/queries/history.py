"""What a project's status was over time, and why: «Hvorfor var det grønt i mars?»"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits import wording
from benefits.engine.verdicts import RESULT_OF, State
from benefits.models import AssessmentHistory, Concern, Measurement, TargetVersion
from benefits.queries.openness import held_back, levels_shown, worst_level
from benefits.suppression import must_hide
from projects.access import is_inside
from projects.models import Project
from projects.roles import Role


@dataclass(frozen=True, slots=True)
class TargetThen:
    """One target as it was judged: its title, result, finer state, and the reasons unless its figures are hidden."""

    title: str
    result: str
    state: str
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class StatusThen:
    """A verdict that held from a date, until the one above it."""

    since: date
    until: date | None
    result: str
    risk: int | None
    targets: list[TargetThen]


def history_of(project: Project, roles: frozenset[Role], today: date) -> list[StatusThen]:
    """Every verdict people saw, newest first; two on one date show as the later."""
    concerns = [] if is_inside(roles) else list(Concern.objects.filter(project=project))
    held = held_back(concerns, today)
    versions = {row.target_id: row for row in TargetVersion.objects.live().filter(target__project=project)}
    hidden = frozenset() if is_inside(roles) else _hidden(project, versions)
    by_day = {row.as_of: row for row in AssessmentHistory.objects.filter(project=project).order_by("as_of", "pk")}
    rows: list[StatusThen] = []
    until: date | None = None
    for since in sorted(by_day, reverse=True):
        row = by_day[since]
        then = [_then(entry, versions, hidden) for entry in row.targets if entry["target"] in versions]
        rows.append(StatusThen(since, until, row.result, _risk(row, concerns, held), then))
        until = since
    return rows


def _risk(row: AssessmentHistory, concerns: Sequence[Concern], held: Sequence[Concern]) -> int | None:
    """The risk of a verdict; without what opened by then and is held back from the reader."""
    new = [concern for concern in held if concern.opened_on <= row.as_of]
    if not new:
        return row.risk
    return worst_level(levels_shown(row.pitfalls, [one for one in concerns if one not in held], new).values())


def _then(entry: Mapping[str, Any], versions: Mapping[int, TargetVersion], hidden: Iterable[int]) -> TargetThen:
    version, state = versions[entry["target"]], str(entry["state"])
    reasons = [] if version.target_id in hidden else wording.reason_sentences(entry["reasons"], version.unit)
    return TargetThen(version.title, RESULT_OF[State(state)], wording.state_word(state), reasons)


def _hidden(project: Project, versions: Mapping[int, TargetVersion]) -> frozenset[int]:
    """Targets with a figure too small for those outside the project."""
    rows = Measurement.objects.filter(target__project=project)
    return frozenset(row.target_id for row in rows if must_hide(row, versions[row.target_id].kind))
