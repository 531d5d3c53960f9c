"""A project's reports where other pages show them: the list of its rounds, and what waits on a person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from projects.models import Project
from projects.roles import Role
from reporting.annual.access import is_inside, round_key
from reporting.annual.content import signatures_of
from reporting.annual.models import Report, Round, Submission

ICONS = {
    Report.State.NOT_STARTED: ("ikke-startet", "neutral"),
    Report.State.DRAFT: ("pencil", "neutral"),
    Report.State.AWAITING_SIGNATURE: ("owner", "warning"),
    Report.State.SUBMITTED: ("check", "info"),
    Report.State.RETURNED: ("tilbakefall", "warning"),
    Report.State.APPROVED: ("i-rute", "success"),
}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A round with the project's report in it; drafts only for the project's own people."""

    round: Round
    key: str
    report: Report
    submission: Submission | None
    is_inside: bool
    is_signed: bool = False

    @property
    def icon(self) -> str:
        """The sign beside the state's word."""
        return "check" if self.is_signed else ICONS[Report.State(self.report.state)][0]

    @property
    def colour(self) -> str:
        """Designsystemet's colour of the state."""
        return "success" if self.is_signed else ICONS[Report.State(self.report.state)][1]

    @property
    def word(self) -> str:
        """The state in a word."""
        return _("Signert, ikke sendt inn") if self.is_signed else str(self.report.get_state_display())


def report_rows(project: Project, roles: frozenset[Role], today: date) -> list[ReportRow]:
    """The project's reports, newest round first; those from outside see the ones that have been submitted."""
    newest = Submission.objects.order_by("-revision").only("number", "report", "revision", "received_at", "is_late")
    rows = (
        project.reports.filter(round__opens_on__lte=today)
        .select_related("round", "project", "form")
        .prefetch_related(Prefetch("submissions", queryset=newest))
        .order_by("-round__period_end", "round__kind")
    )
    inside = is_inside(roles)
    signed = signatures_of([row for row in rows if row.state == Report.State.AWAITING_SIGNATURE], today)
    found = [_row(report, inside, report.pk in signed) for report in rows]
    return [row for row in found if inside or row.submission]


def _row(report: Report, inside: bool, is_signed: bool) -> ReportRow:
    sent = list(report.submissions.all())
    return ReportRow(report.round, round_key(report.round), report, sent[0] if sent else None, inside, is_signed)
