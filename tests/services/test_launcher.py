"""`make run`: what it starts, and that it leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.migrated import copy_migrated
from tests.services.servers import free_port
from tests.services.web import children_of

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT_SECONDS = 300  # a machine with much else to do migrates slowly


@pytest.fixture
def environment(tmp_path):
    """A folder of its own, and nothing inherited from the suite."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {**kept, "SAMAN_VAR": str(tmp_path), "SAMAN_PLAIN_STATIC": "1", "PORT": str(free_port())}


@contextmanager
def launched(environment, *words):
    """The launcher running, with its output in a file; killed at the end if it still lives."""
    output = Path(environment["SAMAN_VAR"]) / "output"
    with output.open("wb") as stream:
        command = [sys.executable, "scripts/run.py", *words]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL
        )
    try:
        yield process, output
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(LIMIT_SECONDS)


def wait_for(text, process, output):
    """Wait until the launcher has written `text`."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while text not in output.read_text():
        assert process.poll() is None, output.read_text()
        assert time.monotonic() < deadline, output.read_text()
        time.sleep(0.1)


def processes_of(environment):
    """Every process on the machine that belongs to this launcher's folder."""
    mark = f"SAMAN_VAR={environment['SAMAN_VAR']}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def assert_nothing_is_left(environment):
    """Every process is gone, or about to be: what is killed takes a moment to die."""
    deadline = time.monotonic() + 10
    while (left := processes_of(environment)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def test_a_real_installation_starts_answers_and_stops_without_a_trace(environment):
    with launched(environment, "--real") as (process, output):
        wait_for("Saman is running", process, output)
        with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}/", timeout=20) as answer:
            assert answer.status == 200
        assert "create_admin" in output.read_text()
        assert len(processes_of(environment)) >= 3
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT_SECONDS) == 0
    assert_nothing_is_left(environment)


def test_the_death_of_a_child_stops_the_rest_and_is_a_failure(environment, tmp_path):
    copy_migrated(str(tmp_path / "real.sqlite3"))
    with launched(environment, "--real") as (process, output):
        wait_for("Saman is running", process, output)
        worker = next(pid for pid in children_of(process.pid) if b"celery" in _command(pid))
        os.kill(worker, signal.SIGKILL)
        assert process.wait(LIMIT_SECONDS) == 1
        assert "The worker process ended" in output.read_text()
    assert_nothing_is_left(environment)


def test_a_taken_port_is_said_before_anything_is_made(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PORT"])))
        taken.listen()
        with launched(environment, "--real") as (process, output):
            assert process.wait(LIMIT_SECONDS) == 1
    assert f"Port {environment['PORT']} cannot be used" in output.read_text()
    assert not (Path(environment["SAMAN_VAR"]) / "real.sqlite3").exists()


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_said(environment, port):
    with launched({**environment, "PORT": port}, "--real") as (process, output):
        assert process.wait(LIMIT_SECONDS) == 1
    assert f"PORT={port} is not a port number" in output.read_text()


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
