"""Measurements: new rows only. A correction supersedes the row it corrects; both stay."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benefits.models.targets import EffectTarget
from municipalities.models import Municipality


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    """Questions about measurements."""

    def live(self) -> "MeasurementQuerySet":
        """The values in force as known now."""
        return self.filter(superseded_at=None)

    def known_at(self, moment: datetime | None) -> "MeasurementQuerySet":
        """The values in force as known at a moment; None: now."""
        if moment is None:
            return self.live()
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))

    def counting(self, day: date) -> "MeasurementQuerySet":
        """Those that count for status on a date: registered or confirmed, and measured by then."""
        return self.filter(measured_on__lte=day).exclude(state=Measurement.State.DRAFT)


class Measurement(models.Model):
    """One value of a target's indicator on a date, perhaps for one municipality of a joint project.

    `value` in the target's unit; `numerator`/`denominator` when it is a share; `n` answers or employees behind it.
    `reference`: where the figure can be looked up, such as a case number.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        REGISTERED = "registered", _("Registrert")
        CONFIRMED = "confirmed", _("Bekreftet")

    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, related_name="measurements")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="measurements"
    )
    measured_on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=4)
    numerator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    definition_version = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REGISTERED)
    is_preliminary = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction_reason = models.CharField(max_length=300, blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["target", "measured_on"]
        indexes = [
            models.Index(
                fields=["target", "measured_on"], include=["value"], condition=Q(superseded_at=None), name="series_live"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "measured_on"],
                condition=Q(superseded_at=None, municipality=None),
                name="one_live_value_per_date",
            ),
            models.UniqueConstraint(
                fields=["target", "municipality", "measured_on"],
                condition=Q(superseded_at=None, municipality__isnull=False),
                name="one_live_value_per_municipality_date",
            ),
            models.CheckConstraint(condition=Q(denominator=None) | Q(denominator__gt=0), name="denominator_positive"),
            models.CheckConstraint(
                condition=Q(numerator=None, denominator=None) | Q(numerator__isnull=False, denominator__isnull=False),
                name="numerator_with_denominator",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")),
                name="superseded_after_recorded",
            ),
        ]
