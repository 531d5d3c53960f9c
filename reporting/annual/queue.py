"""The reports of a round as an adviser sees them: what has been received, and what is still with the municipality."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from projects.models import Programme, Project
from reporting.annual.models import Report, Review, Round, Submission

State = Report.State


@dataclass(frozen=True, slots=True)
class Line:
    """One project's report. `submission` is the newest received; drafts and their progress are not shown to others."""

    report: Report
    submission: Submission | None
    review: Review | None
    today: date

    @property
    def project(self) -> Project:
        """Whose report it is."""
        return self.report.project

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for an adviser."""
        return self.report.state == State.SUBMITTED

    @property
    def is_received(self) -> bool:
        """Whether any revision has come."""
        return self.submission is not None

    @property
    def received_on(self) -> date | None:
        """The day the newest revision came."""
        return timezone.localtime(self.submission.received_at).date() if self.submission else None

    @property
    def is_overdue(self) -> bool:
        """Whether it has not come, and its deadline has passed."""
        return not self.is_waiting and self.report.state != State.APPROVED and self.today > self.report.due_on

    @property
    def kind(self) -> str:
        """Where it is, as an adviser may know it: submitted, returned, approved or missing."""
        shared = {State.SUBMITTED: "submitted", State.APPROVED: "approved"}
        return shared.get(State(self.report.state), "returned" if self.report.is_back else "missing")


@dataclass(frozen=True, slots=True)
class Queue:
    """All reports of a round, those waiting for an adviser first and the oldest of them first."""

    round: Round
    lines: list[Line]

    def of(self, kind: str) -> list[Line]:
        """The lines of one kind, in order."""
        return [line for line in self.lines if line.kind == kind]

    @property
    def waiting(self) -> list[Line]:
        """What an adviser can read now."""
        return self.of("submitted")

    @property
    def returned(self) -> list[Line]:
        """What the project is asked to mend."""
        return self.of("returned")

    @property
    def approved(self) -> list[Line]:
        """What is done."""
        return self.of("approved")

    @property
    def missing(self) -> list[Line]:
        """What has never come."""
        return self.of("missing")

    @property
    def received(self) -> int:
        """Projects whose report has come at least once."""
        return sum(line.is_received for line in self.lines)


def rounds_of(programme: Programme, today: date) -> list[Round]:
    """The rounds that have opened, the newest first."""
    return list(Round.objects.filter(programme=programme, opens_on__lte=today).order_by("-period_end", "-opens_on"))


def queue(round_: Round, today: date) -> Queue:
    """The queue of a round, in two queries."""
    reports = list(Report.objects.filter(round=round_).select_related("project"))
    newest = {row.report_id: row for row in _submissions(reports)}
    lines = [_line(report, round_, newest.get(report.pk), today) for report in reports]
    return Queue(round_, sorted(lines, key=_order))


def _submissions(reports: Iterable[Report]) -> Iterable[Submission]:
    """The submissions of reports, the newest revision last; without their contents."""
    rows = Submission.objects.filter(report__in=[report.pk for report in reports])
    return rows.defer("snapshot").select_related("review", "review__opened_by").order_by("revision")


def _line(report: Report, round_: Round, submission: Submission | None, today: date) -> Line:
    report.round = round_
    return Line(report, submission, getattr(submission, "review", None), today)


def _order(line: Line) -> tuple[bool, datetime, str]:
    moment = (
        line.submission.received_at if line.submission else datetime.max.replace(tzinfo=timezone.get_default_timezone())
    )
    return not line.is_waiting, moment, line.project.title.casefold()
