"""The control: a server that says «saved» before it has saved, as one does that only puts the work in a queue."""

import queue
import threading
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from saman.wsgi import application as careful

PAUSE_SECONDS = 0.05
_waiting: "queue.Queue[dict[str, Any]]" = queue.Queue()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a save while writing at once, and do it later; everything else as it should be."""
    if environ["REQUEST_METHOD"] != "POST" or environ.get("HTTP_HX_REQUEST") != "true":
        return careful(environ, start_response)
    body = BytesIO(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    _waiting.put({**environ, "wsgi.input": body})
    start_response("200 OK", [("Content-Type", "text/html")])
    return [b""]


def _work() -> None:
    while True:
        environ = _waiting.get()
        time.sleep(PAUSE_SECONDS)
        careful(environ, lambda *_: None)


threading.Thread(target=_work, daemon=True).start()
