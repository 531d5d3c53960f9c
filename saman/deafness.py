"""A worker that hears nothing any more ends itself, and whoever watches over the processes starts a new one.

Celery's consumer of Redis may lose its connection without noticing (celery/celery issues 8030, 8091, 10205): the
process lives on and takes no message. A heartbeat is sent every minute, so long silence means that the worker, the
broker or beat is gone. A new worker mends the first, and does no harm in the others.
"""

import logging
import os
import signal
import threading
import time

from celery.signals import task_received

log = logging.getLogger(__name__)
GRACE_SECONDS = 30  # for tasks under way to end


class Ear:
    """When the worker last was given a task, and how long it may be silent, in seconds."""

    def __init__(self, limit: float) -> None:
        self.limit, self.heard = limit, time.monotonic()

    def hear(self, **_: object) -> None:
        """A task has been received."""
        self.heard = time.monotonic()

    def listen(self) -> None:
        """Wait until the silence is too long, then end this process; after a while without ceremony."""
        while (silence := time.monotonic() - self.heard) < self.limit:
            time.sleep(self.limit - silence)
        log.critical("No task has been received for %.0f seconds; the worker ends, to be started anew", silence)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_SECONDS)
        os._exit(1)


def watch(limit: float) -> None:
    """Keep watch over the process this is called in, the one that takes messages from the broker."""
    ear = Ear(limit)
    task_received.connect(ear.hear, weak=False)
    threading.Thread(target=ear.listen, name="deafness", daemon=True).start()
