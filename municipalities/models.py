"""Counties and municipalities as dated units. A merger or a new number is a new row, reached through `successor`."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class County(models.Model):
    """A county (fylke) in the years it had this number. `tile_row` and `tile_column` place it on the tile map."""

    number = models.CharField(max_length=2)
    name = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["number", "valid_from"], name="county_number_once_per_start")]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Questions about municipalities."""

    def valid_on(self, day: date) -> "MunicipalityQuerySet":
        """Those that existed on a date."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def with_number(self, number: str, day: date) -> "Municipality":
        """The one that had a number on a date; raises Municipality.DoesNotExist."""
        return self.valid_on(day).get(number=number)


class Municipality(models.Model):
    """A municipality in the years it had this number and name. The number is text: `0301` keeps its zero."""

    class Language(models.TextChoices):
        """The municipality's own decision on written language; blank when not known."""

        BOKMAL = "nb"
        NYNORSK = "nn"
        NEUTRAL = "no"

    number = models.CharField(max_length=4)
    name = models.CharField(max_length=80)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="municipalities")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")
    language = models.CharField(max_length=2, choices=Language.choices, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "municipalities"
        constraints = [
            models.UniqueConstraint(fields=["number", "valid_from"], name="municipality_number_once_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="municipality_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name
