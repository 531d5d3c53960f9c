"""Benefits: what the municipality or others gain when the targets are reached, and who in the line takes it out."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from benefits.models.initiatives import Initiative
from benefits.models.targets import EffectTarget
from projects.models import Project


class Benefit(models.Model):
    """One benefit of a project. `code` (A1, K2) is its name in every table; `version` guards edits.

    The letter says the form it had when it was added (Prosjektveiviseren): Ø budget effect, A alternative use, V priced
    in another part of the public sector, K not priced. A code is never changed and never used again, so that nothing is
    counted twice.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="benefits")
    code = models.CharField(max_length=6)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["project", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="benefit_code_once_per_project")]

    def __str__(self) -> str:
        return self.code


class BenefitVersionQuerySet(models.QuerySet["BenefitVersion"]):
    """Questions about what benefits say."""

    def live(self) -> "BenefitVersionQuerySet":
        """The versions in force as known now."""
        return self.filter(superseded_at=None)

    def in_force(self, day: date, known_at: datetime | None) -> "BenefitVersionQuerySet":
        """What each benefit said on a day, as known at a moment (None: now)."""
        newest = BenefitVersion.objects.filter(valid_from__lte=day, benefit=OuterRef("benefit"))
        if known_at is not None:
            newest = newest.filter(recorded_at__lte=known_at)
        return self.filter(pk=Subquery(newest.order_by("-pk").values("pk")[:1]))


class BenefitVersion(models.Model):
    """What a benefit says from a date on: form, who takes it out, what measures it, what it rests on.

    `target` is the effect target whose indicator measures it; the benefit takes that target's state. `assumption` is
    what must hold, `assumption_handled` how the line sees to it. `importance` is for what has no price.
    `first_measured_after_end` is when it is first measured after the project is over.
    """

    class Form(models.TextChoices):
        BUDGET = "budget", _("Budsjettvirkning")
        ALTERNATIVE = "alternative", _("Alternativ bruk av frigitt tid")
        ELSEWHERE = "elsewhere", _("Prissatt, hos andre enn kommunen")
        UNPRICED = "unpriced", _("Ikke prissatt")

    LETTERS = {Form.BUDGET: "Ø", Form.ALTERNATIVE: "A", Form.ELSEWHERE: "V", Form.UNPRICED: "K"}

    class Kind(models.TextChoices):
        AVOIDED_COST = "avoided_cost", _("Unngåtte kostnader")
        TIME_SAVED = "time_saved", _("Spart tid")
        QUALITY = "quality", _("Økt kvalitet")

    class Arises(models.TextChoices):
        OWN = "own", _("Egen kommune")
        STATE = "state", _("Andre statlige virksomheter")
        MUNICIPAL = "municipal", _("Andre i kommunal sektor")
        BUSINESS = "business", _("Næringsliv")
        INHABITANTS = "inhabitants", _("Innbyggere")

    class Importance(models.TextChoices):
        LOW = "low", pgettext_lazy("importance", "Lav")
        MODERATE = "moderate", pgettext_lazy("importance", "Moderat")
        HIGH = "high", pgettext_lazy("importance", "Høy")

    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    change_reason = models.TextField(blank=True, max_length=1000)

    title = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=2000)
    form = models.CharField(max_length=11, choices=Form.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    arises = models.CharField(max_length=11, choices=Arises.choices, default=Arises.OWN)
    is_dis_benefit = models.BooleanField(default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_position = models.CharField(max_length=120, blank=True)
    owner_unit = models.CharField(max_length=120, blank=True)
    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    assumption = models.TextField(blank=True, max_length=1000)
    assumption_handled = models.TextField(blank=True, max_length=1000)
    importance = models.CharField(max_length=8, choices=Importance.choices, blank=True)
    importance_reason = models.TextField(blank=True, max_length=1000)
    realised_from = models.DateField(null=True, blank=True)
    first_measured_after_end = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True, max_length=1000)
    initiatives = models.ManyToManyField(Initiative, related_name="+", blank=True)

    objects = BenefitVersionQuerySet.as_manager()

    class Meta:
        ordering = ["benefit", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit"], condition=Q(superseded_at=None), name="one_live_version_per_benefit"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | ~Q(withdrawn_reason=""), name="benefit_withdrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_owner(self) -> bool:
        """Whether somebody in the line is named: a person, or a position in a unit."""
        return self.owner_id is not None or bool(self.owner_position)


class BenefitYear(models.Model):
    """What a benefit is worth in one year, in thousand kroner. Net is gross less what it costs to keep it up."""

    version = models.ForeignKey(BenefitVersion, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    gross = models.DecimalField(max_digits=12, decimal_places=1, null=True, blank=True)
    net = models.DecimalField(max_digits=12, decimal_places=1, null=True, blank=True)
    low = models.DecimalField(max_digits=12, decimal_places=1, null=True, blank=True)
    high = models.DecimalField(max_digits=12, decimal_places=1, null=True, blank=True)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["version", "year"], name="one_amount_per_benefit_and_year"),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")), name="benefit_year_range_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)
