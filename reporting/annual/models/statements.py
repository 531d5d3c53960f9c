"""The union representative's own words in a report: nobody else writes them, and the report does not say who did."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reporting.annual.models.reports import Report


class UnionStatement(models.Model):
    """One representative's statement to a report: `draft` is being written, `text` is what was signed (NULL: nothing).

    A draft beside a signed text is a change that is not signed yet; the signed text stands until it is.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="statements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    draft = models.TextField(blank=True, max_length=4000)
    text = models.TextField(null=True, blank=True, max_length=4000)
    signed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="statement_once_per_person"),
            models.CheckConstraint(
                condition=Q(text=None, signed_at=None) | (~Q(text="") & Q(text__isnull=False, signed_at__isnull=False)),
                name="statement_signed_has_text",
            ),
        ]
