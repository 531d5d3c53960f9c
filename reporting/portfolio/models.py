"""Views of the dashboard that advisers have saved."""

from django.conf import settings
from django.db import models

from projects.models import Programme

LONGEST_NAME = 80
LONGEST_QUERY = 4000  # every filter at its longest, each letter as an address writes it, is shorter


class SavedView(models.Model):
    """A name for what an adviser has filtered the dashboard by. `query` is that of the page's address.

    `name_key` is the name as it is compared. Shared ones are for every adviser of the programme; `version` guards
    edits. It is a person's own shortcut: a deleted one is gone, and the journal says that it was there.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="saved_views")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    name_key = models.CharField(max_length=3 * LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "name_key"], name="saved_view_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
