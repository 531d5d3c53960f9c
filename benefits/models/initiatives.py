"""Initiatives: what is done so that a target is reached, what is known of whether it works, and where it will live."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from benefits.models.targets import EffectTarget
from projects.models import Project


class Initiative(models.Model):
    """One initiative of a project, numbered from 1 and shown as «T1». `version` guards edits."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="initiatives")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["project", "number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="initiative_number_once_per_project")]

    def __str__(self) -> str:
        return f"T{self.number}"


class InitiativeVersionQuerySet(models.QuerySet["InitiativeVersion"]):
    """Questions about what initiatives say."""

    def live(self) -> "InitiativeVersionQuerySet":
        """The versions in force as known now."""
        return self.filter(superseded_at=None)

    def in_force(self, day: date, known_at: datetime | None) -> "InitiativeVersionQuerySet":
        """What each initiative said on a day, as known at a moment (None: now)."""
        newest = InitiativeVersion.objects.filter(valid_from__lte=day, initiative=OuterRef("initiative"))
        if known_at is not None:
            newest = newest.filter(recorded_at__lte=known_at)
        return self.filter(pk=Subquery(newest.order_by("-pk").values("pk")[:1]))


class InitiativeVersion(models.Model):
    """What an initiative says from a date on. NULL means not set, never zero.

    How far it has come is told in facts (`started_on`, `done_share` in per cent), never as a status. `cost` is in
    kroner a year, `external_share` the per cent of it that others than the municipality pay. `home_*`: where the
    initiative will live when the project is over («innarbeiding i drift»), who keeps it, and from when.
    `stopped_on` means ended before its time, with the reason.
    """

    class Kind(models.TextChoices):
        ROSTER = "roster", _("Arbeidstid og turnus")
        ORGANISATION = "organisation", _("Organisering og ansvar")
        ROUTINE = "routine", _("Rutiner og arbeidsmåter")
        LEADERSHIP = "leadership", _("Ledelse og kultur")
        RECRUITMENT = "recruitment", _("Rekruttering og stillinger")
        TOOL = "tool", _("Utstyr og digitale verktøy")
        TRAINING = "training", _("Kurs og opplæring")
        CAMPAIGN = "campaign", _("Kampanje eller enkelttiltak")
        OTHER = "other", pgettext_lazy("initiative", "Annet")

    STRUCTURAL = frozenset({Kind.ROSTER, Kind.ORGANISATION, Kind.ROUTINE, Kind.LEADERSHIP, Kind.RECRUITMENT, Kind.TOOL})

    ONE_OFF = frozenset({Kind.TRAINING, Kind.CAMPAIGN})

    class Home(models.TextChoices):
        PLAN = "plan", _("En vedtatt plan")
        ROUTINE = "routine", _("En fast rutine")
        ROSTER = "roster", _("Turnusen")
        BUDGET = "budget", _("En budsjettpost")
        NONE = "none", _("Ikke avklart ennå")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    change_reason = models.TextField(blank=True, max_length=1000)

    title = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=2000)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    done_share = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    external_share = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.TextField(blank=True, max_length=2000)
    evidence_source = models.CharField(max_length=200, blank=True)
    home_kind = models.CharField(max_length=8, choices=Home.choices, default=Home.NONE)
    home_reference = models.CharField(max_length=200, blank=True)
    home_unit = models.CharField(max_length=120, blank=True)
    home_from = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stopped_reason = models.TextField(blank=True, max_length=1000)
    targets = models.ManyToManyField(EffectTarget, related_name="+", blank=True)

    objects = InitiativeVersionQuerySet.as_manager()

    class Meta:
        ordering = ["initiative", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(superseded_at=None), name="one_live_version_per_initiative"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                name="initiative_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(done_share=None) | Q(done_share__lte=100), name="initiative_done_share_in_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(external_share=None) | Q(external_share__lte=100),
                name="initiative_external_share_in_per_cent",
            ),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="initiative_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(stopped_on=None) | ~Q(stopped_reason=""), name="initiative_stopped_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_structural(self) -> bool:
        """Whether it changes how work is arranged, and so can last without anybody pushing."""
        return self.kind in self.STRUCTURAL

    @property
    def has_home(self) -> bool:
        """Whether it is said where it will live in daily operation, and who keeps it there."""
        return self.home_kind != self.Home.NONE and bool(self.home_unit)


class InitiativeReview(models.Model):
    """A dated look at whether an initiative is the right one: keep, adjust or stop, and why. Never changed."""

    class Decision(models.TextChoices):
        KEEP = "keep", _("Fortsett som nå")
        ADJUST = "adjust", _("Juster")
        STOP = "stop", _("Stopp")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    decision = models.CharField(max_length=6, choices=Decision.choices)
    reason = models.TextField(max_length=1000)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="initiative_review_has_reason")]

    def __str__(self) -> str:
        return self.get_decision_display()
