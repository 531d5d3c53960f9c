"""When a rule was held at WATCH in a programme, and who let it go: dated facts that past verdicts depend on."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import Programme


class GovernorHoldQuerySet(models.QuerySet["GovernorHold"]):
    """Questions about holds."""

    def in_force(self, as_of: date, known_at: datetime | None) -> "GovernorHoldQuerySet":
        """Holds on a date, as known at a moment (None: now)."""
        held = self.filter(held_on__lte=as_of)
        if known_at is None:
            return held.filter(Q(released_on=None) | Q(released_on__gt=as_of))
        released = Q(released_on__lte=as_of, released_at__lte=known_at)
        return held.filter(recorded_at__lte=known_at).exclude(released)


class GovernorHold(models.Model):
    """One time a rule was held: why, the figures then, and its release. `part` of `whole` was the share."""

    class Ground(models.TextChoices):
        CRITICAL = "critical", _("Alvorlig i for mange prosjekter")
        FALSE = "false", _("Meldt som feil for ofte")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="governor_holds")
    rule = models.CharField(max_length=20)
    ground = models.CharField(max_length=8, choices=Ground.choices)
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()
    held_on = models.DateField()
    recorded_at = models.DateTimeField()
    released_on = models.DateField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    released_share = models.FloatField(null=True)
    reason = models.TextField(blank=True, max_length=1000)

    objects = GovernorHoldQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "rule", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "rule"], condition=Q(released_on=None), name="rule_held_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(released_on=None, released_at=None)
                | Q(released_on__isnull=False, released_at__isnull=False),
                name="release_has_both_times",
            ),
        ]
