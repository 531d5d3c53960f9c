"""Migrations that carry rows over, with rows, on both databases; a thorough run takes them back and forward again."""

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.effort import times
from tests.services.installation import ROOT
from tests.services.past_rows import BEFORE
from tests.services.servers import own_postgres


@contextmanager
def sqlite(folder):
    yield f"sqlite:///{folder / 'rows.sqlite3'}"


@contextmanager
def postgres(_folder):
    with own_postgres() as server:
        yield server.url


@pytest.mark.robustness
@pytest.mark.parametrize("database", [sqlite, postgres])
def test_rows_are_carried_over(tmp_path, database):
    with database(tmp_path) as url:
        kept = {name: os.environ[name] for name in ("PATH",)}
        environment = {**kept, "SAMAN_VAR": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": "k" * 50}
        environment |= {"SAMAN_DEMO": "1", "LOG_LEVEL": "ERROR", "HOME": str(tmp_path)}

        def manage(*words):
            done = subprocess.run(
                [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stderr[-3000:]

        def inside(name):
            manage("shell", "--no-imports", "-c", f"from tests.services.past_rows import {name}; {name}()")

        def back():
            for app, name in BEFORE:
                manage("migrate", app, name, "-v0")

        back()  # from nothing, which is forward
        inside("fill")
        manage("migrate", "-v0")
        inside("check")
        for _ in range(times(0, 1)):
            back()
            manage("migrate", "-v0")
            inside("check")
