"""What the loaders of facts are asked, and what one of them has read for all.

Declared in settings by path, each is called with the same `Asked` when a batch of projects is judged. It lives no
longer than that: nothing is kept from one judgement to the next.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db import connection, models
from django.utils import timezone

from projects.models import Project

Found = TypeVar("Found")
Room = type[models.Model]


@dataclass(frozen=True, slots=True)
class Asked:
    """Some projects, on a day, as known at a moment (None: now)."""

    project_ids: Sequence[int]
    as_of: date
    known_at: datetime | None = None
    _found: dict[Callable[["Asked"], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, read: Callable[["Asked"], Found]) -> Found:
        """What `read` finds about these projects; asked for again it is not read again."""
        if read not in self._found:
            self._found[read] = read(self)
        found: Found = self._found[read]
        return found

    def has(self, room: Room) -> bool:
        """Whether any of the projects has a row there, of any date. One question answers for every room there is.

        `room` is a model whose rows belong to projects by a foreign key. What a loader reads from an empty one it need
        not ask about.
        """
        return self.once(_rooms)[room]

    @property
    def moment(self) -> datetime:
        """The end of the day, or the moment it is known at if that is earlier."""
        end = datetime.combine(self.as_of + timedelta(days=1), time(), timezone.get_default_timezone())
        return min(end, self.known_at) if self.known_at else end


def _rooms(asked: Asked) -> Mapping[Room, bool]:
    """Each model whose rows belong to projects, and whether any of these projects has one."""
    keys = {
        relation.related_model: relation.field.column
        for relation in Project._meta.related_objects
        if relation.one_to_many or relation.one_to_one
    }
    places = ", ".join(["%s"] * len(asked.project_ids)) or "NULL"
    any_row = "EXISTS (SELECT 1 FROM {} WHERE {} IN ({}))"
    questions = ", ".join(any_row.format(model._meta.db_table, column, places) for model, column in keys.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {questions}", [*asked.project_ids] * len(keys))
        return dict(zip(keys, map(bool, cursor.fetchone()), strict=True))
