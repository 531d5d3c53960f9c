"""Warnings that were open before a date, as the engine takes them: told by their own dated steps."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from benefits.engine.facts import OpenWarning
from benefits.models import Measurement, PitfallWarning, TargetVersion, WarningEvent
from journal.queries import latest_of_streams

ANSWERED = "warning_"  # how the journal's actions about answers begin: an answer is no new fact
Kind = WarningEvent.Kind


def open_warnings(
    project_ids: Sequence[int], as_of: date, known_at: datetime | None
) -> dict[int, tuple[OpenWarning, ...]]:
    """By project, what was open before `as_of` as known at a moment (None: now); projects without any are left out.

    What opened or closed on `as_of` itself does not count, so that judging a date twice gives the same.
    """
    steps: dict[PitfallWarning, list[WarningEvent]] = defaultdict(list)
    events = _known(WarningEvent.objects.filter(warning__in=_open(project_ids, as_of, known_at)), known_at)
    for event in events.select_related("warning").order_by("recorded_at", "pk"):
        steps[event.warning].append(event)
    found: dict[int, list[OpenWarning]] = defaultdict(list)
    for warning in sorted(steps, key=lambda warning: warning.pk):
        if any(event.kind == Kind.OPENED for event in steps[warning]):
            found[warning.project_id].append(_open_warning(warning, steps[warning], as_of))
    return {pk: tuple(warnings) for pk, warnings in found.items()}


def _open(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> QuerySet[PitfallWarning]:
    """Opened before a date, and not known to be closed before it."""
    opened = PitfallWarning.objects.filter(project__in=project_ids, opened_on__lt=as_of)
    if known_at is None:
        return opened.filter(Q(closed_on=None) | Q(closed_on__gte=as_of))
    closed = _known(WarningEvent.objects.filter(kind=Kind.CLOSED, on__lt=as_of), known_at)
    return opened.exclude(pk__in=closed.values("warning"))


def _known(events: QuerySet[WarningEvent], known_at: datetime | None) -> QuerySet[WarningEvent]:
    return events if known_at is None else events.filter(recorded_at__lte=known_at)


def _open_warning(warning: PitfallWarning, events: Iterable[WarningEvent], as_of: date) -> OpenWarning:
    """What a warning said last before a date, and when somebody first said, by that date, that they had seen it."""
    steps = list(events)
    said = [event for event in steps if event.kind in WarningEvent.SAID and event.on < as_of][-1]
    cause = said.cause or warning.cause
    seen = [e.on for e in steps if e.kind in WarningEvent.SEEN and e.on <= as_of and e.cause in ("", cause)]
    return OpenWarning(
        rule=warning.rule,
        target=warning.target_id,
        cause=cause,
        severity=said.severity if said.severity is not None else warning.severity,
        opened_on=warning.opened_on,
        acknowledged_on=min(seen, default=None),
    )


def changed_on(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, date]:
    """The newest day, by `as_of`, on which a fact about each project was recorded; answers to warnings are no facts."""
    end = datetime.combine(as_of + timedelta(days=1), time(), timezone.get_default_timezone())
    by_stream = {f"project:{pk}": pk for pk in project_ids}
    moments = [
        (by_stream[stream], at)
        for stream, at in latest_of_streams(by_stream, before=end, known_at=known_at, except_for=ANSWERED).items()
    ]
    for rows in (Measurement.objects, TargetVersion.objects):
        recorded = rows.filter(target__project__in=project_ids, recorded_at__lt=end)
        recorded = recorded if known_at is None else recorded.filter(recorded_at__lte=known_at)
        moments += recorded.values_list("target__project").annotate(Max("recorded_at"))
    newest: dict[int, date] = {}
    for pk, moment in moments:
        day = moment.astimezone(timezone.get_default_timezone()).date()
        newest[pk] = max(newest.get(pk, day), day)
    return newest
