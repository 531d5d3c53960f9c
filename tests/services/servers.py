"""A PostgreSQL cluster and a Redis of one's own, each on a free port and in a folder that is removed afterwards.

Those who hold the servers may stop, freeze and empty them; servers named by the environment are never touched so.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

START_LIMIT_SECONDS = 180


class ServerDidNotStart(RuntimeError):
    """A server of one's own gave up or answered too late; the message holds the end of its log."""


@dataclass
class OwnServer:
    """A running server: its URL, and the process that can be stopped, frozen and started again."""

    url: str
    port: int
    command: list[str]
    log: Path
    user: str | None
    process: subprocess.Popen = field(init=False)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, user=self.user, cwd=self.log.parent
            )
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not answers(self.url):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise ServerDidNotStart(f"{' '.join(self.command)}\n{self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def stop(self, with_signal: int = signal.SIGINT) -> None:
        """Stop the server and wait until it is gone; SIGINT is PostgreSQL's fast and Redis' ordinary shutdown."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(with_signal)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def own_postgres() -> Iterator[OwnServer]:
    """A new cluster with trust for the user postgres on localhost. Nothing is flushed to disk: it is thrown away."""
    programs = postgres_programs()
    if programs is None:
        raise ServerDidNotStart("PostgreSQL's server programs are not installed")
    with _folder("saman-postgres-") as (folder, user):
        data, port = folder / "data", free_port()
        initdb = [str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        initdb += ["--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(initdb, capture_output=True, text=True, user=user, cwd=folder, check=False)
        if made.returncode:
            raise ServerDidNotStart(made.stdout + made.stderr)
        options = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        options |= {"synchronous_commit": "off", "full_page_writes": "off"}
        command = [str(programs / "postgres"), "-D", str(data)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        yield from _serve(OwnServer(url, port, command, folder / "log", user))


@contextmanager
def own_redis() -> Iterator[OwnServer]:
    """A Redis that keeps nothing on disk and refuses to evict."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServerDidNotStart("redis-server is not installed")
    with _folder("saman-redis-") as (folder, user):
        port = free_port()
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command += ["--maxmemory-policy", "noeviction", "--dir", str(folder)]
        yield from _serve(OwnServer(f"redis://127.0.0.1:{port}/0", port, command, folder / "log", user))


def answers(url: str) -> bool:
    """Whether the server behind a postgres:// or redis:// URL takes commands."""
    if url.startswith("redis"):
        import redis

        try:
            return bool(redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2).ping())
        except (redis.RedisError, OSError):
            return False
    import psycopg

    try:
        with psycopg.connect(_maintenance_url(url), connect_timeout=2) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.Error:
        return False


def postgres_programs() -> Path | None:
    """The folder of the newest installed initdb and postgres, None where there is none."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    program = shutil.which("postgres")
    return Path(program).parent if program and shutil.which("initdb") else None


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _maintenance_url(url: str) -> str:
    """The same server's postgres database: the one named in a test URL need not exist."""
    return url.rsplit("/", 1)[0] + "/postgres"


@contextmanager
def _folder(prefix: str) -> Iterator[tuple[Path, str | None]]:
    """A folder and the user to run as: PostgreSQL refuses to be root, so root steps down."""
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        user = None
        if os.geteuid() == 0:
            user = "postgres" if _exists("postgres") else "nobody"
            shutil.chown(name, user)
        yield Path(name), user


def _exists(user: str) -> bool:
    import pwd

    return any(entry.pw_name == user for entry in pwd.getpwall())


def _serve(server: OwnServer) -> Iterator[OwnServer]:
    try:
        server.start()
        yield server
    finally:
        if hasattr(server, "process"):
            server.stop()
