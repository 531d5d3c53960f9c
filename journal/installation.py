"""A process refuses to start on a database of the other kind: demonstration and real data are never mixed."""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from journal.models import Installation
from journal.queries import installation_mode

log = logging.getLogger(__name__)


def refuse_other_kind() -> None:
    """Raise ImproperlyConfigured when SAMAN_DEMO says one kind and the database is marked as the other.

    A database that does not answer is no reason to stay down: pages say so, and demo sign-in asks again each time.
    """
    try:
        mode = installation_mode()
    except DatabaseError:
        log.warning("the database does not answer yet; the kind of installation is not checked")
        return
    if mode == Installation.Mode.REAL and settings.DEMO:
        raise ImproperlyConfigured("SAMAN_DEMO is set, but this database is a real installation. Unset it.")
    if mode == Installation.Mode.DEMO and not settings.DEMO:
        raise ImproperlyConfigured("This database holds demonstration data. Set SAMAN_DEMO=1, or use an empty one.")
