"""Phases: a project goes from one to the next when its owner has signed. The steps are a log that only grows."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from benefits.models.milestones import Milestone
from projects.models import Project

Phase = Milestone.Phase
PHASES = tuple(Phase)


class PhaseStepQuerySet(models.QuerySet["PhaseStep"]):
    """Questions about steps."""

    def known_on(self, day: date, known_at: datetime | None) -> "PhaseStepQuerySet":
        """The steps taken by a day, as known at a moment; None: now."""
        taken = self.filter(on__lte=day)
        return taken if known_at is None else taken.filter(recorded_at__lte=known_at)


class PhaseStep(models.Model):
    """Something that happened at the shift out of a phase: asked for, signed, or declined with a reason.

    `checked`: the items of the checklist that were met when it was asked for; `reference`: where the evidence is.
    """

    class Kind(models.TextChoices):
        ASKED = "asked", pgettext_lazy("phase", "Sendt til prosjekteier")
        SIGNED = "signed", pgettext_lazy("phase", "Godkjent")
        DECLINED = "declined", pgettext_lazy("phase", "Ikke godkjent")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="phase_steps")
    phase = models.CharField(max_length=12, choices=Phase.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    note = models.TextField(blank=True, max_length=2000)
    reference = models.CharField(max_length=200, blank=True)
    checked = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PhaseStepQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="declined") | ~Q(note=""), name="phase_declined_with_reason"),
            models.CheckConstraint(condition=~Q(phase="realisation"), name="nothing_after_the_last_phase"),
            models.UniqueConstraint(
                fields=["project", "phase"], condition=Q(kind="signed"), name="phase_left_once_per_project"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()}: {self.get_kind_display()}"
