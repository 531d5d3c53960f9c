"""What a project's status was over time, and why: «Hvorfor var det grønt i mars?»"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from benefits import wording
from benefits.assessment import judge
from benefits.breaks import Break, breaks_of
from benefits.engine.verdicts import RESULT_OF, State
from benefits.models import AssessmentHistory, Concern, Measurement, TargetVersion
from benefits.queries.openness import held_back, levels_shown, worst_level
from benefits.suppression import must_hide
from benefits.verdict_store import unsaved_history
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


@dataclass(frozen=True, slots=True)
class BreakThen:
    """A break in a target's series: figures before it and from it are not compared."""

    title: str
    found: Break


@dataclass(frozen=True, slots=True)
class Period:
    """A time with one result, from its first day to the day before the next."""

    result: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class DayThen:
    """One day: what was shown then, and what is said of it with what is known now, where that is something else.

    `later` counts measurements for the time until that day that were registered or corrected after it.
    """

    day: date
    shown: StatusThen | None
    now: StatusThen | None
    later: int

    @property
    def is_same(self) -> bool:
        """Whether the same would be said of the day now."""
        return self.shown is not None and self.now is None


@dataclass(frozen=True, slots=True)
class Reader:
    """What one reader may see of a project's history."""

    concerns: list[Concern]
    held: list[Concern]
    versions: dict[int, TargetVersion]
    hidden: frozenset[int]

    def status(self, row: AssessmentHistory, until: date | None) -> StatusThen:
        """A stored verdict as the reader may see it."""
        then = [_then(entry, self.versions, self.hidden) for entry in row.targets if entry["target"] in self.versions]
        return StatusThen(row.as_of, until, row.result, _risk(row, self.concerns, self.held), then)


def reader_of(project: Project, roles: frozenset[Role], today: date) -> Reader:
    """What someone with these roles may see of a project's history."""
    inside = is_inside(roles)
    concerns = [] if inside else list(Concern.objects.filter(project=project))
    live = TargetVersion.objects.live().filter(target__project=project).select_related("target")
    versions = {row.target_id: row for row in live}
    hidden = frozenset() if inside else _hidden(project, versions)
    return Reader(concerns, held_back(concerns, today), versions, hidden)


def history_of(project: Project, reader: Reader) -> list[StatusThen]:
    """Every verdict people saw, newest first; two on one date show as the later."""
    by_day = {row.as_of: row for row in AssessmentHistory.objects.filter(project=project).order_by("as_of", "pk")}
    rows: list[StatusThen] = []
    until: date | None = None
    for since in sorted(by_day, reverse=True):
        rows.append(reader.status(by_day[since], until))
        until = since
    return rows


def periods_of(rows: Sequence[StatusThen]) -> list[Period]:
    """The history as few periods as there were results, oldest first."""
    periods: list[Period] = []
    for row in reversed(rows):
        if periods and periods[-1].result == row.result:
            periods[-1] = replace(periods[-1], until=row.until)
        else:
            periods.append(Period(row.result, row.since, row.until))
    return periods


def breaks_in(reader: Reader, today: date) -> list[BreakThen]:
    """The breaks in the project's series as known now, newest first."""
    found = breaks_of(list(reader.versions.values()), today)
    rows = [BreakThen(reader.versions[target].title, one) for target, ones in found.items() for one in ones]
    return sorted(rows, key=lambda row: row.found.on, reverse=True)


def day_of(project: Project, reader: Reader, rows: Sequence[StatusThen], day: date) -> DayThen:
    """What was shown on a day, and beside it what is said of that day now, where the words differ."""
    shown = next((row for row in rows if row.since <= day), None)
    verdict = judge([project], day)[0]
    found = reader.status(unsaved_history(project, verdict, day), None)
    is_other = shown is None or _words(found) != _words(shown)
    end = datetime.combine(day, time.max, timezone.get_default_timezone())
    until_then = Measurement.objects.live().counting(day).filter(target__project=project)
    return DayThen(day, shown, found if is_other else None, until_then.filter(recorded_at__gt=end).count())


def _words(status: StatusThen) -> tuple[object, ...]:
    return status.result, status.risk, [(target.title, target.result, target.state) for target in status.targets]


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
