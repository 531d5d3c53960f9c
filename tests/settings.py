"""The suite's settings: the product's own, on one machine without HTTPS, at the demonstration's fixed date.

The fixed date keeps tests from depending on the day they run; tests of a real installation set `settings.DEMO = False`.
"""

import os
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent / "var"
VAR.mkdir(exist_ok=True)

os.environ.setdefault("SAMAN_DEMO", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.update(SAMAN_EMBEDDED="1", SAMAN_PLAIN_HTTP="1", SAMAN_PLAIN_STATIC="1", LOG_LEVEL="ERROR")
# Playwright's synchronous interface runs an event loop, in which Django otherwise refuses to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from saman.settings import *  # noqa: E402, F403
from saman.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the browser's requests and racing threads need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / f"test{os.environ.get('TEST_DB_SUFFIX', '')}.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    # SQLite hands its lock to whoever asks at the right moment: with many writers on busy cores someone waits long.
    DATABASES["default"]["OPTIONS"]["timeout"] = 90
else:
    # A page's query budget is its own queries, not the question whether the connection still lives.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
    # As above: fifty in a queue for one row, on busy cores, are no deadlock.
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=60000 -c statement_timeout=90000"
