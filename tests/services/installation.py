"""A demonstration as processes of its own, web, worker and beat, each of which may be killed, frozen and started."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import IO, Any

import requests

from saman import clock
from scripts import run
from tests.migrated import copy_migrated
from tests.services.quick_beat import BEGINNING
from tests.services.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT_SECONDS = 300
# The visitor's own: no other figure is of these days (tests.services.facts has Sundays and ends of months).
VISITED = [
    date(2014, month, day) for month in range(1, 13) for day in range(1, 29) if date(2014, month, day).weekday() != 6
]
DEAF_SECONDS = 75  # beat is quick here, but a busy machine is slow to start it
CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "saman", "worker", "--loglevel", "warning"]


class Installation:
    """`start`, `kill` and `wait` for «web», «worker» and «beat»; `inside` runs in it and outlives the kills."""

    def __init__(self, folder: Path, database_url: str, redis_url: str = "") -> None:
        self.folder, port = folder, free_port()
        self.url = f"http://127.0.0.1:{port}"
        pool = ["--concurrency", "2"] if redis_url else ["--pool", "solo"]
        self.commands = {
            "web": run.commands("demo", port)["web"],
            "worker": [*CELERY, *pool, "--without-gossip", "--without-mingle"],
            "beat": [sys.executable, "-m", "tests.services.quick_beat"],
        }
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "saman.settings",
            "PYTHONUNBUFFERED": "1",
            "SAMAN_VAR": str(folder),
            "DATABASE_URL": database_url,
            "SECRET_KEY": "k" * 50,
            "SAMAN_DEMO": "1",
            "SAMAN_PLAIN_HTTP": "1",
            "SAMAN_PLAIN_STATIC": "1",
            "LOG_LEVEL": "WARNING",
            "SAMAN_DEAF_SECONDS": str(DEAF_SECONDS),
            BEGINNING: clock.real_now().isoformat(),
            **({"REDIS_URL": redis_url} if redis_url else {}),
        }
        copy_migrated(database_url)
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=self.environment, check=True)
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c"]
        command += ["from tests.services.facts import serve; serve()"]
        self.shell = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.revived: list[str] = []

    def inside(self, name: str, **words: Any) -> Any:
        """What a function of `tests.services.facts` answers, as JSON keeps it."""
        _pipe(self.shell.stdin).write(json.dumps([name, words]) + "\n")
        _pipe(self.shell.stdin).flush()
        line = _pipe(self.shell.stdout).readline()
        assert line, f"{name} failed; its traceback is above"
        return json.loads(line)

    def start(self, name: str) -> None:
        """Start a process in a group of its own."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self.commands[name],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """Signal a process and all it has started, and wait until it is gone."""
        process = self.processes.pop(name, None)
        if process is not None:
            os.killpg(process.pid, number)
            process.wait(60)

    def children(self, name: str) -> list[int]:
        """The processes a process has started."""
        path = Path(f"/proc/{self.processes[name].pid}/task/{self.processes[name].pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def until(self, name: str, expected: Any = True, **words: Any) -> None:
        """Wait until `inside(name)` answers at least `expected`; tell what the processes said when it never does."""
        deadline = time.monotonic() + LIMIT_SECONDS
        while self.inside(name, **words) < expected:
            assert time.monotonic() < deadline, f"{name}\n{self.said()}"
            self.revive()
            time.sleep(0.1)

    def revive(self) -> None:
        """Start again what has ended by itself, as compose does («restart: unless-stopped»)."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self.revived.append(name)
                self.start(name)

    def said(self) -> str:
        """The end of what each process has written."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"── {log.stem}\n{log.read_text(errors='replace')[-2000:]}" for log in logs)

    def close(self) -> None:
        """Stop everything that has been started."""
        for name in list(self.processes):
            self.kill(name)
        self.shell.kill()
        self.shell.wait()


class Visitor(threading.Thread):
    """A leader who reads the target's page and registers figures until told to stop; remembers every answer."""

    def __init__(self, url: str, person: int, slug: str) -> None:
        super().__init__(daemon=True)
        self.url, self.slug, self.http = url, slug, requests.Session()
        self.ended, self.between = threading.Event(), threading.Lock()  # hold `between` to look while nobody writes
        self.answers: list[tuple[int, float]] = []
        self.http.get(f"{url}/logg-inn/", timeout=30)
        self.ask("POST", "/logg-inn/demo/", {"person": person})

    def run(self) -> None:
        """Read, write, rest."""
        days = cycle(VISITED)  # the same figure on the same day is no mistake
        while not self.ended.wait(0.2):
            self.ask("GET", f"/arbeid/prosjekt/{self.slug}/mal/1/")
            figure = {"measured_on": f"{next(days):%d.%m.%Y}", "value": "9,5"}
            self.ask("POST", f"/arbeid/prosjekt/{self.slug}/mal/1/malinger/ny/", {**figure, "source": "Fravær"})

    def stop(self) -> None:
        """End after the request that is under way."""
        self.ended.set()
        self.join(60)

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> None:
        """One request; status 0 when nobody answered."""
        data = {**fields, "csrfmiddlewaretoken": self.http.cookies.get("csrf", "")} if fields else None
        with self.between:
            begun = time.monotonic()
            try:
                answer = self.http.request(method, self.url + path, data=data, timeout=30, allow_redirects=False)
                status = answer.status_code
            except requests.RequestException:
                status = 0
        self.answers.append((status, time.monotonic() - begun))


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
