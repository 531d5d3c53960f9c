"""What the engine needs to know of warnings: those open before a day, told by their own dated steps, and the answers.

What opened or closed on the day itself does not count as open, so that judging a date twice gives the same.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from benefits.engine.facts import OpenWarning, WarningAnswer
from benefits.models import PitfallWarning, WarningEvent
from journal.queries import latest_of_streams
from projects.asked import Asked

# How the journal's actions begin that record no fact a rule reads, so that they close no warning: answers to warnings,
# the grant, what the unions say, where copies for the archive go. What is done in a test round has a stream of its own.
NO_FACTS = ("warning_", "grant_", "statement_", "archive_")
Kind = WarningEvent.Kind


class Warned(NamedTuple):
    """A warning as it was first found."""

    id: int
    project: int
    rule: str
    target: int | None
    opened_on: date
    severity: int
    cause: str


class Step(NamedTuple):
    """One step in the life of a warning."""

    kind: str
    on: date
    until: date | None
    severity: int | None
    cause: str
    superseded_at: datetime | None


def load(asked: Asked) -> dict[int, dict[str, Any]]:
    """Per project: what was open, people's answers, and when a fact was last recorded; none where nothing ever was."""
    if not asked.has(PitfallWarning):
        return {}
    steps = _steps(asked)
    closed = {warning.id for warning, step in steps if step.kind == Kind.CLOSED}
    answers: dict[int, list[WarningAnswer]] = defaultdict(list)
    lives: dict[Warned, list[Step]] = defaultdict(list)
    for warning, step in steps:
        if warning.id not in closed and _is_answer(step, asked):
            answer = WarningAnswer(warning.rule, warning.target, step.kind, step.on, step.until, step.cause)
            answers[warning.project].append(answer)
        if warning.opened_on < asked.as_of:
            lives[warning].append(step)
    opened: dict[int, list[OpenWarning]] = defaultdict(list)
    for warning in sorted(lives):
        if any(step.kind == Kind.OPENED for step in lives[warning]):
            opened[warning.project].append(_open_warning(warning, lives[warning], asked.as_of))
    changed = changed_on(list(opened), asked.as_of, asked.known_at) if opened else {}
    return {
        pk: {"open_warnings": tuple(opened[pk]), "answers": tuple(answers[pk]), "changed_on": changed.get(pk)}
        for pk in asked.project_ids
    }


def _steps(asked: Asked) -> list[tuple[Warned, Step]]:
    """Every step known, in their order, of the warnings that are not known to be closed before the day."""
    rows = WarningEvent.objects.filter(warning__project__in=asked.project_ids)
    if asked.known_at is None:
        rows = rows.filter(Q(warning__closed_on=None) | Q(warning__closed_on__gte=asked.as_of))
    else:
        rows = rows.filter(recorded_at__lte=asked.known_at)
        gone = rows.filter(kind=Kind.CLOSED, on__lt=asked.as_of)
        rows = rows.exclude(warning__in=gone.values("warning"))
    of_warning = ("warning", *(f"warning__{name}" for name in Warned._fields[1:]))
    values = rows.order_by("recorded_at", "pk").values_list(*of_warning, *Step._fields)
    return [(Warned(*row[: len(of_warning)]), Step(*row[len(of_warning) :])) for row in values]


def _is_answer(step: Step, asked: Asked) -> bool:
    """Whether somebody answered a warning by the day, and the answer is in force."""
    if step.kind not in WarningEvent.ANSWERS or step.on > asked.as_of:
        return False
    return step.superseded_at is None or (asked.known_at is not None and step.superseded_at > asked.known_at)


def _open_warning(warning: Warned, steps: Sequence[Step], as_of: date) -> OpenWarning:
    """What a warning said last before a date, and when somebody first said, by that date, that they had seen it."""
    said = [step for step in steps if step.kind in WarningEvent.SAID and step.on < as_of][-1]
    cause = said.cause or warning.cause
    seen = [one.on for one in steps if one.kind in WarningEvent.SEEN and one.on <= as_of and one.cause in ("", cause)]
    return OpenWarning(
        rule=warning.rule,
        target=warning.target,
        cause=cause,
        severity=said.severity if said.severity is not None else warning.severity,
        opened_on=warning.opened_on,
        acknowledged_on=min(seen, default=None),
    )


def changed_on(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, date]:
    """The newest day, by `as_of`, on which a fact about each project was recorded; see `NO_FACTS`.

    Every fact is recorded by an action, and every action leaves an event in its project's stream.
    """
    end = datetime.combine(as_of + timedelta(days=1), time(), timezone.get_default_timezone())
    by_stream = {f"project:{pk}": pk for pk in project_ids}
    moments = latest_of_streams(by_stream, before=end, known_at=known_at, except_for=NO_FACTS)
    zone = timezone.get_default_timezone()
    return {by_stream[stream]: at.astimezone(zone).date() for stream, at in moments.items()}
