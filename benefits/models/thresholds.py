"""A programme's own thresholds, as dated versions (decision 10)."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models import Programme


class ProgrammeThresholdQuerySet(models.QuerySet["ProgrammeThreshold"]):
    """Questions about programmes' own thresholds."""

    def known_at(self, moment: datetime | None) -> "ProgrammeThresholdQuerySet":
        """What was recorded and not yet replaced at a moment; None: now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))

    def in_force(self, as_of: date, known_at: datetime | None) -> dict[tuple[int, str], "ProgrammeThreshold"]:
        """The row that holds on a date, by programme and name: the last one valid from that date or before."""
        rows = self.known_at(known_at).filter(valid_from__lte=as_of).order_by("valid_from", "pk")
        return {(row.programme_id, row.name): row for row in rows}


class ProgrammeThreshold(models.Model):
    """What a threshold is in a programme from a date on. `value` NULL: the engine's own value again.

    Never overwritten: a change is a new row, and only a second change with the same `valid_from` supersedes the first.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="own_thresholds")
    name = models.CharField(max_length=60)
    value = models.FloatField(null=True)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = ProgrammeThresholdQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "name", "valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name", "valid_from"],
                condition=Q(superseded_at=None),
                name="threshold_live_once_per_day",
            )
        ]

    def __str__(self) -> str:
        return self.name
