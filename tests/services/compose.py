"""Saman's processes as docker-compose.yml describes them, started on this machine with servers of the tests' own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import yaml

from tests.services.servers import OwnServer, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
FILLED_IN = {"SECRET_KEY": "k" * 50, "POSTGRES_PASSWORD": "secret", "EMAIL_HOST": "", "LOG_LEVEL": "WARNING"}
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")


class Stack:
    """Web, worker and beat: `start(name)`, `kill(name)`, and the address of web."""

    def __init__(self, postgres: OwnServer, redis: OwnServer, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.database_url = f"postgres://saman:secret@127.0.0.1:{postgres.port}/saman"
        self.moved = {
            "@postgres:5432": f"@127.0.0.1:{postgres.port}",
            "//redis:6379": f"//127.0.0.1:{redis.port}",
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "0.0.0.0:8000": f"127.0.0.1:{self.port}",
            "/tmp/": f"{folder}/",
        }
        self.services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        with psycopg.connect(postgres.url, autocommit=True) as connection:
            connection.execute("CREATE ROLE saman LOGIN PASSWORD 'secret'")
            connection.execute("CREATE DATABASE saman OWNER saman")

    def start(self, name: str) -> None:
        """Start a service in a process group of its own; what it says goes to a file named after it."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self.command(name),
                cwd=ROOT,
                env=self.environment(name),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def run(self, name: str) -> None:
        """Run a service that ends by itself, and insist that it succeeds."""
        subprocess.run(self.command(name), cwd=ROOT, env=self.environment(name), check=True, capture_output=True)

    def kill(self, name: str, number: int) -> None:
        """Signal a service and all it has started, and wait until it is gone."""
        process = self.processes.pop(name)
        os.killpg(process.pid, number)
        process.wait(60)

    def healthy(self, name: str) -> bool:
        """What the service's own health check says."""
        test = self.services[name]["healthcheck"]["test"]
        assert test[0] == "CMD"
        command = self._here(test[1:])
        return not subprocess.run(command, cwd=ROOT, env=self.environment(name), capture_output=True).returncode

    def manage(self, *words: str) -> str:
        """What a manage.py command prints, run with web's environment."""
        command = [sys.executable, "manage.py", *words]
        result = subprocess.run(command, cwd=ROOT, env=self.environment("web"), capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def ask(self, code: str) -> dict:
        """Run Python inside the installation; `code` leaves its answer in `answer`."""
        ending = "\nimport json\nprint('ANSWER' + json.dumps(answer))"
        return json.loads(self.manage("shell", "--no-imports", "-c", code + ending).rpartition("ANSWER")[2])

    def log(self, name: str) -> str:
        """The end of what a service has said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")[-3000:]

    def command(self, name: str) -> list[str]:
        """The service's command, on this machine's ports."""
        return self._here(self.services[name]["command"])

    def environment(self, name: str) -> dict[str, str]:
        """The service's environment, with this machine's servers, and nothing of the suite's own."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        values = {key: self._text(str(value)) for key, value in self.services[name]["environment"].items()}
        return {"PATH": path, "HOME": str(self.folder), "PYTHONUNBUFFERED": "1", **values}

    def _here(self, words: list[str]) -> list[str]:
        return [self._text(str(word)) for word in words]

    def _text(self, text: str) -> str:
        text = VARIABLE.sub(_filled_in, text)
        for there, here in self.moved.items():
            text = text.replace(there, here)
        return text


def example() -> dict[str, str]:
    """The values of .env.example, with the empty ones that must be filled in filled in."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {**given, **FILLED_IN}


def _filled_in(match: re.Match[str]) -> str:
    value = example().get(match["name"], "")
    if value:
        return value
    assert match["kind"] != "?", f"{match['name']} is required"
    return match["rest"] or ""
