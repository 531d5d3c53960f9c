"""The ledger of freed time, by double entry: what was freed, and what the same time is used for.

Årsverk are the unit everything is summed in. Hours are turned into årsverk by the row's own number of hours.
"""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from benefits.engine import freed_time
from benefits.models.benefits import Benefit
from benefits.models.targets import EffectTarget
from municipalities.models import Municipality
from projects.models import Project

# 37.5 hours in 47 weeks are 1 762.5; the round number below. The programme's papers say none, so a row may say its own.
HOURS_PER_FTE = 1750
SCATTERED = Decimal(str(freed_time.SCATTERED))
PLACES = 6  # decimals of an amount in årsverk
SLACK = Decimal(str(freed_time.SLACK))


class Unit(models.TextChoices):
    """What an amount was typed in; both are per year."""

    FTE = "fte", _("årsverk")
    HOURS = "hours", _("timer i året")


class FreedTime(models.Model):
    """One post of a project's ledger, numbered from 1 and shown as «F1». `version` guards edits."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="freed_time")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["project", "number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="freed_time_number_once")]

    def __str__(self) -> str:
        return f"F{self.number}"


class FreedTimeVersionQuerySet(models.QuerySet["FreedTimeVersion"]):
    """Questions about what the ledger says was freed."""

    def live(self) -> "FreedTimeVersionQuerySet":
        """The versions in force as known now."""
        return self.filter(superseded_at=None)

    def in_force(self, day: date, known_at: datetime | None) -> "FreedTimeVersionQuerySet":
        """What each post said on a day, as known at a moment (None: now)."""
        newest = FreedTimeVersion.objects.filter(valid_from__lte=day, freed_time=OuterRef("freed_time"))
        if known_at is not None:
            newest = newest.filter(recorded_at__lte=known_at)
        return self.filter(pk=Subquery(newest.order_by("-pk").values("pk")[:1]))


class FreedTimeVersion(models.Model):
    """What a post says from a date on. `fte` is `amount` in årsverk; `planned` what was hoped for, in the same unit.

    `municipality` is set in joint projects only. `posts`: how many positions the time is spread over; NULL: not said.
    `attested_on`: when someone in the line said that the time is there. Whoever corrects a post takes the attestation
    away, since it was of something else. `withdrawn_on`: the post was a mistake and counts no more.
    """

    freed_time = models.ForeignKey(FreedTime, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    change_reason = models.TextField(blank=True, max_length=1000)

    title = models.CharField(max_length=120)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    planned = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=5, choices=Unit.choices, default=Unit.FTE)
    hours_per_fte = models.DecimalField(max_digits=6, decimal_places=1, default=HOURS_PER_FTE)
    fte = models.DecimalField(max_digits=14, decimal_places=PLACES)
    posts = models.PositiveIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    attested_on = models.DateField(null=True, blank=True)
    attested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = FreedTimeVersionQuerySet.as_manager()

    class Meta:
        ordering = ["freed_time", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["freed_time"], condition=Q(superseded_at=None), name="one_live_version_per_freed_time"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0, fte__gt=0), name="freed_time_above_zero"),
            models.CheckConstraint(condition=Q(hours_per_fte__gt=0), name="freed_time_hours_above_zero"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="freed_time_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(benefit=None) | Q(target=None), name="freed_time_from_benefit_or_target"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | ~Q(change_reason=""), name="freed_time_withdrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def planned_fte(self) -> Decimal:
        """What was planned, in årsverk; what was freed where nothing else was planned."""
        return self.fte if self.planned is None else in_fte(self.planned, self.unit, self.hours_per_fte)

    @property
    def is_scattered(self) -> bool:
        """Whether so little falls on each position that nobody can be given the time."""
        return self.posts is not None and self.posts > 0 and self.fte / self.posts < SCATTERED

    def lasts_on(self, day: date) -> bool:
        """Whether the time is free on a day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class AllocationQuerySet(models.QuerySet["Allocation"]):
    """Questions about what freed time is used for."""

    def live(self) -> "AllocationQuerySet":
        """The rows in force as known now."""
        return self.known_at(None)

    def known_at(self, moment: datetime | None) -> "AllocationQuerySet":
        """What was recorded and not yet replaced at a moment; None: now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))


class Allocation(models.Model):
    """What a part of a post's time is used for: an immutable row; a correction supersedes it and adds another.

    `amount` is in the post's unit when it was written, `fte` the same in årsverk. `reference`: where it is decided, for
    a budget cut the line of the budget. What no row says is «uavklart».
    """

    class Use(models.TextChoices):
        BUDGET_CUT = "budget_cut", _("Budsjettreduksjon")
        SERVICE = "service", _("Navngitt oppgave eller tjenesteutvikling")
        OVERTIME = "overtime", _("Mindre overtid og vikarer")
        QUALITY = "quality", _("Kvalitetstid")
        SKILLS = "skills", _("Kompetansebygging")
        OTHER = "other", pgettext_lazy("use of freed time", "Annet")

    NAMED = frozenset({Use.SERVICE, Use.OTHER})  # must say what

    freed_time = models.ForeignKey(FreedTime, on_delete=models.PROTECT, related_name="allocations")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    use = models.CharField(max_length=10, choices=Use.choices)
    description = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    unit = models.CharField(max_length=5, choices=Unit.choices)
    fte = models.DecimalField(max_digits=14, decimal_places=PLACES)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=120)
    decided_on = models.DateField()

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ["freed_time", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, fte__gt=0), name="allocation_above_zero"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="allocation_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(use__in=["service", "other"]) | ~Q(description=""), name="allocation_says_what"
            ),
        ]
        indexes = [
            models.Index(fields=["freed_time"], condition=Q(superseded_at=None), name="allocation_live"),
        ]

    def __str__(self) -> str:
        return str(self.get_use_display())

    def lasts_on(self, day: date) -> bool:
        """Whether the time is used for this on a day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


def in_fte(amount: Decimal, unit: str, hours_per_fte: Decimal | int) -> Decimal:
    """An amount per year in årsverk."""
    return round(amount if unit == Unit.FTE else amount / Decimal(hours_per_fte), PLACES)
