"""A project's report in a round, and its draft: one row per section, each with a version of its own."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import LANGUAGES, Project
from reporting.annual.models.forms import FormVersion
from reporting.annual.models.rounds import Round

PERSON = settings.AUTH_USER_MODEL


class Report(models.Model):
    """One project's report in one round. `revision` is the one being written, or the last submitted.

    A returned report has a deadline of its own (`due_again_on`) and the next revision. From `statement_asked_at` on,
    the union representatives may read the draft. `called_back` says what took it back from the owner it had been sent
    to, in a round whose reports are signed before they are sent in; "" when it must not be sent there again.
    """

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("Ikke påbegynt")
        DRAFT = "draft", _("Under arbeid")
        AWAITING_SIGNATURE = "awaiting", _("Venter på prosjekteier")
        SUBMITTED = "submitted", _("Til gjennomgang")
        RETURNED = "returned", _("Returnert")
        APPROVED = "approved", _("Godkjent")

    class CalledBack(models.TextChoices):
        ANSWERS = "answers"
        STATEMENT = "statement"

    WRITABLE = frozenset({State.NOT_STARTED, State.DRAFT, State.AWAITING_SIGNATURE, State.RETURNED})
    RECEIVED = frozenset({State.SUBMITTED, State.APPROVED})

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reports")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reports")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="reports")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    state = models.CharField(max_length=11, choices=State.choices, default=State.NOT_STARTED)
    revision = models.PositiveSmallIntegerField(default=1)
    due_again_on = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    sent_to_owner_at = models.DateTimeField(null=True, blank=True)
    sent_to_owner_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    called_back = models.CharField(max_length=9, choices=CalledBack.choices, blank=True, default="")
    approved_at = models.DateTimeField(null=True, blank=True)
    statement_asked_at = models.DateTimeField(null=True, blank=True)
    statement_asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["round", "project"]
        indexes = [models.Index(fields=["state"], name="report_state")]
        constraints = [models.UniqueConstraint(fields=["round", "project"], name="report_once_per_round")]

    @property
    def is_writable(self) -> bool:
        """Whether the draft may still be changed."""
        return self.state in self.WRITABLE

    @property
    def is_back(self) -> bool:
        """Whether an adviser has sent it back and it is with the project, however far the next revision has come."""
        return self.revision > 1 and self.is_writable

    def is_asked_for(self, day: date) -> bool:
        """Whether the project is asked to write it on a day: one sent back always, else while the round is open.

        On the day a round is closed it still takes what is begun, but asks nobody to begin.
        """
        is_begun = self.state != self.State.NOT_STARTED
        return self.is_back or (self.round.is_open(day) and (is_begun or self.round.closed_on is None))

    @property
    def due_on(self) -> date:
        """When it must be in: the round's date, or the new one of a returned report."""
        return self.due_again_on or self.round.due_on

    @property
    def late_after(self) -> datetime:
        """The moment after which it is late."""
        return self.round.late_after(self.due_on)


class ReportSection(models.Model):
    """The draft of one section: `data` maps question keys to answers (None or missing: not answered).

    The key `unchanged` says «Ingen endring siden i fjor». `version` grows with every save.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    data = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report", "order"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="report_section_once")]


class SectionHistory(models.Model):
    """What a section said at a version, kept every ten minutes or 200 changes, so that it can be brought back."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="history")
    version = models.PositiveIntegerField()
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["section", "-version"]
        constraints = [models.UniqueConstraint(fields=["section", "version"], name="section_history_once")]


class SaveReceipt(models.Model):
    """That a save was stored, as which version: a save sent again is answered from here and changes nothing.

    A page has a new `page` with each answer it gets, so later saves from the same one come from someone who has not
    heard of this: what it `wrote` (answers by question key) is then what they build on. `turn` is the order they were
    sent in (0: a browser without script, which sends one at a time).
    """

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="receipts")
    save_id = models.UUIDField()
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    page = models.UUIDField(null=True)
    turn = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    wrote = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["section", "page"], name="saves_of_a_page")]
        constraints = [models.UniqueConstraint(fields=["section", "save_id"], name="save_stored_once")]


class ConflictCopy(models.Model):
    """Two people changed the same answer: the one that came last is kept here beside what is stored, until settled."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="conflicts")
    question = models.SlugField(max_length=40)
    save_id = models.UUIDField()
    ancestor = models.JSONField(null=True)
    mine = models.JSONField(null=True)
    theirs = models.JSONField(null=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    theirs_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    theirs_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["section", "at", "id"]
        indexes = [models.Index(fields=["section"], condition=Q(settled_at=None), name="conflict_open")]
        constraints = [models.UniqueConstraint(fields=["section", "save_id", "question"], name="conflict_kept_once")]
