"""The grant record. Nothing in it is overwritten: a correction supersedes a row and adds another. In kroner."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models import Project

PERSON = settings.AUTH_USER_MODEL
LARGEST = 99_999_999_999


class Entry(models.Model):
    """One row. Superseded, and replaced by nothing: it was a mistake, and counts no more. `ended_because` says why."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        abstract = True


class GrantPromise(Entry):
    """What the programme has promised the project, and where that is written."""

    amount = models.PositiveBigIntegerField()
    promised_on = models.DateField()
    reference = models.CharField(max_length=200)

    class Meta:
        ordering = ["promised_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="grant_promise_above_zero")]
        indexes = [models.Index(fields=["project"], condition=Q(superseded_at=None), name="grant_promise_live")]


class GrantCondition(Entry):
    """What the project must have done, and by when."""

    text = models.CharField(max_length=500)
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["project"], condition=Q(superseded_at=None), name="grant_condition_live")]


class ConditionCheck(models.Model):
    """Somebody has judged whether a condition is met: the newest row counts. `evidence` says where it can be seen."""

    condition = models.ForeignKey(GrantCondition, on_delete=models.PROTECT, related_name="checks")
    is_met = models.BooleanField()
    judged_on = models.DateField()
    evidence = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["condition", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_met=False) | ~Q(evidence=""), name="condition_met_has_evidence")
        ]


class GrantPayment(Entry):
    """What has been paid out."""

    amount = models.PositiveBigIntegerField()
    paid_on = models.DateField()
    reference = models.CharField(max_length=200)

    class Meta:
        ordering = ["paid_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="grant_payment_above_zero")]
        indexes = [models.Index(fields=["project"], condition=Q(superseded_at=None), name="grant_payment_live")]


class OtherFunding(Entry):
    """Money for the project that comes from elsewhere."""

    source = models.CharField(max_length=120)
    amount = models.PositiveBigIntegerField()
    reference = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="other_funding_above_zero")]
        indexes = [models.Index(fields=["project"], condition=Q(superseded_at=None), name="other_funding_live")]


class GrantAccount(Entry):
    """What the project spent in a year. It counts when the owner has approved it as it stands."""

    year = models.PositiveSmallIntegerField()
    spent = models.PositiveBigIntegerField()
    reference = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year"], condition=Q(superseded_at=None), name="grant_account_once_a_year"
            ),
        ]
