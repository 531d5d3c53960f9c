"""The copy of a submission to a municipality's archive: JSON, PDF, metadata and checksums, by e-mail."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from journal.models import OutboxMessage
from journal.outbox import Undeliverable
from reporting.annual.actions.archive import addresses_of
from reporting.annual.documents.package import files_of
from reporting.annual.integrity import is_untouched
from reporting.annual.models import Submission
from saman.words import EXAMPLE_DATA

Outcome = OutboxMessage.Outcome
_TYPES = {"json": "application/json", "pdf": "application/pdf"}


def carry_copy(message: OutboxMessage) -> Outcome:
    """Send one copy, or leave it when nobody wants it any more. Raises Undeliverable, and as the mail server."""
    payload = message.payload
    related = Submission.objects.select_related("report__round", "report__project", "signature")
    submission = related.filter(pk=payload["submission"], test_round=None).first()
    if submission is None:
        return Outcome.SKIPPED
    address = addresses_of(submission).filter(municipality=payload["municipality"]).first()
    if address is None:
        return Outcome.SKIPPED
    if not is_untouched(submission):
        raise Undeliverable(f"submission {submission.number} is not what was received")
    mail = _mail(submission, address.email, message)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _said in error.recipients.values()):
            raise Undeliverable(f"the mail server refuses archive address {address.pk}") from error
        raise
    return Outcome.SENT


def _mail(submission: Submission, to: str, message: OutboxMessage) -> EmailMessage:
    report = submission.report
    with translation.override(submission.contents["content"]["language"]):
        what = {"round": str(report.round), "project": report.project.title, "number": submission.number}
        subject = _("%(round)s for %(project)s, %(number)s") % what
        said = _(
            "Vedlagt er %(round)s for «%(project)s», slik den ble mottatt, til kommunens arkiv. Referansen er "
            "%(number)s. SHA256SUMS har sjekksummen til hvert vedlegg."
        )
        lines = [said % what, _("Hilsen Saman")]
        if settings.DEMO:
            lines.insert(0, str(EXAMPLE_DATA))
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{message.kind}.{message.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    body = "\n\n".join(lines) + "\n"
    mail = EmailMessage(subject=" ".join(subject.split()), body=body, to=[to], headers=headers)
    for name, content in files_of(submission, is_demo=settings.DEMO).items():
        mail.attach(name, content, _TYPES.get(name.rpartition(".")[2], "application/octet-stream"))
    return mail
