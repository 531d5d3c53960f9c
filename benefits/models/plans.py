"""The benefits realisation plan: its own words, what was submitted, and what the owner decided.

The benefits and initiatives are rows of their own. What is submitted is a new row that nobody can change; so is the
owner's decision. Both are refused UPDATE and DELETE by the database.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.models import Project


class Plan(models.Model):
    """A project's plan, from the day somebody opened the room. `version` guards edits of its own words."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="plan")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.project)


class PlanTextQuerySet(models.QuerySet["PlanText"]):
    """Questions about a plan's own words."""

    def live(self) -> "PlanTextQuerySet":
        """Those in force as known now."""
        return self.filter(superseded_at=None)

    def in_force(self, day: date, known_at: datetime | None) -> "PlanTextQuerySet":
        """What each plan said on a day, as known at a moment (None: now)."""
        newest = PlanText.objects.filter(valid_from__lte=day, plan=OuterRef("plan"))
        if known_at is not None:
            newest = newest.filter(recorded_at__lte=known_at)
        return self.filter(pk=Subquery(newest.order_by("-pk").values("pk")[:1]))


class PlanText(models.Model):
    """What a plan says besides its benefits. `path` decides what it is asked for; blank: what suits its targets.

    `kept_elsewhere` refers to a plan kept in another place, attested by the leader: it counts as a plan, and nothing in
    it is known here.
    """

    class Path(models.TextChoices):
        SIMPLE = "simple", _("Enkelt løp")
        FULL = "full", _("Full plan")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="texts")
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    path = models.CharField(max_length=6, choices=Path.choices, blank=True)
    summary = models.TextField(blank=True, max_length=3000)
    assumptions = models.TextField(blank=True, max_length=3000)
    kept_elsewhere = models.CharField(max_length=300, blank=True)

    objects = PlanTextQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(superseded_at=None), name="one_live_text_per_plan")
        ]

    def __str__(self) -> str:
        return self.summary[:60]


class PlanVersion(models.Model):
    """What was sent to the owner: the whole plan as canonical JSON with its SHA-256. Never changed."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("plan", "Venter på prosjekteier")
        APPROVED = "approved", pgettext_lazy("plan", "Godkjent")
        RETURNED = "returned", pgettext_lazy("plan", "Sendt tilbake")
        REPLACED = "replaced", pgettext_lazy("plan", "Erstattet")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="plan_versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    change_note = models.TextField(blank=True, max_length=1000)
    submitted_on = models.DateField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["project", "-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="plan_number_once_per_project")]

    def __str__(self) -> str:
        return str(self.number)


class PlanDecision(models.Model):
    """The owner's word on one submitted plan: approved, or sent back with a reason. Never changed."""

    plan_version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="decision")
    is_approved = models.BooleanField()
    reason = models.TextField(blank=True, max_length=2000)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_approved=True) | ~Q(reason=""), name="plan_returned_with_reason")
        ]

    def __str__(self) -> str:
        return str(PlanVersion.State.APPROVED.label if self.is_approved else PlanVersion.State.RETURNED.label)
