"""An adviser's yes to an indicator that stands in for what a target is about."""

from django.conf import settings
from django.db import models

from benefits.models.targets import EffectTarget


class StandInConfirmation(models.Model):
    """That an indicator will do for a concept in one target. It lapses by itself when either is changed."""

    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, related_name="confirmations")
    concept = models.CharField(max_length=30)
    indicator = models.CharField(max_length=60)
    confirmed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["target", "id"]
        constraints = [
            models.UniqueConstraint(fields=["target", "concept", "indicator"], name="one_confirmation_of_a_stand_in")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} for {self.concept}"
