"""A round of reporting: who reports on what period, by when, on which form."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.models import Programme
from reporting.annual.models.forms import FormVersion
from reporting.annual.working_days import next_working_day


def name_of(kind: str, year: int, *, is_test: bool) -> str:
    """What a round is called, in the active language: Årsrapport 2014."""
    name = f"{Round.Kind(kind).label} {year}"
    return gettext("%(round)s (prøve)") % {"round": name} if is_test else name


class Round(models.Model):
    """One round of a programme. `deadline` is the date as it was set; `due_on` is when it runs out.

    A report that comes later is accepted and marked, from the day after `due_on` and its `grace_days`; a closed round
    (`closed_on`) takes no more. `form` is what projects fill in, `short_form` (NULL: not offered) what small ones may.
    In a round `is_chosen` only those report that have a report already; else every project in use does.

    What is reported in a test round (`is_test`) counts nowhere, is told to nobody, and can be wiped. A round is one or
    the other from the day it is made: the database refuses to change it.
    """

    class Kind(models.TextChoices):
        START_UP = "start_up", _("Oppstartsrapport")
        HALF_YEAR = "half_year", _("Halvårsrapport")
        YEAR = "year", _("Årsrapport")
        FINAL = "final", _("Sluttrapport")
        FOLLOW_UP = "follow_up", _("Oppfølgingsrapport")

    class Signature(models.TextChoices):
        """When the owner signs (decision 20). At the deadline a leader may submit unsigned all the same."""

        BEFORE = "before", _("Før innsending")
        AFTER = "after", _("Etter innsending")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.YEAR)
    year = models.PositiveSmallIntegerField()
    period_start = models.DateField()
    period_end = models.DateField()
    opens_on = models.DateField()
    deadline = models.DateField()
    grace_days = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)
    signature = models.CharField(max_length=6, choices=Signature.choices, default=Signature.BEFORE)
    reminds = models.BooleanField(default=True)
    is_chosen = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="rounds")
    short_form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["programme", "-year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "year", "is_test"], name="round_once_per_kind_and_year"
            ),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="round_period_in_order"),
            models.CheckConstraint(condition=Q(deadline__gte=F("opens_on")), name="round_opens_before_deadline"),
        ]

    def __str__(self) -> str:
        return name_of(self.kind, self.year, is_test=self.is_test)

    @property
    def due_on(self) -> date:
        """The deadline, moved to the next working day when it falls on a weekend or holiday (decision 18h)."""
        return next_working_day(self.deadline)

    def is_open(self, day: date) -> bool:
        """Whether it takes reports on a day."""
        return self.opens_on <= day and (self.closed_on is None or day <= self.closed_on)

    def late_after(self, due_on: date) -> datetime:
        """The moment after which a report due on a day is late: midnight after it and the grace days, in Oslo."""
        day = due_on + timedelta(days=self.grace_days + 1)
        return datetime.combine(day, time(), timezone.get_default_timezone())
