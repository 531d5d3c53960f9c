"""The governor's figures: what each rule has said in a programme, and which rules are held on a date."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Count, Q

from benefits.engine.concerns import PEOPLE_SEE
from benefits.engine.governor import LOOK_BACK, Looks, Tally, expected_false
from benefits.engine.rules import RULES
from benefits.engine.verdicts import Severity
from benefits.models import GovernorHold, Measurement, PitfallWarning, WarningEvent
from projects.models import Programme, Project

Kind = WarningEvent.Kind


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What one rule has said in a programme in the year up to a date.

    `closed` by new facts, `accepted` and `false` are of the warnings `opened` in it; `days_to_close` is their median,
    `expected_false` what chance alone would give (None: it has no part in the rule, or one of unknown size).
    """

    rule: str
    tally: Tally
    open_now: int
    opened: int
    closed: int
    accepted: int
    days_to_close: float | None
    expected_false: float | None

    @property
    def false_share(self) -> float | None:
        """Of the warnings opened, those reported as false; None when there were none."""
        return self.tally.false / self.opened if self.opened else None


def held_rules(programme_ids: Iterable[int], as_of: date, known_at: datetime | None) -> dict[int, tuple[str, ...]]:
    """The rules held at WATCH on a date as known at a moment (None: now), by programme; none are left out."""
    found: dict[int, set[str]] = {}
    rows = GovernorHold.objects.in_force(as_of, known_at).filter(programme__in=programme_ids)
    for programme, rule in rows.order_by().values_list("programme", "rule"):
        found.setdefault(programme, set()).add(rule)
    return {programme: tuple(sorted(rules)) for programme, rules in found.items()}


def records(programme: Programme, as_of: date) -> list[RuleRecord]:
    """Every rule's record in a programme on a date, as known now, in the order of the registry.

    Only what people see as a concern is counted: WATCH and worse.
    """
    since = as_of - LOOK_BACK
    followed = Project.objects.filter(cohort__programme=programme, followed_since__lte=as_of)
    projects = followed.exclude(participation=Project.Participation.WITHDRAWN).count()
    answers = _answers(programme)
    rows: dict[str, list[PitfallWarning]] = defaultdict(list)
    warnings = PitfallWarning.objects.filter(
        project__cohort__programme=programme, severity__gte=PEOPLE_SEE, opened_on__lte=as_of
    )
    for warning in warnings.only("rule", "project", "severity", "opened_on", "closed_on"):
        rows[warning.rule].append(warning)
    looks = looks_in(programme, as_of)
    return [_record(rule, rows[rule], answers, projects, since, looks) for rule in RULES]


def _record(
    rule: str,
    rows: list[PitfallWarning],
    answers: dict[str, set[int]],
    projects: int,
    since: date,
    looks: Looks,
) -> RuleRecord:
    open_now = [row for row in rows if row.closed_on is None]
    recent = [row for row in rows if row.opened_on > since]
    days = [(row.closed_on - row.opened_on).days for row in recent if row.closed_on]
    ids = {row.pk for row in recent}
    return RuleRecord(
        rule=rule,
        tally=Tally(
            rule=rule,
            projects=projects,
            critical=len({row.project_id for row in open_now if row.severity == Severity.CRITICAL}),
            openings=len(recent),
            false=len(ids & answers[Kind.FALSE_POSITIVE]),
        ),
        open_now=len(open_now),
        opened=len(recent),
        closed=len(days),
        accepted=len(ids & answers[Kind.ACCEPTED]),
        days_to_close=median(days) if days else None,
        expected_false=expected_false(rule, looks),
    )


def _answers(programme: Programme) -> dict[str, set[int]]:
    """The warnings that people have accepted or reported as false, by kind; only the answer in force counts."""
    found: dict[str, set[int]] = defaultdict(set)
    events = WarningEvent.objects.filter(
        warning__project__cohort__programme=programme,
        kind__in=(Kind.ACCEPTED, Kind.FALSE_POSITIVE),
        superseded_at=None,
    )
    for kind, warning in events.values_list("kind", "warning"):
        found[kind].add(warning)
    return found


def looks_in(programme: Programme, as_of: date) -> Looks:
    """Points measured within a year up to a date: each is a look, and a chance to be wrong."""
    points = (
        Measurement.objects.live()
        .counting(as_of)
        .filter(
            measured_on__gt=as_of - LOOK_BACK,
            target__project__cohort__programme=programme,
            target__versions__superseded_at=None,
        )
        .annotate(is_said=Q(target__versions__mmc__isnull=False))
        .values_list("target__versions__frequency", "is_said")
        .annotate(points=Count("pk"))
        .order_by()
    )
    return {(often, is_said): count for often, is_said, count in points}
