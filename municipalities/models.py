"""Counties and municipalities as dated units. A merger or a new number is a new row, reached through `successor`."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


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


class MunicipalityFact(models.Model):
    """A published figure about a municipality in a year, as it was when it had that number. Nothing known is no row.

    `value` is in `unit`: people; per cent of everyone who is 67 or older; how central the municipality is, as
    Statistics Norway's index (0–1000) or its class (1–6). `source`: where it was published, or «Eksempeldata».
    """

    class Kind(models.TextChoices):
        POPULATION = "population", _("Folketall")
        SHARE_67 = "share_67", _("Andel 67 år og over")
        CENTRALITY = "centrality", _("Sentralitet")

    class Unit(models.TextChoices):
        PEOPLE = "people", _("personer")
        PER_CENT = "per_cent", "%"
        INDEX = "index", _("indeks 0–1000")
        CLASS = "class", _("klasse 1–6")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=4)
    unit = models.CharField(max_length=8, choices=Unit.choices)
    source = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["municipality", "kind", "year"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "year"], name="municipality_fact_once_a_year"),
            models.CheckConstraint(
                condition=Q(kind="population", unit="people", value__gt=0)
                | Q(kind="share_67", unit="per_cent", value__gte=0, value__lte=100)
                | Q(kind="centrality", unit="index", value__gte=0, value__lte=1000)
                | Q(kind="centrality", unit="class", value__gte=1, value__lte=6),
                name="municipality_fact_in_its_unit",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="municipality_fact_has_a_source"),
        ]
