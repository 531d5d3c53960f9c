"""Carries a notice by e-mail: written when it is sent, in the reader's language. A link, never what the report says."""

import smtplib
from collections import defaultdict
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from journal.models import OutboxMessage
from journal.outbox import Undeliverable
from projects.models import RoleAssignment
from reporting.annual.access import round_key
from reporting.annual.actions.archive import KIND as ARCHIVE_COPY
from reporting.annual.models import Report
from reporting.notices.archive import carry_copy
from reporting.notices.kinds import Kind
from reporting.notices.models import MutedNotice
from reporting.notices.reminders import asked, outstanding
from reporting.notices.telling import AUDIENCE
from saman import clock
from saman.formatting import day_long, number

Outcome = OutboxMessage.Outcome


def carry(message: OutboxMessage) -> Outcome:
    """Send one notice, or leave it when nobody needs it any more. Raises Undeliverable, and as the mail server."""
    if message.kind == ARCHIVE_COPY:
        return carry_copy(message)
    person = User.objects.filter(pk__in=[message.to_id], is_active=True).first()
    reports = _theirs(message, _reports(message), clock.today())
    if person is None or not reports or _is_muted(message):
        return Outcome.SKIPPED
    with translation.override(person.language or reports[0].project.language):
        subject, text = _reminded(message, reports) if message.kind == Kind.REMINDER else _told(message, reports[0])
        body = "\n\n".join((_("Hei!"), text, _why(), _("Hilsen Saman"))) + "\n"
    mail = EmailMessage(subject=" ".join(subject.split()), body=body, to=[person.email], headers=_headers(message))
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _said in error.recipients.values()):
            raise Undeliverable(f"the mail server refuses the address of person {person.pk}") from error
        raise
    return Outcome.SENT


def link(message: OutboxMessage, report: Report) -> str:
    """The page a notice leads to, without the host."""
    slug = report.project.slug
    if message.kind == Kind.RECEIVED:
        return reverse("report_receipt", args=[slug, message.payload["number"]])
    if message.kind in {Kind.TO_SIGN, Kind.CALLED_BACK}:
        return reverse("report_preview", args=[slug, round_key(report.round)])
    if message.kind == Kind.STATEMENT:
        return reverse("report_statement", args=[slug, round_key(report.round)])
    return reverse("report_round", args=[slug, round_key(report.round)])


def _reports(message: OutboxMessage) -> list[Report]:
    """What a notice is still about: nobody is reminded of what has come, or asked to sign what has gone on."""
    if message.kind == Kind.REMINDER:
        return outstanding(_on(message), message.payload["reports"])
    rows = Report.objects.filter(pk__in=[message.payload.get("report")]).select_related("project", "round")
    if message.kind == Kind.TO_SIGN:  # sent again since: that has a notice of its own
        rows = rows.filter(state=Report.State.AWAITING_SIGNATURE, version=message.payload["version"])
    if message.kind == Kind.CALLED_BACK:
        rows = rows.filter(called_back=Report.CalledBack.STATEMENT)
    if message.kind == Kind.STATEMENT:
        rows = rows.filter(state__in=Report.WRITABLE)
    return list(rows)


def _theirs(message: OutboxMessage, reports: list[Report], today: date) -> list[Report]:
    """Those the person still has the part in that the notice is for: it may have waited, and roles end."""
    rows = RoleAssignment.objects.active_on(today).filter(person=message.to_id)
    held: dict[int | None, set[str]] = defaultdict(set)
    for project, role in rows.filter(project__in=[row.project_id for row in reports]).values_list("project", "role"):
        held[project].add(role)
    kind = Kind(message.kind)
    return [row for row in reports if held[row.project_id] & (asked(row) if kind == Kind.REMINDER else AUDIENCE[kind])]


def report_ids(message: OutboxMessage) -> list[int]:
    """The reports a notice was about when it was left."""
    payload = message.payload
    return payload["reports"] if "reports" in payload else [payload["report"]]


def _is_muted(message: OutboxMessage) -> bool:
    return MutedNotice.objects.filter(person=message.to_id, kind=message.kind).exists()


def _on(message: OutboxMessage) -> date:
    return date.fromisoformat(message.payload["on"])


def _told(message: OutboxMessage, report: Report) -> tuple[str, str]:
    receipt = message.payload.get("number", "")
    what = {"project": report.project.title, "round": str(report.round).lower(), "number": receipt}
    subject, said = _words(Kind(message.kind))
    return subject % what, f"{said % what}\n\n{settings.SITE_URL}{link(message, report)}"


def _reminded(message: OutboxMessage, reports: list[Report]) -> tuple[str, str]:
    count = len(reports)
    subject = ngettext("En rapport er ikke sendt inn", "%(count)s rapporter er ikke sendt inn", count)
    lead = ngettext("Denne rapporten er ikke sendt inn ennå:", "Disse rapportene er ikke sendt inn ennå:", count)
    thanks = _("Er det alt på vei, kan du se bort fra denne e-posten.")
    lines = [f"{_line(report, _on(message))}\n{settings.SITE_URL}{link(message, report)}" for report in reports]
    return subject % {"count": number(count)}, "\n\n".join([lead, *lines, thanks])


def _line(report: Report, today: date) -> str:
    """What is owed and when, as a line of a reminder."""
    is_late = report.due_on < today
    line = (
        _("%(Round)s for «%(project)s». Fristen var %(day)s, men den kan fortsatt sendes inn.")
        if is_late
        else _("%(Round)s for «%(project)s». Fristen er %(day)s.")
    ) % {"Round": str(report.round), "project": report.project.title, "day": day_long(report.due_on)}
    if report.state != Report.State.AWAITING_SIGNATURE:
        return line
    waits = _("Den venter på signaturen til prosjekteieren.")
    return f"{line} {waits}"


def _words(kind: Kind) -> tuple[str, str]:
    """Subject and message, before project and round are put in."""
    words = {
        Kind.RECEIVED: (
            _("Mottatt: %(round)s for %(project)s"),
            _("Vi har mottatt %(round)s for «%(project)s». Kvitteringen har nummer %(number)s. Du finner den her:"),
        ),
        Kind.TO_SIGN: (
            _("Venter på signaturen din: %(round)s for %(project)s"),
            _("Prosjektlederen er ferdig med %(round)s for «%(project)s» og ber deg lese og signere. Det gjør du her:"),
        ),
        Kind.CALLED_BACK: (
            _("Må signeres på nytt: %(round)s for %(project)s"),
            _(
                "Uttalelsen fra tillitsvalgte til %(round)s for «%(project)s» er endret etter at rapporten ble sendt "
                "til prosjekteier. Prosjektlederen må se over rapporten og sende den til signering på nytt. "
                "Den ligger her:"
            ),
        ),
        Kind.STATEMENT: (
            _("Uttalelse til %(round)s for %(project)s"),
            _(
                "Prosjektlederen ber om en uttalelse fra deg som tillitsvalgt til %(round)s for «%(project)s». "
                "Du kan lese utkastet og skrive uttalelsen her:"
            ),
        ),
        Kind.RETURNED: (
            _("Sendt tilbake: %(round)s for %(project)s"),
            _("Rådgiveren har lest %(round)s for «%(project)s» og trenger mer før den kan godkjennes. Se hva her:"),
        ),
        Kind.APPROVED: (
            _("Godkjent: %(round)s for %(project)s"),
            _("Rådgiveren har godkjent %(round)s for «%(project)s». Takk for arbeidet! Rapporten ligger her:"),
        ),
    }
    return words[kind]


def _why() -> str:
    why = _("Du får denne e-posten fordi du har en rolle i prosjektet. Hvilke e-poster du får, velger du her:")
    return f"{why}\n{settings.SITE_URL}{reverse('notices')}"


def _headers(message: OutboxMessage) -> dict[str, str]:
    """The same Message-ID each time, so that a mail that is sent twice after a crash is recognised as one."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {"Message-ID": f"<{message.kind}.{message.pk}@{host}>", "Auto-Submitted": "auto-generated"}
