"""Where a copy of each submission goes: the address of a municipality's archive."""

from django.conf import settings
from django.db import models

from municipalities.models import Municipality
from projects.models import Project


class ArchiveAddress(models.Model):
    """The address («postmottak») one municipality of a project wants its reports at; "" when it wants none any more."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="archive_addresses")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(max_length=254, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["project", "municipality"]
        constraints = [
            models.UniqueConstraint(fields=["project", "municipality"], name="archive_address_once_per_municipality"),
        ]
