"""The task queue: what runs by the clock, and how little is left to the broker.

The database is the work queue (a project is due by its own state), so every task may be lost, doubled or late without
harm. Redis is used when REDIS_URL names one; else messages are files in a folder, for a machine of its own.
"""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init, worker_ready
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.utils.module_loading import import_string
from kombu.entity import Queue

from saman import deafness

VAR = Path(os.environ.get("SAMAN_VAR") or Path(__file__).resolve().parent.parent / "var")
SOFT_LIMIT_SECONDS, HARD_LIMIT_SECONDS = 240, 270
# A task is handed out again when its worker has been silent for this long: longer than any task may run.
VISIBILITY_SECONDS = 300
# All hands may be busy for as long as the longest task, and are then given no other.
DEAF_SECONDS = float(os.environ.get("SAMAN_DEAF_SECONDS") or 2 * VISIBILITY_SECONDS)


def broker(redis_url: str | None, folder: Path) -> dict[str, Any]:
    """Celery's broker settings: Redis, with timeouts so that a frozen one is an error soon, or files in `folder`."""
    options: dict[str, Any]
    if not redis_url:
        folder.mkdir(parents=True, exist_ok=True)
        options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "polling_interval": 0.1}
        options["control_folder"] = str(folder / "control")
        return {"broker_url": "filesystem://localhost", "broker_transport_options": options}
    options = {"visibility_timeout": VISIBILITY_SECONDS, "unacked_restore_interval": 5, "unacked_restore_throttle": 1}
    options |= {"socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 0}
    return {"broker_url": redis_url, "broker_transport_options": options}


# Chunks wait in a queue of their own, so that the minute's sweep and heartbeat never wait behind a whole portfolio.
CHUNKS = "chunks"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saman.settings")

app = Celery("saman")
app.conf.update(
    **broker(os.environ.get("REDIS_URL"), Path(os.environ.get("SAMAN_BROKER_DIR") or VAR / "broker")),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    visibility_timeout=VISIBILITY_SECONDS,
    result_backend_transport_options={"visibility_timeout": VISIBILITY_SECONDS},
    accept_content=["json"],
    task_serializer="json",
    event_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_publish_retry=False,
    task_soft_time_limit=SOFT_LIMIT_SECONDS,
    task_time_limit=HARD_LIMIT_SECONDS,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=10,
    worker_hijack_root_logger=False,
    timezone="Europe/Oslo",
    beat_scheduler="journal.beat:SlotScheduler",
    task_default_queue="celery",
    task_queues=[Queue(name) for name in ("celery", CHUNKS)],  # type: ignore[no-untyped-call]
    task_routes={"benefits.tasks.*_chunk": {"queue": CHUNKS}},
)
app.autodiscover_tasks()


@worker_init.connect  # type: ignore[untyped-decorator]
@beat_init.connect  # type: ignore[untyped-decorator]
def refuse_other_kind(**_: object) -> None:
    """Do not start on a database of the other kind. SystemExit, as Celery only logs other exceptions here."""
    try:
        import_string("journal.installation.refuse_other_kind")()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error
    finally:
        connections.close_all()  # what is forked from here must not share a connection


@worker_ready.connect  # type: ignore[untyped-decorator]
def keep_listening(**_: object) -> None:
    """Files cannot be lost sight of; a connection to Redis can."""
    if os.environ.get("REDIS_URL"):
        deafness.watch(DEAF_SECONDS)
