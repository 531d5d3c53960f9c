"""The database is the work queue: a change bumps a revision, and whoever listens is called after the commit."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from projects.models import Programme, Project

log = logging.getLogger(__name__)
_silent: ContextVar[bool] = ContextVar("_silent", default=False)


def touch(project_id: int) -> None:
    """Say that something a verdict depends on has changed in a project; assess it right after the commit.

    A failure there leaves the project due and the save intact.
    """
    Project.objects.filter(pk=project_id).update(revision=F("revision") + 1, revised_at=Now())
    if not _silent.get():
        transaction.on_commit(partial(_tell, project_id))


def touch_programme(programme_id: int) -> None:
    """Say that thresholds, rounds or rules of a programme have changed; the worker takes its projects."""
    Programme.objects.filter(pk=programme_id).update(revision=F("revision") + 1, revised_at=Now())


@contextmanager
def left_due() -> Iterator[None]:
    """Let changes leave their projects due, for a loader or an import that assesses them itself afterwards."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def _tell(project_id: int) -> None:
    for path in settings.REVISION_LISTENERS:
        try:
            import_string(path)(project_id)
        except Exception:
            log.exception("%s failed for project %s; it stays due", path, project_id)
