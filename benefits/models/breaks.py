"""Breaks people have registered in a target's series: from a day on, the figures are of something else."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benefits.models.targets import EffectTarget


class SeriesBreakQuerySet(models.QuerySet["SeriesBreak"]):
    """Questions about breaks."""

    def known_at(self, moment: datetime | None) -> "SeriesBreakQuerySet":
        """Those in force as known at a moment; None: now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))

    def begun(self, day: date) -> "SeriesBreakQuerySet":
        """Those that had happened by a date."""
        return self.filter(on__lte=day)


class SeriesBreak(models.Model):
    """Figures before `on` and from it are not compared: no trend, forecast, run chart or relapse goes across it."""

    class Kind(models.TextChoices):
        DEFINITION = "definition", _("Tallet regnes ut på en annen måte")
        REORGANISATION = "reorganisation", _("Enheten er omorganisert")
        MERGER = "merger", _("Kommunen er slått sammen")
        OTHER = "other", _("Noe annet")

    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, related_name="breaks")
    on = models.DateField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    note = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SeriesBreakQuerySet.as_manager()

    class Meta:
        ordering = ["target", "on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "on"], condition=Q(superseded_at=None), name="one_live_break_per_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.on.isoformat()})"
