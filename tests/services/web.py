"""A demonstration's web server as a process of its own, as it runs in production, that may be killed at any moment."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import requests

from scripts import run
from tests.migrated import copy_migrated
from tests.services.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT_SECONDS = 300
CLOCK = "SAMAN_TEST_CLOCK"  # the file tests.services.last_minute has its clock from


class Web:
    """gunicorn with its workers on a database of its own: `url` answers between `start` and `stop`.

    `inside` runs in the installation, in a process that outlives the kills.
    """

    def __init__(
        self, folder: Path, database_url: str, redis_url: str = "", application: str = "saman.wsgi:application"
    ) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.command = [application if word == "saman.wsgi:application" else word for word in web_command(self.port)]
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "SAMAN_VAR": str(folder),
            "DATABASE_URL": database_url,
            "SECRET_KEY": "k" * 50,
            "SAMAN_DEMO": "1",
            "SAMAN_PLAIN_HTTP": "1",
            "SAMAN_PLAIN_STATIC": "1",
            "LOG_LEVEL": "ERROR",
            **({"REDIS_URL": redis_url} if redis_url else {}),
        }
        copy_migrated(database_url)
        self.manage("migrate", "--verbosity", "0")
        self.inside = Inside(self)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server in a process group of its own and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        """Wait until the database answers through the server."""
        deadline = time.monotonic() + LIMIT_SECONDS
        while not self.is_well():
            assert time.monotonic() < deadline, self.log.read_text(errors="replace")[-3000:]
            time.sleep(0.05)

    def is_well(self) -> bool:
        """What the readiness check says."""
        try:
            return requests.get(f"{self.url}/helse/klar", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def kill_workers(self) -> None:
        """Kill the processes that answer; the one above them starts new ones."""
        assert self.process is not None
        for pid in children_of(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.wait()

    def kill_all(self) -> None:
        """Kill the server with everything it has started, and start it again."""
        self.stop(signal.SIGKILL)
        self.start()

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Signal the whole group, and wait until it is gone."""
        if self.process is not None:
            os.killpg(self.process.pid, number)
            self.process.wait(60)
            self.process = None

    def close(self) -> None:
        """Stop everything that has been started."""
        self.stop(signal.SIGKILL)
        self.inside.close()

    def manage(self, *words: str) -> str:
        """What a manage.py command prints in this installation; it must succeed."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "web.log"


class Inside:
    """Functions of `tests.services.inside`, called by name in a process of the installation: `inside("stored")`."""

    def __init__(self, web: Web) -> None:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c"]
        command += ["from tests.services.inside import serve; serve()"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=web.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, name: str, **words: Any) -> Any:
        """What the function answers, as JSON keeps it."""
        _pipe(self.process.stdin).write(json.dumps([name, words]) + "\n")
        _pipe(self.process.stdin).flush()
        line = _pipe(self.process.stdout).readline()
        assert line, f"{name} failed; its traceback is above"
        return json.loads(line)

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def web_command(port: int) -> list[str]:
    """The command `make run` starts the web server with."""
    return run.commands("demo", port)["web"]


def children_of(pid: int) -> list[int]:
    """The processes a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
