"""Passages of submitted answers and the codes advisers have given them, and the letter advisers send back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from projects.models import LANGUAGES, Programme
from reporting.annual.models import Submission

PERSON = settings.AUTH_USER_MODEL


class Passage(models.Model):
    """A quote of a submitted answer, from `start` to `end` in its words (`words.words_of`). It never changes."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="passages")
    section = models.SlugField(max_length=40)
    question = models.SlugField(max_length=40)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    marked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["submission", "question", "start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "question", "start", "end"], name="passage_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_has_words"),
        ]


class CodingQuerySet(models.QuerySet["Coding"]):
    """Questions about codes that are given."""

    def live(self) -> "CodingQuerySet":
        """Those that are not withdrawn."""
        return self.filter(withdrawn_at=None)


class Coding(models.Model):
    """One person has given a passage a code (`codes.codes_of`), perhaps with a note. Withdrawn, the row stays."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="codings")
    code = models.SlugField(max_length=60)
    note = models.TextField(blank=True, max_length=1000)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CodingQuerySet.as_manager()

    class Meta:
        ordering = ["passage", "at", "id"]
        indexes = [models.Index(fields=["code"], condition=Q(withdrawn_at=None), name="coding_live")]
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "code", "by"], condition=Q(withdrawn_at=None), name="code_given_once_by_each"
            ),
        ]


class LetterTemplate(models.Model):
    """One version of a programme's feedback letter in a written language; the newest `number` is the one in use."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="letter_templates")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=8000)
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "language", "number"], name="letter_version_once"),
        ]
