"""What can never change: the owner's signature and the submitted report. Triggers refuse UPDATE and DELETE.

Only what was signed or submitted in a test round (`test_round`) lets itself be deleted.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from municipalities.models import Municipality
from reporting.annual.models.reports import Report
from reporting.annual.models.rounds import Round
from saman.canonical import parse

PERSON = settings.AUTH_USER_MODEL


class OwnerSignature(models.Model):
    """The owner has signed one content of a revision: `digest` is of what was on the screen.

    It counts as long as the content has that digest.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="signatures")
    revision = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    signed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField()
    test_round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["report", "signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "revision", "digest"], name="content_signed_once"),
        ]


class Submission(models.Model):
    """One revision as it was received. `snapshot` is canonical JSON and `sha256` its checksum.

    `content_digest` is of the part people saw and signed. `deadline` is the moment after which it was late.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="submissions")
    revision = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=32, unique=True)
    idempotency_key = models.UUIDField(unique=True)
    schema_version = models.PositiveSmallIntegerField()
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    deadline = models.DateTimeField()
    is_late = models.BooleanField()
    is_signed = models.BooleanField()
    signature = models.ForeignKey(OwnerSignature, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    test_round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["report", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["report", "revision"], name="revision_submitted_once"),
            models.CheckConstraint(
                condition=Q(is_signed=False, signature=None) | Q(is_signed=True, signature__isnull=False),
                name="signed_submission_has_signature",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def late_signature(self) -> OwnerSignature | None:
        """The owner's signature on the same content after it was submitted."""
        if self.is_signed:
            return None
        rows = self.report.signatures.filter(revision=self.revision, digest=self.content_digest)
        return rows.select_related("signed_by").first()

    @property
    def contents(self) -> dict[str, Any]:
        """The snapshot as data."""
        return parse(self.snapshot)
