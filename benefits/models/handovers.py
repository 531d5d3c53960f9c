"""Handovers: what one person leaves to others when a role ends, and who has said yes to taking it over."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.models import Project
from projects.roles import PROJECT_ROLES, Role


class HandoverRecordQuerySet(models.QuerySet["HandoverRecord"]):
    """Questions about handovers."""

    def known_at(self, moment: datetime | None) -> "HandoverRecordQuerySet":
        """Those recorded and not taken back at a moment; None: now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))


class HandoverRecord(models.Model):
    """One person hands over to another on a date. Never changed: it is taken back, or another one is made beside it.

    It holds when everyone who receives something has accepted; see `HandoverAcceptance`, and `HandoverDecline`.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="handovers")
    role = models.CharField(max_length=32, choices=[(role.value, role.label) for role in Role if role in PROJECT_ROLES])
    from_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to_unit = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    note = models.TextField(blank=True, max_length=4000)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = HandoverRecordQuerySet.as_manager()

    class Meta:
        ordering = ["project", "-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_person=F("to_person")), name="handover_to_someone_else"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.on.isoformat()}"


class HandoverPoint(models.Model):
    """One open point of a handover, and who receives it. `object_id` is the id of what `kind` says it is."""

    class Kind(models.TextChoices):
        TARGET = "target", pgettext_lazy("handover", "Måling")
        BENEFIT = "benefit", pgettext_lazy("handover", "Gevinst")
        MILESTONE = "milestone", pgettext_lazy("handover", "Milepæl")
        WARNING = "warning", pgettext_lazy("handover", "Ubesvart varsel")
        ACTION = "action", pgettext_lazy("handover", "Registrert tiltak")
        PHASE = "phase", pgettext_lazy("handover", "Faseskifte")

    record = models.ForeignKey(HandoverRecord, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    object_id = models.PositiveBigIntegerField()
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["record", "id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "kind", "object_id"], name="handover_point_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.object_id}"


class HandoverAcceptance(models.Model):
    """A receiver has said yes to what a handover leaves to them."""

    record = models.ForeignKey(HandoverRecord, on_delete=models.CASCADE, related_name="acceptances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["record", "recorded_at", "id"]
        verbose_name = _("godtatt overlevering")
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="handover_accepted_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.accepted_on.isoformat()}"


class HandoverDecline(models.Model):
    """A receiver has said no to what a handover leaves to them, and why. It is then nobody's again."""

    record = models.ForeignKey(HandoverRecord, on_delete=models.CASCADE, related_name="declines")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declined_on = models.DateField()
    reason = models.TextField(max_length=1000)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["record", "recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "person"], name="handover_declined_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="handover_declined_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.declined_on.isoformat()}"
