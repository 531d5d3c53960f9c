"""The benefit map: boxes from what is done to what it is for, and the lines that say what leads to what."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from benefits.models.benefits import Benefit
from benefits.models.initiatives import Initiative
from benefits.models.milestones import Milestone
from benefits.models.targets import EffectTarget
from projects.models import Project


class MapNodeQuerySet(models.QuerySet["MapNode"]):
    """Questions about boxes."""

    def live(self) -> "MapNodeQuerySet":
        """The boxes on the map now."""
        return self.filter(removed_at=None)


class MapNode(models.Model):
    """One box. It shows something of the project's, whose title and status it then takes, or has a title of its own.

    What kind a box is never changes, and what it shows is chosen once (`refers_since`): so any past map can be made
    again. A box taken off the map stays, with when and by whom. `version` guards edits.
    """

    class Kind(models.TextChoices):
        INITIATIVE = "initiative", pgettext_lazy("map", "Tiltak")
        DRIVER = "driver", pgettext_lazy("map", "Driver")
        DELIVERABLE = "deliverable", pgettext_lazy("map", "Leveranse")
        PRACTICE = "practice", pgettext_lazy("map", "Endret praksis")
        EFFECT = "effect", pgettext_lazy("map", "Effekt")
        BENEFIT = "benefit", pgettext_lazy("map", "Gevinst")
        OBJECTIVE = "objective", pgettext_lazy("map", "Mål")

    class Driver(models.TextChoices):
        ROSTER = "roster", _("Turnus")
        STAFFING = "staffing", _("Bemanning")
        ATTITUDES = "attitudes", _("Holdninger")
        LEADERSHIP = "leadership", pgettext_lazy("driver", "Ledelse")
        UNIONS = "unions", _("Tillitsvalgte og partssamarbeid")
        INHABITANTS = "inhabitants", _("Innbyggere og pårørende")
        VOLUNTEERS = "volunteers", _("Frivillige")
        OTHERS = "others", _("Andre utenfor kommunen")

    STRUCTURAL = frozenset({Driver.ROSTER, Driver.STAFFING})
    CULTURAL = frozenset({Driver.ATTITUDES, Driver.LEADERSHIP, Driver.UNIONS})

    # From what is done to what it is for. Drivers stand with the initiatives.
    COLUMNS = (Kind.INITIATIVE, Kind.DELIVERABLE, Kind.PRACTICE, Kind.EFFECT, Kind.BENEFIT, Kind.OBJECTIVE)
    REFERENCES = ("initiative", "target", "benefit", "milestone")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="map_nodes")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    driver = models.CharField(max_length=11, choices=Driver.choices, blank=True)
    title = models.CharField(max_length=120, blank=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    target = models.ForeignKey(EffectTarget, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refers_since = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MapNodeQuerySet.as_manager()

    class Meta:
        ordering = ["project", "position", "id"]
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["project", name], condition=Q(removed_at=None), name=f"{name}_once_on_a_map"
                )
                for name in ("initiative", "target", "benefit", "milestone")
            ),
            models.CheckConstraint(
                condition=~Q(title="", initiative=None, target=None, benefit=None, milestone=None),
                name="map_node_shows_something",
            ),
            models.CheckConstraint(
                condition=Q(kind="driver") & ~Q(driver="") | ~Q(kind="driver") & Q(driver=""),
                name="map_node_driver_has_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.refers_to)

    @property
    def column(self) -> int:
        """Which of the six columns it stands in, from 0."""
        return 0 if self.kind == self.Kind.DRIVER else self.COLUMNS.index(self.Kind(self.kind))

    @property
    def refers_to(self) -> Initiative | EffectTarget | Benefit | Milestone | None:
        """What of the project's it shows."""
        return self.initiative or self.target or self.benefit or self.milestone


class MapLinkQuerySet(models.QuerySet["MapLink"]):
    """Questions about lines."""

    def live(self) -> "MapLinkQuerySet":
        """The lines on the map now."""
        return self.filter(removed_at=None)


class MapLink(models.Model):
    """A line: one box leads to another, further on. `share` is how many per cent of what it leads to it stands for.

    `is_documented`: somebody has shown that the one leads to the other; else it is assumed. `note` says how it is
    known, or what the share rests on. `version` guards edits.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="map_links")
    origin = models.ForeignKey(MapNode, on_delete=models.PROTECT, related_name="onwards")
    leads_to = models.ForeignKey(MapNode, on_delete=models.PROTECT, related_name="grounds")
    is_documented = models.BooleanField(default=False)
    share = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=500)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MapLinkQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "leads_to"], condition=Q(removed_at=None), name="two_boxes_linked_once"
            ),
            models.CheckConstraint(condition=~Q(origin=F("leads_to")), name="map_link_between_two"),
            models.CheckConstraint(condition=Q(share=None) | Q(share__lte=100), name="map_link_share_in_per_cent"),
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} → {self.leads_to_id}"
