"""Whether the message queue answers, asked so that a frozen one costs a second and no more."""

import os
from dataclasses import dataclass
from pathlib import Path

import redis

from saman.celery import CHUNKS, VAR

QUEUES = ("celery", CHUNKS)
PATIENCE_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Broker:
    """The queue's kind («redis» or «files»), how many messages wait (None: it does not answer), and its version."""

    kind: str
    waiting: int | None
    version: str = ""


def ask_broker() -> Broker:
    """What the queue says now."""
    url = os.environ.get("REDIS_URL")
    if not url:
        folder = Path(os.environ.get("SAMAN_BROKER_DIR") or VAR / "broker")
        return Broker("files", sum(1 for _ in folder.glob("*.msg")))
    client = redis.Redis.from_url(url, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS)
    try:
        waiting = sum(int(client.llen(queue)) for queue in QUEUES)
        return Broker("redis", waiting, str(client.info("server")["redis_version"]))
    except (redis.RedisError, OSError):
        return Broker("redis", None)
    finally:
        client.close()
