"""Effect targets. The target is its identity; everything it says is in versions, of which one is live."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.models import Project, Theme


class EffectTarget(models.Model):
    """One effect target of a project, numbered from 1. `version` guards edits."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="targets")
    number = models.PositiveSmallIntegerField()
    is_main = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="target_number_once_per_project"),
            models.UniqueConstraint(fields=["project"], condition=Q(is_main=True), name="one_main_target_per_project"),
        ]

    def __str__(self) -> str:
        return f"E{self.number}"


class MainTarget(models.Model):
    """Which target was a project's main one from a date on. `EffectTarget.is_main` carries the live one.

    Never overwritten: another choice sets `superseded_at` and adds a row.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="main_targets")
    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(superseded_at=None), name="one_live_choice_of_main_target"
            )
        ]


class TargetVersionQuerySet(models.QuerySet["TargetVersion"]):
    """Questions about what targets say."""

    def live(self) -> "TargetVersionQuerySet":
        """The versions in force as known now."""
        return self.filter(superseded_at=None)

    def in_force(self, day: date, known_at: datetime | None) -> "TargetVersionQuerySet":
        """What each target said on a day, as known at a moment (None: now): the newest version valid by then."""
        newest = TargetVersion.objects.valid_on(day).filter(target=OuterRef("target")).order_by("-pk")
        if known_at is not None:
            newest = newest.filter(recorded_at__lte=known_at)
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def valid_on(self, day: date) -> "TargetVersionQuerySet":
        """Those whose valid date has come."""
        return self.filter(valid_from__lte=day)


class TargetVersion(models.Model):
    """What a target says from a date on: sentence, indicator, baseline, path. NULL means not set, never zero.

    `direction` +1: higher is better, -1: lower is better. `mmc` is the minimum meaningful change and `tolerance` the
    accepted distance behind plan, both in `unit`. `population`: employees or units the indicator covers.
    `keep_min`, `keep_max`: the figure is to stay within these limits until the last of `values`, one may be open; both
    NULL: it is to reach the last value. A new `definition_version` breaks the series: values before and after are not
    compared. `need` and `need_figure`: the need the target answers and the figure that shows it. `baseline_low` and
    `baseline_high`: between which the baseline probably lies. `counter`: the number of the project's target that would
    show that a gain was moved rather than made. `line_owner`: the position in the line that answers for the target,
    also when people and project are gone. `concept`: what is to change (benefits/data/concepts.toml), empty where
    it is what the indicator measures; `concept_reason`: why the indicator will do when it measures something else.
    """

    class Level(models.TextChoices):
        SOCIETAL = "societal", _("Samfunnsmål")
        EFFECT = "effect", _("Effektmål")
        OUTPUT = "output", _("Resultatmål")
        PROCESS = "process", _("Prosessmål")

    class Kind(models.TextChoices):
        REGISTER_SHARE = "register_share", _("Andel fra register")
        SURVEY_SHARE = "survey_share", _("Andel fra spørreundersøkelse")
        ABSENCE_RATE = "absence_rate", _("Fraværsprosent")
        MEAN = "mean", _("Gjennomsnitt")
        COUNT = "count", _("Antall")
        INDEX = "index", _("Indeks")

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", _("Hver måned")
        QUARTERLY = "quarterly", _("Hvert kvartal")
        YEARLY = "yearly", _("Hvert år")

    class Trajectory(models.TextChoices):
        LINEAR = "linear", _("Jevnt")
        STEPWISE = "stepwise", _("I trinn")
        S_CURVE = "s_curve", _("Sakte, raskt, sakte")
        MILESTONES = "milestones", _("Gjennom delmålene")

    class Direction(models.IntegerChoices):
        UP = 1, pgettext_lazy("direction", "Høyere er bedre")
        DOWN = -1, pgettext_lazy("direction", "Lavere er bedre")

    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    change_reason = models.TextField(blank=True, max_length=1000)

    title = models.CharField(max_length=120)
    statement = models.TextField(blank=True, max_length=1000)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.EFFECT)
    indicator = models.CharField(max_length=60, blank=True)
    definition = models.TextField(blank=True, max_length=1000)
    definition_version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=16, choices=Kind.choices, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    direction = models.SmallIntegerField(choices=Direction.choices, null=True, blank=True)
    scope = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=120, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    mmc = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    tolerance = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    plausible_min = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    plausible_max = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    keep_min = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    keep_max = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    declared_sd = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    is_measurable = models.BooleanField(default=True)

    baseline_value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_n = models.PositiveIntegerField(null=True, blank=True)
    baseline_points = models.PositiveSmallIntegerField(default=1)
    baseline_is_retrospective = models.BooleanField(default=False)
    baseline_method = models.CharField(max_length=200, blank=True)
    baseline_low = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    baseline_high = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    baseline_due_on = models.DateField(null=True, blank=True)

    trajectory = models.CharField(max_length=10, choices=Trajectory.choices, default=Trajectory.LINEAR)
    effect_starts_on = models.DateField(null=True, blank=True)
    measurement_responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    line_owner = models.CharField(max_length=120, blank=True)
    measures_after_end = models.CharField(max_length=120, blank=True)
    need = models.TextField(blank=True, max_length=1000)
    need_figure = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=300, blank=True)
    disaggregation = models.CharField(max_length=200, blank=True)
    counter = models.PositiveSmallIntegerField(null=True, blank=True)
    concept = models.CharField(max_length=30, blank=True)
    concept_reason = models.TextField(blank=True, max_length=500)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True, max_length=1000)

    objects = TargetVersionQuerySet.as_manager()

    class Meta:
        ordering = ["target", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["target"], condition=Q(superseded_at=None), name="one_live_version_per_target"
            ),
            models.CheckConstraint(
                condition=Q(baseline_value=None) | Q(baseline_on__isnull=False), name="baseline_has_date"
            ),
            models.CheckConstraint(condition=Q(direction=None) | Q(direction__in=[-1, 1]), name="direction_known"),
            models.CheckConstraint(condition=Q(mmc=None) | Q(mmc__gte=0), name="mmc_not_negative"),
            models.CheckConstraint(condition=Q(tolerance=None) | Q(tolerance__gte=0), name="tolerance_not_negative"),
            models.CheckConstraint(
                condition=Q(plausible_min=None) | Q(plausible_max=None) | Q(plausible_min__lt=F("plausible_max")),
                name="plausible_range_in_order",
            ),
            models.CheckConstraint(
                condition=Q(keep_min=None) | Q(keep_max=None) | Q(keep_min__lt=F("keep_max")),
                name="kept_limits_in_order",
            ),
            models.CheckConstraint(
                condition=Q(baseline_low=None) | Q(baseline_high=None) | Q(baseline_low__lte=F("baseline_high")),
                name="baseline_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TargetValue(models.Model):
    """A value promised for a date, with why. The latest one is the target; earlier ones are steps on the way."""

    version = models.ForeignKey(TargetVersion, on_delete=models.CASCADE, related_name="values")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=4)
    rationale = models.TextField(blank=True, max_length=1000)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["version", "on"], name="one_target_value_per_date")]


class PlannedPoint(models.Model):
    """A date on which a measurement is planned."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", _("Nullpunkt")
        REGULAR = "regular", _("Måling")
        MIDWAY = "midway", _("Midtveis")
        END = "end", _("Slutt")
        FOLLOW_UP = "follow_up", _("Oppfølging")

    version = models.ForeignKey(TargetVersion, on_delete=models.CASCADE, related_name="planned")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REGULAR)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["version", "on"], name="one_planned_point_per_date")]
