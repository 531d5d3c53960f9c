"""The kinds of notices. Each tells of something that has happened in the annual report."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a notice is about; the label is its name where people choose."""

    RECEIVED = "report_received", _("Kvittering for innsendt rapport")
    TO_SIGN = "report_to_sign", _("En rapport venter på signaturen din")
    CALLED_BACK = "report_called_back", _("En rapport må sendes til signering på nytt")
    RETURNED = "report_returned", _("En rapport er sendt tilbake")
    REMINDER = "report_reminder", _("Påminnelse om frist")
    APPROVED = "report_approved", _("En rapport er godkjent")
    STATEMENT = "report_statement", _("Du er bedt om en uttalelse til en rapport")
