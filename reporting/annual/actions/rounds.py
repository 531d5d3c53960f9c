"""An administrator sets up rounds of reporting."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from accounts.actor import Actor, NotAllowed
from journal.actions import record
from projects.models import Programme, Project
from projects.revision import touch_programme
from reporting.annual.actions.forms import newest_form
from reporting.annual.actions.reviews import LONGEST_RETURN, latest_return
from reporting.annual.models import FormVersion, Report, Round

A_YEAR = timedelta(days=366)
FARTHEST_AHEAD = 3  # years: a round so far away is a slip, and nobody is asked to report by then


class RoundExists(Exception):
    """The programme has a round of this kind for this year already."""


class StaleRound(Exception):
    """Someone else has changed the round or its form since the page was opened."""


class DatesOutOfOrder(Exception):
    """The period ends before it starts, or the deadline is before the opening. `field` is the plan's field."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class YearNotInPeriod(Exception):
    """The year a round is of is none of those its period is in."""


class OpensOutsidePeriod(Exception):
    """A round opens before its period starts (a start-up round: a year before), or a year after it has ended."""


class DeadlinePassed(Exception):
    """The deadline is before today, so that every report would be late from the first day."""


class DeadlineTooLate(Exception):
    """The deadline is a slip, so far away is it. `latest` is the last day it may be."""

    def __init__(self, latest: date) -> None:
        super().__init__(latest.isoformat())
        self.latest = latest


class NotClosed(Exception):
    """The round is open."""


class NobodyReports(Exception):
    """A round is for at least one project."""


class AlreadyBegun(Exception):
    """Some of the projects that are left out have begun. `titles` are those."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = titles


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round is. See `Round`."""

    kind: str
    year: int
    period_start: date
    period_end: date
    opens_on: date
    deadline: date
    grace_days: int = 0
    signature: str = Round.Signature.BEFORE
    offers_short: bool = True
    reminds: bool = True
    is_test: bool = False


@transaction.atomic
def create_round(*, by: Actor, programme: Programme, plan: RoundPlan) -> Round:
    """Make a round on the programme's newest forms for its kind, with a report for every project in use.

    The shipped forms become the programme's own when it has none; the annual report alone has a short one.
    Raises NotAllowed, RoundExists, DatesOutOfOrder, YearNotInPeriod, OpensOutsidePeriod, DeadlinePassed,
    DeadlineTooLate.
    """
    check_administrator(by)
    full = newest_form(by, programme, FormVersion.Kind.FULL, plan.kind)
    has_short = plan.offers_short and plan.kind == Round.Kind.YEAR
    short = newest_form(by, programme, FormVersion.Kind.SHORT) if has_short else None
    return _create(by, programme, plan, full, short)


@transaction.atomic
def copy_round(*, by: Actor, source: Round, year: int) -> Round:
    """Make a round for another year with the same form, rules and dates, that many years later. As `create_round`."""
    check_administrator(by)
    years = year - source.year
    plan = RoundPlan(
        kind=source.kind,
        year=year,
        period_start=moved(source.period_start, years),
        period_end=moved(source.period_end, years),
        opens_on=moved(source.opens_on, years),
        deadline=moved(source.deadline, years),
        grace_days=source.grace_days,
        signature=source.signature,
        reminds=source.reminds,
    )
    return _create(by, source.programme, plan, source.form, source.short_form)


@transaction.atomic
def change_round(*, by: Actor, round_: Round, version: int, plan: RoundPlan) -> None:
    """Change a round's dates and rules, but neither what kind it is nor whether it is a test.

    A deadline that has passed, or lies far ahead, may stay as it is. Raises StaleRound, and as `create_round`.
    """
    check_administrator(by)
    _check(plan)
    short = round_.short_form_id
    if not plan.offers_short or round_.kind != Round.Kind.YEAR:
        short = None
    elif short is None:
        short = newest_form(by, round_.programme, FormVersion.Kind.SHORT).pk
    with _round_taken():
        row = Round.objects.filter(pk=round_.pk, version=version)
        columns = {name: value for name, value in _columns(plan).items() if name not in ("kind", "is_test")}
        changed = row.update(**columns, short_form=short, version=F("version") + 1)
    if not changed:
        raise StaleRound
    if plan.deadline != round_.deadline:
        _check_deadline(plan, by.today)
    note_round(by, round_, "round_changed")


@transaction.atomic
def close_round(*, by: Actor, round_: Round, version: int) -> None:
    """Take no more reports after today. Raises NotAllowed, StaleRound."""
    check_administrator(by)
    row = Round.objects.filter(pk=round_.pk, version=version)
    if not row.update(closed_on=by.today, version=F("version") + 1):
        raise StaleRound
    note_round(by, round_, "round_closed")


@transaction.atomic
def reopen_round(*, by: Actor, round_: Round, version: int, deadline: date) -> None:
    """Let a closed round take reports again, by a new deadline.

    Raises NotAllowed, StaleRound, NotClosed, DeadlinePassed, DeadlineTooLate.
    """
    check_administrator(by)
    if deadline < max(by.today, round_.opens_on):
        raise DeadlinePassed
    if deadline > (latest := latest_return(round_, by.today)):
        raise DeadlineTooLate(latest)
    if round_.closed_on is None:
        raise NotClosed
    row = Round.objects.filter(pk=round_.pk, version=version)
    if not row.update(closed_on=None, deadline=deadline, version=F("version") + 1):
        raise StaleRound
    note_round(by, round_, "round_reopened", deadline=deadline)


@transaction.atomic
def prepare(*, by: Actor, round_: Round) -> int:
    """Give every project in use its report, not begun; the number of new ones. Idempotent. Raises NotAllowed.

    A project whose participation is not confirmed owes none, nor one taken into use after the period, nor one that is
    not among those chosen.
    """
    check_administrator(by)
    return 0 if round_.is_chosen else _add_reports(round_, may_report(round_))


def may_report(round_: Round) -> QuerySet[Project]:
    """The projects that may be asked to report: in use by the end of the period, and confirmed to take part."""
    return Project.objects.filter(
        cohort__programme=round_.programme_id,
        followed_since__lte=round_.period_end,
        participation=Project.Participation.CONFIRMED,
    )


@transaction.atomic
def choose_projects(*, by: Actor, round_: Round, version: int, projects: set[int] | None) -> None:
    """Say which projects report: these (ids), or every one in use (None). A report that is begun stays.

    Raises NotAllowed, StaleRound, NobodyReports, AlreadyBegun.
    """
    check_administrator(by)
    row = Round.objects.filter(pk=round_.pk, version=version)
    if not row.update(is_chosen=projects is not None, version=F("version") + 1):
        raise StaleRound
    fresh = Round.objects.select_related("form").get(pk=round_.pk)
    asked = may_report(fresh)
    chosen = set(asked.values_list("pk", flat=True)) & projects if projects is not None else None
    if chosen is not None:
        if not chosen:
            raise NobodyReports
        out = fresh.reports.exclude(project__in=chosen)
        begun = list(out.filter(started_at__isnull=False).values_list("project__title", flat=True))
        if begun:
            raise AlreadyBegun(begun)
        out.delete()
        asked = asked.filter(pk__in=chosen)
    _add_reports(fresh, asked)
    note_round(by, fresh, "round_projects_chosen", projects=sorted(chosen) if chosen is not None else "all")


def check_administrator(by: Actor) -> None:
    """Raise NotAllowed unless the actor sets up programmes."""
    if by.user is not None and not (by.user.is_active and by.user.is_administrator):
        raise NotAllowed


def note_round(by: Actor, round_: Round, action: str, **data: object) -> None:
    """Write an audit event about a round, and let the programme's projects be assessed anew."""
    record(
        stream=f"programme:{round_.programme_id}",
        action=action,
        obj=("round", round_.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
    touch_programme(round_.programme_id)


def _create(by: Actor, programme: Programme, plan: RoundPlan, full: FormVersion, short: FormVersion | None) -> Round:
    _check(plan)
    _check_deadline(plan, by.today)
    with _round_taken():
        round_ = Round.objects.create(
            programme=programme, form=full, short_form=short, created_at=by.now, **_columns(plan)
        )
    prepare(by=by, round_=round_)
    note_round(by, round_, "round_created", year=plan.year, kind=plan.kind, test=plan.is_test)
    return round_


def _add_reports(round_: Round, projects: QuerySet[Project]) -> int:
    new = [
        Report(round=round_, project=project, form=round_.form, language=project.language)
        for project in projects.exclude(pk__in=round_.reports.values("project"))
    ]
    Report.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _columns(plan: RoundPlan) -> dict[str, object]:
    return {name: value for name, value in asdict(plan).items() if name != "offers_short"}


def _check(plan: RoundPlan) -> None:
    if plan.period_end <= plan.period_start:
        raise DatesOutOfOrder("period_end")
    if plan.deadline < plan.opens_on:
        raise DatesOutOfOrder("deadline")
    if not plan.period_start.year <= plan.year <= plan.period_end.year:
        raise YearNotInPeriod
    first = plan.period_start - (A_YEAR if plan.kind == Round.Kind.START_UP else timedelta())
    if not first <= plan.opens_on <= plan.period_end + A_YEAR:
        raise OpensOutsidePeriod


def _check_deadline(plan: RoundPlan, today: date) -> None:
    """Ahead; and within half a year of the period, the opening or today, as one that is given a report again."""
    if plan.deadline < today:
        raise DeadlinePassed
    latest = min(max(plan.period_end, plan.opens_on, today) + LONGEST_RETURN, moved(today, FARTHEST_AHEAD))
    if plan.deadline > latest:
        raise DeadlineTooLate(latest)


def moved(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 in a year without it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@contextmanager
def _round_taken() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise RoundExists from error
