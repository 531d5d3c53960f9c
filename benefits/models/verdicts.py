"""What the engine has found. Only `benefits.assessment` and the answers in `benefits.actions.warnings` write here."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benefits.models.targets import EffectTarget
from projects.models import Project


class Assessment(models.Model):
    """The current verdict of a project, and what it was computed from. `risk` NULL: not assessable.

    `pitfalls` maps rule to severity (0–4, null not assessable); `counts` says how many targets have each result.
    `freed_time` holds one object for each municipality, see `FreedTotal`; none where there is no ledger.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="assessment")
    revision = models.PositiveBigIntegerField()
    programme_revision = models.PositiveBigIntegerField()
    as_of = models.DateField()
    rule_version = models.PositiveIntegerField()
    verdict_digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    result = models.CharField(max_length=16)
    state = models.CharField(max_length=32, blank=True)
    reasons = models.JSONField(default=list)
    risk = models.PositiveSmallIntegerField(null=True)
    pitfalls = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    freed_time = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["result"], name="assessment_result")]


class AssessmentHistory(models.Model):
    """One row each time a verdict changed: what was the status on a date, and why."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="assessment_history")
    as_of = models.DateField()
    recorded_at = models.DateTimeField()
    rule_version = models.PositiveIntegerField()
    result = models.CharField(max_length=16)
    state = models.CharField(max_length=32, blank=True)
    risk = models.PositiveSmallIntegerField(null=True)
    pitfalls = models.JSONField(default=dict)
    targets = models.JSONField(default=list)

    class Meta:
        ordering = ["project", "as_of", "id"]
        indexes = [models.Index(fields=["project", "as_of"], name="history_by_date")]


class TargetStatus(models.Model):
    """The current verdict of one target. Shares: 1.0 is the whole way from baseline to target; values in its unit.

    `forecast` is a list of {on, value, low, high}, one a period; see `TargetVerdict` for it and the three after it.
    """

    target = models.OneToOneField(EffectTarget, on_delete=models.CASCADE, related_name="status")
    state = models.CharField(max_length=32)
    result = models.CharField(max_length=16)
    reasons = models.JSONField(default=list)
    value = models.FloatField(null=True)
    measured_on = models.DateField(null=True)
    points = models.PositiveIntegerField(default=0)
    attainment = models.FloatField(null=True)
    attainment_sd = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    expected_value = models.FloatField(null=True)
    expected_today = models.FloatField(null=True)
    best = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    forecast = models.JSONField(default=list)
    chance = models.CharField(max_length=16, blank=True)
    no_forecast = models.CharField(max_length=16, blank=True)
    signals = models.JSONField(default=list)
    next_due_on = models.DateField(null=True)


class PitfallWarning(models.Model):
    """One rule's finding about one subject, from the day it opened until new facts closed it.

    `last_seen_on` is the last day the sign was seen, as far as is stored; `held_since` the day it was first gone while
    nothing new had been learnt (see `benefits.engine.hysteresis`). `is_wordless` is not stored: people's own words are
    not for the one about to read it (`benefits.discretion`).
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="warnings")
    rule = models.CharField(max_length=20)
    target = models.ForeignKey(EffectTarget, on_delete=models.CASCADE, null=True, blank=True, related_name="warnings")
    severity = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=60)
    evidence = models.JSONField(default=list)
    threshold = models.JSONField(default=dict)
    action = models.CharField(max_length=60, blank=True)
    closes_when = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True)
    opened_on = models.DateField()
    last_seen_on = models.DateField()
    held_since = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    is_wordless = False

    class Meta:
        ordering = ["-severity", "opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "rule", "target"],
                condition=Q(closed_on=None, target__isnull=False),
                name="one_open_warning_per_target",
            ),
            models.UniqueConstraint(
                fields=["project", "rule"],
                condition=Q(closed_on=None, target=None),
                name="one_open_warning_per_project",
            ),
        ]


class WarningEventQuerySet(models.QuerySet["WarningEvent"]):
    """Questions about the steps of warnings."""

    def answers_known_at(self, moment: datetime | None) -> "WarningEventQuerySet":
        """People's answers in force to warnings that were open, as known at a moment; None: now."""
        answers = self.filter(kind__in=WarningEvent.ANSWERS)
        if moment is None:
            return answers.filter(superseded_at=None, warning__closed_on=None)
        closed = WarningEvent.objects.filter(kind=WarningEvent.Kind.CLOSED, recorded_at__lte=moment)
        in_force = answers.filter(Q(superseded_at=None) | Q(superseded_at__gt=moment), recorded_at__lte=moment)
        return in_force.exclude(warning__in=closed.values("warning"))


class WarningEvent(models.Model):
    """One step in a warning's life, with what the warning said then. People's steps carry who, why and until when."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Åpnet")
        SEVERITY = "severity", _("Endret alvorlighet")
        CAUSE = "cause", _("Endret årsak")
        ACKNOWLEDGED = "acknowledged", _("Kvittert ut som sett")
        ACTION = "action", _("Tiltak registrert")
        ACCEPTED = "accepted", _("Godtatt til dato")
        FALSE_POSITIVE = "false_positive", _("Meldt som feil varsel")
        CLOSED = "closed", _("Lukket av nye opplysninger")

    ANSWERS = frozenset({Kind.ACTION, Kind.ACCEPTED, Kind.FALSE_POSITIVE})
    SEEN = ANSWERS | {Kind.ACKNOWLEDGED}  # says that somebody has read it
    SAID = frozenset({Kind.OPENED, Kind.SEVERITY, Kind.CAUSE})  # carries what the warning said from then on

    warning = models.ForeignKey(PitfallWarning, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    severity = models.PositiveSmallIntegerField(null=True)
    cause = models.CharField(max_length=60, blank=True)

    objects = WarningEventQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="accepted") | Q(until__isnull=False), name="accepted_until_a_date")
        ]


class Concern(models.Model):
    """What people see now: one cause, one action, one responsible role, one date. Rewritten at each assessment.

    `order` is its place in the one ranking within the project, `visible_on` when people outside the project see it.
    `since` is the date of the fact that opened it, `answered_on` the day an action was registered against it.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="concerns")
    kind = models.CharField(max_length=1)
    target = models.ForeignKey(EffectTarget, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    severity = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    responsible = models.CharField(max_length=32)
    urgency = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True)
    rules = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    order = models.PositiveSmallIntegerField()
    since = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    opened_on = models.DateField()
    visible_on = models.DateField()

    class Meta:
        ordering = ["urgency", "-severity", "due_on", "project", "order"]
        indexes = [models.Index(fields=["urgency", "visible_on"], name="concern_rank")]
