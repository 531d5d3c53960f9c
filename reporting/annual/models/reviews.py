"""The adviser's review of a submission, and what is published when a report is approved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benefits.models import EffectTarget
from projects.models import Project
from reporting.annual.models.submissions import Submission

PERSON = settings.AUTH_USER_MODEL


class Review(models.Model):
    """One submission read by an adviser. Two outcomes, never mixed (decision 19a): the report, and the project."""

    class Report(models.TextChoices):
        """What is decided about the report."""

        APPROVED = "approved", _("Rapporten er god nok som grunnlag")
        RETURNED = "returned", _("Send tilbake")

    class Project(models.TextChoices):
        """What is decided about the project."""

        NONE = "none", _("Ingen oppfølging")
        TALK = "talk", _("Tilby samtale")
        WATCH = "watch", _("Følg med")

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="review")
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    report_outcome = models.CharField(max_length=8, choices=Report.choices, blank=True)
    project_outcome = models.CharField(max_length=5, choices=Project.choices, blank=True)
    note = models.TextField(blank=True, max_length=4000)
    new_deadline = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, report_outcome="") | (Q(decided_at__isnull=False) & ~Q(report_outcome="")),
                name="review_decided_with_outcome",
            ),
        ]

    @property
    def is_decided(self) -> bool:
        """Whether the adviser has decided."""
        return self.decided_at is not None


class SectionRead(models.Model):
    """An adviser has read one section of a submission."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="read")
    section = models.SlugField(max_length=40)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "section"], name="section_read_once")]


class ReviewComment(models.Model):
    """An adviser's comment on a section, seen by the project when the report comes back; the leader may reply."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="comments")
    section = models.SlugField(max_length=40)
    text = models.TextField(max_length=4000)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True, max_length=4000)
    replied_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["review", "at", "id"]


class TargetAnswer(models.Model):
    """The answer to one of the three official questions about one target, with one line of explanation."""

    class Question(models.TextChoices):
        """What the ministry's consultants asked of each annual report."""

        OPERATIONALISED = "operationalised", _("Er målformuleringen tilstrekkelig operasjonalisert?")
        SUITED = "suited", _("Er hovedtiltaket egnet til å nå målet?")
        DOCUMENTED = "documented", _("Er dokumentasjonen god nok til å vurdere graden av måloppnåelse?")

    class Answer(models.TextChoices):
        YES = "yes", _("Ja")
        PARTLY = "partly", _("Delvis")
        NO = "no", _("Nei")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="answers")
    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=15, choices=Question.choices)
    answer = models.CharField(max_length=6, choices=Answer.choices)
    line = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["review", "target", "question"]
        constraints = [
            models.UniqueConstraint(fields=["review", "target", "question"], name="official_question_answered_once")
        ]


class SecondReading(models.Model):
    """Another adviser's own answers to the official questions, given before the first ones were seen, and then final.

    Without `is_blind` the adviser chose to see the first answers, has none, and can no longer read independently.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="second_readings")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_blind = models.BooleanField()

    class Meta:
        ordering = ["review", "at", "id"]
        constraints = [models.UniqueConstraint(fields=["review", "by"], name="second_reading_once_per_adviser")]


class SecondAnswer(models.Model):
    """One answer of a second reading, beside the first adviser's as it stood then ("": not answered).

    The first one's answer is kept here because the two may talk afterwards, and agree for that reason.
    """

    reading = models.ForeignKey(SecondReading, on_delete=models.CASCADE, related_name="answers")
    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=15, choices=TargetAnswer.Question.choices)
    answer = models.CharField(max_length=6, choices=TargetAnswer.Answer.choices)
    line = models.CharField(max_length=300, blank=True)
    first_answer = models.CharField(max_length=6, choices=TargetAnswer.Answer.choices, blank=True)
    first_line = models.CharField(max_length=300, blank=True)
    first_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["reading", "target", "question"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "target", "question"], name="second_answer_once_per_question")
        ]


class Published(models.Model):
    """What the public may know of a project, from one approved report. The newest `as_of` counts (decision 13).

    `contents` is the report's public version as canonical JSON, made when it was approved (`public_version.py`);
    "" for what was approved before there was one.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="published")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="published")
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    published_at = models.DateTimeField()
    contents = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["project", "-as_of"]
        get_latest_by = "as_of"


class PublishedTarget(models.Model):
    """One target as published: four words only, and figures in `unit` (NULL: none, or hidden when `is_suppressed`).

    `is_counted`: whether it is in the sums; not where the project had decided that it is counted elsewhere.
    """

    class Word(models.TextChoices):
        REACHED = "reached", _("Nådd")
        ON_THE_WAY = "on_the_way", _("På vei")
        NOT_REACHED = "not_reached", _("Ikke nådd")
        NOT_MEASURED = "not_measured", _("Ikke målt")

    published = models.ForeignKey(Published, on_delete=models.PROTECT, related_name="targets")
    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    is_main = models.BooleanField(default=False)
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=40, blank=True)
    word = models.CharField(max_length=12, choices=Word.choices)
    baseline_value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    baseline_on = models.DateField(null=True)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    measured_on = models.DateField(null=True)
    target_value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    target_on = models.DateField(null=True)
    is_suppressed = models.BooleanField(default=False)
    is_counted = models.BooleanField(default=True)

    class Meta:
        ordering = ["published", "number"]
        constraints = [models.UniqueConstraint(fields=["published", "target"], name="target_published_once")]

    @property
    def waits_to_be_confirmed(self) -> bool:
        """Whether the goal has been passed and is not said to be reached yet: one measurement may be chance."""
        if self.word != self.Word.ON_THE_WAY or self.baseline_value is None:
            return False
        if self.value is None or self.target_value is None or self.target_value == self.baseline_value:
            return False
        is_growth = self.target_value > self.baseline_value
        return self.value >= self.target_value if is_growth else self.value <= self.target_value
