"""What is not counted here because it is counted elsewhere, and what lines of the map were said to stand for."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from benefits.models.benefits import Benefit, BenefitVersion
from benefits.models.freed_time import FreedTime, FreedTimeVersion
from benefits.models.maps import MapLink
from benefits.models.targets import EffectTarget, TargetVersion
from projects.models import Project

CLAIMS = ("target", "benefit", "freed_time")  # what may be counted twice; also the first part of an evidence's source


def _one_of(names: tuple[str, ...]) -> Q:
    """Exactly one of the columns is set."""
    every = Q()
    for name in names:
        every |= Q(**{f"{other}__isnull": other != name for other in names})
    return every


class CountedElsewhereQuerySet(models.QuerySet["CountedElsewhere"]):
    """Questions about decisions."""

    def live(self) -> "CountedElsewhereQuerySet":
        """Those in force as known now."""
        return self.filter(superseded_at=None)

    def in_force(self, day: date, known_at: datetime | None) -> "CountedElsewhereQuerySet":
        """Those made by a day and not taken back, as known at a moment (None: now), where the other still counts."""
        rows = self.filter(decided_on__lte=day)
        if known_at is None:
            rows = rows.filter(superseded_at=None)
        else:
            rows = rows.filter(recorded_at__lte=known_at)
            rows = rows.filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))
        versions = {"target": TargetVersion, "benefit": BenefitVersion, "freed_time": FreedTimeVersion}
        for name, model in versions.items():
            said = model.objects.in_force(day, known_at)  # type: ignore[attr-defined]
            gone = said.filter(withdrawn_on__lte=day, **{name: OuterRef(f"in_{name}")})
            rows = rows.exclude(Exists(gone))
        others = EffectTarget.objects.filter(pk=OuterRef("in_target")).exclude(project=OuterRef("project"))
        return rows.exclude(Exists(others.exclude(project__in=Project.objects.taking_part(day))))


class CountedElsewhere(models.Model):
    """«Telles ikke her – telles i X»: one claim of a project gives way to another, its own or another project's.

    Never overwritten: taking it back sets `superseded_at`. It holds as long as what it gives way to is not withdrawn,
    and the other project takes part.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="counted_elsewhere")
    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, null=True, related_name="+")
    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, null=True, related_name="+")
    freed_time = models.ForeignKey(FreedTime, on_delete=models.PROTECT, null=True, related_name="+")
    in_target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, null=True, related_name="+")
    in_benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, null=True, related_name="+")
    in_freed_time = models.ForeignKey(FreedTime, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(max_length=500)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CountedElsewhereQuerySet.as_manager()

    class Meta:
        ordering = ["project", "pk"]
        constraints = [
            models.CheckConstraint(condition=_one_of(CLAIMS), name="counted_elsewhere_is_of_one"),
            models.CheckConstraint(
                condition=_one_of(tuple(f"in_{name}" for name in CLAIMS)), name="counted_elsewhere_in_one"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="counted_elsewhere_with_reason"),
            *(
                models.UniqueConstraint(
                    fields=[name], condition=Q(superseded_at=None), name=f"{name}_counted_elsewhere_once"
                )
                for name in CLAIMS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.counted_in}"

    @property
    def source(self) -> str:
        """What is not counted, like "target:7"."""
        return self._named("")

    @property
    def counted_in(self) -> str:
        """Where it is counted instead."""
        return self._named("in_")

    def _named(self, prefix: str) -> str:
        found = ((name, getattr(self, f"{prefix}{name}_id")) for name in CLAIMS)
        return next(f"{name}:{pk}" for name, pk in found if pk is not None)


class MapShare(models.Model):
    """What a line of the benefit map was said to stand for, in per cent, from a moment on; NULL: nothing.

    `MapLink.share` carries the live one. Never overwritten, so that a past verdict can be made again.
    """

    link = models.ForeignKey(MapLink, on_delete=models.CASCADE, related_name="shares")
    share = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["link", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(share=None) | Q(share__lte=100), name="map_share_in_per_cent")
        ]
