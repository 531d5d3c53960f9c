"""Things with a date: a measurement to register, a milestone to report or to decide on."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.models import HandoverRecord, Milestone, PhaseStep, PlanVersion, TargetVersion
from benefits.precision import decimals_of
from projects.models import Project
from reporting.annual.access import round_key
from reporting.annual.models import Report
from saman import formatting

FIELD_OPENS = timedelta(days=14)  # before the date: from then on the number can be typed right here
STILL_MEANT = timedelta(days=100)  # after the date: later than this, what is measured is today's value


@dataclass(frozen=True, slots=True)
class Task:
    """One task in words. `version` is the target to measure, with a number field here when `has_field`,
    which comes on `opens_on`. `asked_on`: since when a decision has waited on the person,
    `waited`: for how long, in words.
    """

    project: Project
    icon: str
    title: str
    about: str
    due_on: date
    url: str
    button: str
    label: str
    version: TargetVersion | None = None
    has_field: bool = False
    measured_on: date | None = None
    hint: str = ""
    opens_on: date | None = None
    source: str = ""
    is_report: bool = False
    asked_on: date | None = None
    waited: str = ""

    def on_day(self, today: date) -> "Task":
        """The same, saying in words how long it has waited on the person; nothing of what was asked for that day."""
        days = (today - self.asked_on).days if self.asked_on else 0
        words = ngettext("Har ventet på deg i %(n)s dag", "Har ventet på deg i %(n)s dager", days) % {"n": days}
        return replace(self, waited=words if days > 0 else "")


def measurement_task(version: TargetVersion, today: date) -> Task | None:
    """The next measurement of a target; None when none is expected."""
    status = getattr(version.target, "status", None)
    if status is None or status.next_due_on is None:
        return None
    source = getattr(version, "last_source", None) or version.source
    due, project, number = status.next_due_on, version.target.project, version.target.number
    measured = _("sist målt i %(month)s") % {"month": formatting.month(status.measured_on)}
    return Task(
        project=project,
        icon="ruler",
        title=_("Registrer måling: %(title)s") % {"title": version.title},
        about=measured if status.measured_on else _("ikke målt ennå"),
        due_on=due,
        url=reverse("target", args=[project.slug, number]) + "#ny",
        button=_("Registrer"),
        label=_("Registrer måling: %(title)s") % {"title": version.title},
        version=version,
        has_field=due <= today + FIELD_OPENS and bool(source),
        opens_on=due - FIELD_OPENS if due > today + FIELD_OPENS else None,
        measured_on=min(due, today) if today <= due + STILL_MEANT else today,
        source=source,
        hint=_hint(version, status.value, status.measured_on, status.expected_today),
    )


def _hint(version: TargetVersion, value: float | None, on: date | None, expected: float | None) -> str:
    """What it was last, and what the plan says today, to catch a slip of the finger."""
    known = [exact for exact in (_decimal(value), _decimal(expected)) if exact is not None]
    decimals = decimals_of(*known)
    values = {
        "value": formatting.with_unit(_decimal(value), version.unit, decimals),
        "month": formatting.month(on),
        "plan": formatting.with_unit(_decimal(expected), version.unit, decimals),
    }
    if value is not None and expected is not None:
        return _("Sist: %(value)s i %(month)s. Planen nå: %(plan)s.") % values
    if value is not None:
        return _("Sist: %(value)s i %(month)s.") % values
    return _("Planen nå: %(plan)s.") % values if expected is not None else ""


def _decimal(value: float | None) -> Decimal | None:
    """A value with at most one decimal."""
    return None if value is None else Decimal(repr(round(value, 1)))


def milestone_task(milestone: Milestone, today: date) -> Task:
    """A milestone to report (leader) or to decide on (owner)."""
    waits = milestone.state in Milestone.DECIDABLE
    name = "milestone_decide" if waits else "milestone_report"
    title = _("Godkjenn milepæl: %(title)s") if waits else _("Milepæl: %(title)s")
    about = str(milestone.get_phase_display())
    if waits and milestone.reported_on:
        about = _("meldt som nådd %(ago)s") % {"ago": formatting.ago(milestone.reported_on, today)}
    elif milestone.state == Milestone.State.DECLINED:
        about = _("ikke godkjent ennå")
    return Task(
        project=milestone.project,
        icon="flag",
        title=title % {"title": milestone.title},
        about=about,
        due_on=milestone.due_on,
        asked_on=milestone.reported_on if waits else None,
        url=reverse(name, args=[milestone.project.slug, milestone.pk]),
        button=_("Godkjenn") if waits else _("Meld som nådd"),
        label=title % {"title": milestone.title},
    )


def phase_task(step: PhaseStep) -> Task:
    """A shift to the next phase for the owner to decide on."""
    words = _("Godkjenn faseskifte")
    return Task(
        project=step.project,
        icon="flag",
        title=words,
        about=_("sendt til deg %(day)s") % {"day": formatting.day(step.on)},
        due_on=step.on,
        asked_on=step.on,
        url=reverse("phase_decide", args=[step.project.slug]),
        button=_("Se og avgjør"),
        label=words,
    )


def handover_task(record: HandoverRecord) -> Task:
    """A handover that waits for the one who receives something to say yes."""
    words = _("Godta overleveringen fra %(name)s") % {"name": record.from_person.name}
    return Task(
        project=record.project,
        icon="send",
        title=words,
        about=str(record.get_role_display()),
        due_on=record.on,
        asked_on=record.on,
        url=reverse("handover", args=[record.project.slug, record.pk]),
        button=_("Se og godta"),
        label=words,
    )


def declined_task(record: HandoverRecord) -> Task:
    """A handover somebody has said no to, for the one who hands over: somebody else must be found."""
    words = _("Finn en annen: overleveringen er avslått")
    return Task(
        project=record.project,
        icon="send",
        title=words,
        about=str(record.get_role_display()),
        due_on=record.on,
        url=reverse("handover", args=[record.project.slug, record.pk]),
        button=_("Se hvorfor"),
        label=words,
    )


def plan_task(plan: PlanVersion) -> Task:
    """A benefits realisation plan for the owner to decide on."""
    title = _("Godkjenn gevinstrealiseringsplanen")
    return Task(
        project=plan.project,
        icon="book",
        title=title,
        about=_("sendt til deg %(day)s") % {"day": formatting.day(plan.submitted_on)},
        due_on=plan.submitted_on,
        asked_on=plan.submitted_on,
        url=reverse("plan", args=[plan.project.slug]) + "#avgjor-planen",
        button=_("Les og godkjenn"),
        label=title,
    )


def report_task(report: Report, *, is_signed: bool) -> Task:
    """A report to write or send in (leader); `is_signed`: by the owner, as it stands."""
    titles = {
        Report.State.RETURNED: _("Svar på kommentarene: %(report)s"),
        Report.State.AWAITING_SIGNATURE: _("Send inn: %(report)s"),
    }
    title, about = titles.get(Report.State(report.state), _("Skriv: %(report)s")), str(report.get_state_display())
    if is_signed:
        title, about = _("Signert, klar til å sendes inn: %(report)s"), _("signert av prosjekteier")
    elif report.called_back:
        title, about = _("Send til prosjekteier på nytt: %(report)s"), _why_called_back(report)
    is_whole = report.called_back or report.state == Report.State.AWAITING_SIGNATURE
    return _report_task(report, title, about, "report_preview" if is_whole else "report_round", _("Åpne"))


def called_back_task(report: Report) -> Task:
    """A report that was with the owner and is not any more, for the owner to know of."""
    title = _("Ikke til signering lenger: %(report)s")
    return _report_task(report, title, _why_called_back(report), "report_preview", _("Se rapporten"))


def _why_called_back(report: Report) -> str:
    if report.called_back == Report.CalledBack.STATEMENT:
        return _("uttalelsen fra tillitsvalgte er endret, så den må sendes til prosjekteier på nytt")
    return _("endret etter at den ble sendt, så den må sendes til prosjekteier på nytt")


def signature_task(report: Report) -> Task:
    """A report for the owner to sign."""
    about = _("sendt til deg %(day)s") % {"day": formatting.day(_day(report))}
    task = _report_task(report, _("Signer: %(report)s"), about, "report_preview", _("Les og signer"))
    return replace(task, asked_on=_day(report))


def _day(report: Report) -> date | None:
    return report.sent_to_owner_at.date() if report.sent_to_owner_at else None


def _report_task(report: Report, title: str, about: str, address: str, button: str) -> Task:
    words = title % {"report": report.round}
    return Task(
        project=report.project,
        icon="book",
        title=words,
        about=about,
        due_on=report.due_on,
        url=reverse(address, args=[report.project.slug, round_key(report.round)]),
        button=button,
        label=words,
        is_report=True,
    )
