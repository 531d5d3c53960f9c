"""Evaluation points of a target: days on which people stop and decide to go on, adjust or stop."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benefits.models.targets import EffectTarget


class EvaluationPointQuerySet(models.QuerySet["EvaluationPoint"]):
    """Questions about evaluation points."""

    def known_at(self, moment: datetime | None) -> "EvaluationPointQuerySet":
        """Those in force as known at a moment; None: now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))


class EvaluationPoint(models.Model):
    """One day to evaluate, and what was decided there. A decision supersedes the row that planned the day.

    `decided_in`: where it was decided, such as a meeting or a case number.
    """

    class Decision(models.TextChoices):
        CONTINUE = "continue", _("Fortsette som planlagt")
        ADJUST = "adjust", _("Justere")
        STOP = "stop", _("Stoppe")

    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, related_name="evaluations")
    on = models.DateField()
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_in = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True, max_length=1000)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EvaluationPointQuerySet.as_manager()

    class Meta:
        ordering = ["target", "on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "on"], condition=Q(superseded_at=None), name="one_live_evaluation_per_date"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on=None) | (~Q(decision="") & Q(decided_on__isnull=False)),
                name="decision_with_date",
            ),
        ]

    def __str__(self) -> str:
        return self.on.isoformat()

    def is_due(self, today: date) -> bool:
        """Whether the day has come and nothing is decided."""
        return not self.decision and self.on <= today
