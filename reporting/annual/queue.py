"""The reports of a round as an adviser sees them: what has been received, and what is still with the municipality."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone

from projects.models import Programme, Project
from reporting.annual.models import Report, Review, Round, Section, Submission
from reporting.annual.review_state import review_state

State = Report.State


@dataclass(frozen=True, slots=True)
class Line:
    """One project's report. `submission` is the newest received; drafts and their progress are not shown to others.

    `read` of `parts` sections are read; `said` is what its review says now, for a decision based on it.
    """

    report: Report
    submission: Submission | None
    review: Review | None
    today: date
    parts: int = 0
    read: int = 0
    comments: int = 0
    said: str = ""

    @property
    def project(self) -> Project:
        """Whose report it is."""
        return self.report.project

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for an adviser."""
        return self.report.state == State.SUBMITTED

    @property
    def is_read(self) -> bool:
        """Whether every section is read, so that it can be decided."""
        return self.review is not None and self.read >= self.parts > 0

    @property
    def is_ready(self) -> bool:
        """Whether it waits for nothing but approval: read, and nobody has anything to remark."""
        return self.is_waiting and self.is_read and not self.comments

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
    def ready(self) -> list[Line]:
        """Those that wait for nothing but approval."""
        return [line for line in self.waiting if line.is_ready]

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
    """The rounds that have opened, the newest first, and test rounds last."""
    return list(
        Round.objects.filter(programme=programme, opens_on__lte=today).order_by("is_test", "-period_end", "-opens_on")
    )


def round_to_open(rounds: Sequence[Round]) -> Round | None:
    """Of rounds, the newest first: where something waits for an adviser, else where anything has come, else the newest.

    A test round is opened by itself only where there is no other. One query at most.
    """
    real = [row for row in rounds if not row.is_test] or list(rounds)
    if len(real) < 2:
        return real[0] if real else None
    rows = Submission.objects.filter(report__round__in=[row.pk for row in real])
    came = set(rows.values_list("report__round", "report__state").distinct())
    received = {pk for pk, _state in came}
    waiting = [row for row in real if (row.pk, State.SUBMITTED) in came]
    return (waiting or [row for row in real if row.pk in received] or real)[0]


def queue(round_: Round, today: date) -> Queue:
    """The queue of a round, in a fixed number of queries."""
    reports = list(Report.objects.filter(round=round_).select_related("project"))
    newest = {row.report_id: row for row in _submissions(reports)}
    parts = dict(
        Section.objects.values_list("form").filter(form__in={row.form_id for row in reports}).annotate(Count("pk"))
    )
    lines = [_line(report, round_, newest.get(report.pk), today, parts) for report in reports]
    return Queue(round_, sorted(lines, key=_order))


def _submissions(reports: Iterable[Report]) -> Iterable[Submission]:
    """The submissions of reports, the newest revision last; without their contents."""
    rows = Submission.objects.filter(report__in=[report.pk for report in reports])
    related = ("review__read", "review__comments", "review__answers")
    rows = rows.defer("snapshot").select_related("review", "review__opened_by").prefetch_related(*related)
    return rows.order_by("revision")


def _line(report: Report, round_: Round, submission: Submission | None, today: date, parts: Mapping[int, int]) -> Line:
    report.round = round_
    review: Review | None = getattr(submission, "review", None)
    if review is None:
        return Line(report, submission, None, today, parts.get(report.form_id, 0))
    comments = [row for row in review.comments.all() if row.withdrawn_at is None]
    said = review_state(comments, review.answers.all())
    return Line(
        report, submission, review, today, parts.get(report.form_id, 0), len(review.read.all()), len(comments), said
    )


def _order(line: Line) -> tuple[bool, datetime, str]:
    moment = (
        line.submission.received_at if line.submission else datetime.max.replace(tzinfo=timezone.get_default_timezone())
    )
    return not line.is_waiting, moment, line.project.title.casefold()
