"""Milestones: the leader reports them as reached, the owner signs or declines with a reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.models import Project


class Milestone(models.Model):
    """Something that shall have happened by a date. `version` guards edits and the signature."""

    class Phase(models.TextChoices):
        IDEA = "idea", _("Idé")
        PLANNING = "planning", _("Planlegging")
        DELIVERY = "delivery", _("Gjennomføring")
        HANDOVER = "handover", _("Overlevering")
        REALISATION = "realisation", _("Gevinstuttak")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("milestone", "Planlagt")
        REPORTED = "reported", pgettext_lazy("milestone", "Meldt som nådd")
        SIGNED = "signed", pgettext_lazy("milestone", "Godkjent")
        DECLINED = "declined", pgettext_lazy("milestone", "Ikke godkjent")
        WITHDRAWN = "withdrawn", pgettext_lazy("milestone", "Trukket")

    OPEN = frozenset({State.PLANNED, State.REPORTED, State.DECLINED})  # may be changed or withdrawn
    REPORTABLE = frozenset({State.PLANNED, State.DECLINED})
    DECIDABLE = frozenset({State.REPORTED})

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True, max_length=2000)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.DELIVERY)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reported_on = models.DateField(null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    report_note = models.TextField(blank=True, max_length=2000)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_note = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "declined"]) | Q(decided_on__isnull=False),
                name="milestone_decision_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decision_note=""), name="milestone_declined_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title
