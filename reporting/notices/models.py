"""Which reminders have been given, and which notices people do without."""

from django.conf import settings
from django.db import models

from reporting.annual.models import Report
from reporting.notices.kinds import Kind


class Reminder(models.Model):
    """One person has been reminded of one report's deadline at one step (days from it). Once, whatever happens."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "due_on", "person", "step"], name="reminded_once_per_step"),
        ]


class MutedNotice(models.Model):
    """One person does not want one kind of notice by e-mail."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_notices")
    kind = models.CharField(max_length=40, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="notice_muted_once")]
