"""The web server as it is, on a clock that can be set while it runs: a file says what it shows, and when that was."""

import os
from datetime import datetime
from pathlib import Path

from saman import clock
from saman.wsgi import application
from tests.services.web import CLOCK

_file, _before = Path(os.environ[CLOCK]), clock.now


def _now() -> datetime:
    if not _file.exists():
        return _before()
    shown, real = map(datetime.fromisoformat, _file.read_text().split())
    return (shown + (clock.real_now() - real)).astimezone(clock.real_now().tzinfo)


clock.now = _now
__all__ = ["application"]
