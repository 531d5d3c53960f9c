"""The report form as rows. A version in use by a report never changes; an edit makes the next version."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from projects.models import Programme


def text_in(texts: dict[str, str], language: str | None = None) -> str:
    """A text kept as {"nb", "nn", "en"} in a language (None: the reader's); bokmål where it lacks one."""
    return texts.get((language or get_language() or "nb")[:2]) or texts.get("nb", "")


class FormVersion(models.Model):
    """One version of a programme's full or short form for one kind of round (`Round.Kind`); `number` counts it."""

    class Kind(models.TextChoices):
        FULL = "full", _("Fullt skjema")
        SHORT = "short", _("Kort skjema")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="report_forms")
    round_kind = models.CharField(max_length=9, default="year")
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.FULL)
    number = models.PositiveIntegerField(default=1)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["programme", "round_kind", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "round_kind", "kind", "number"], name="form_version_once"),
        ]


class Section(models.Model):
    """One part of a form. Texts are {"nb", "nn", "en"}.

    What is written in it becomes public when the report is approved (`is_public`), or is exempt on a legal `ground`.
    Neither: nobody has judged it, and it is not shown.
    """

    form = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    help = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=False)
    ground = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["form", "order"]
        constraints = [
            models.UniqueConstraint(fields=["form", "key"], name="section_key_once"),
            models.UniqueConstraint(fields=["form", "order"], name="section_order_once"),
        ]

    @property
    def title_text(self) -> str:
        """The title in the reader's language."""
        return text_in(self.title)

    @property
    def help_text(self) -> str:
        """The explanation in the reader's language; "" when there is none."""
        return text_in(self.help)


class Question(models.Model):
    """One question. Texts are {"nb", "nn", "en"}; `key` is unique in the form, so an answer is found year after year.

    `choices` is [{"key", "nb", "nn", "en"}], and one with "excludes": True is chosen alone. `limit` is the longest
    text, or the most lessons; `lowest` and `highest` are what a number is between (NULL: no bound). `condition` asks
    the question only when another one is answered so: {"question": key, "in": [choice keys]}, or {"question": key,
    "above": number}. Questions of a fact type hold no answer: they show what the system knows, and it is frozen in the
    submission.
    """

    class Type(models.TextChoices):
        TEXT = "text", _("Tekst")
        NUMBER = "number", _("Tall")
        CHOICE = "choice", _("Ett valg")
        MULTIPLE = "multiple", _("Flere valg")
        LESSONS = "lessons", _("Læringspunkter")
        CONFIRMATION = "confirmation", _("Bekreftelse")
        MEASUREMENTS = "measurements", _("Tall fra målingene")
        PITFALLS = "pitfalls", _("Åpne varsler")
        ROLES = "roles", _("Roller i prosjektet")

    FACTS = frozenset({Type.MEASUREMENTS, Type.PITFALLS, Type.ROLES})

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=12, choices=Type.choices, default=Type.TEXT)
    title = models.JSONField(default=dict)
    help = models.JSONField(default=dict, blank=True)
    unit = models.JSONField(default=dict, blank=True)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)
    limit = models.PositiveIntegerField(null=True, blank=True)
    lowest = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    highest = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    condition = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["section", "order"]
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="question_key_once"),
            models.UniqueConstraint(fields=["section", "order"], name="question_order_once"),
        ]

    @property
    def is_fact(self) -> bool:
        """Whether the system answers it."""
        return self.type in self.FACTS

    @property
    def title_text(self) -> str:
        """The question in the reader's language."""
        return text_in(self.title)

    @property
    def help_text(self) -> str:
        """The explanation in the reader's language; "" when there is none."""
        return text_in(self.help)

    @property
    def unit_text(self) -> str:
        """The unit of a number in the reader's language; "" when there is none."""
        return text_in(self.unit)

    @property
    def choice_texts(self) -> list[tuple[str, str]]:
        """(key, text) of the choices in the reader's language."""
        choices: list[dict[str, Any]] = self.choices
        return [(choice["key"], text_in(choice)) for choice in choices]
