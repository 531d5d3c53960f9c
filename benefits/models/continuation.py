"""What was decided about going on after the project: by whom, when, with what means, and how long it is followed."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.models import Project

LEAST_MONTHS = 24  # the project's end is not the end of looking: product.md, system 7


class ContinuationDecisionQuerySet(models.QuerySet["ContinuationDecision"]):
    """Questions about decisions."""

    def known_at(self, moment: datetime | None) -> "ContinuationDecisionQuerySet":
        """What was recorded and not yet replaced at a moment; None: now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))

    def made_by(self, day: date) -> "ContinuationDecisionQuerySet":
        """Those made by a date."""
        return self.filter(decided_on__lte=day)


class ContinuationDecision(models.Model):
    """The decision in force about a project's benefits when it is over. Never overwritten: a new one supersedes it.

    `budget` is in kroner a year, `workload` in full-time equivalents; NULL is not said. `follow_up_months` counts from
    the project's end.
    """

    class Outcome(models.TextChoices):
        CONTINUE = "continue", _("Videreføres i ordinær drift")
        PARTLY = "partly", _("Videreføres delvis")
        STOP = "stop", _("Videreføres ikke")

    class Forum(models.TextChoices):
        COUNCIL = "council", _("Kommunestyret eller et politisk utvalg")
        PARTIES = "parties", _("Partssammensatt utvalg")
        MANAGEMENT = "management", _("Ledermøte")
        STEERING = "steering", _("Styringsgruppen")
        OTHER = "other", pgettext_lazy("forum", "Et annet forum")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="continuation_decisions")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    forum = models.CharField(max_length=10, choices=Forum.choices)
    decided_on = models.DateField()
    reference = models.CharField(max_length=120, blank=True)
    means = models.TextField(blank=True, max_length=2000)
    budget = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)
    workload = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    owner_unit = models.CharField(max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    follow_up_months = models.PositiveSmallIntegerField(default=LEAST_MONTHS)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = ContinuationDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["project", "-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(superseded_at=None), name="one_live_continuation_decision"
            ),
            models.CheckConstraint(
                condition=Q(follow_up_months__gte=LEAST_MONTHS), name="continuation_followed_long_enough"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.decided_on.isoformat()}"
