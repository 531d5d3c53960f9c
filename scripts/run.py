"""Run Saman on this machine alone: SQLite, a web server, one worker with its clock, nothing else to install.

The demonstration and a real installation of one's own live in separate databases under var/. Ctrl-C, SIGTERM or the
death of a child stops everything that was started here.
"""

import argparse
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("SAMAN_VAR") or ROOT / "var").resolve()
PROGRAMS = Path(sys.executable).parent
STOP_LIMIT_SECONDS = 15


class Stop(Exception):
    """Someone asked us to stop."""


def main() -> int:
    """Prepare the chosen database, then serve it until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--real", action="store_true", help="a real installation, empty but for the catalogue")
    parser.add_argument("--reset", action="store_true", help="throw the demonstration away, make it anew and stop")
    options = parser.parse_args()
    os.chdir(ROOT)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    name = "real" if options.real else "demo"
    environment = embedded_environment(name)
    try:
        if options.reset:
            return reset(name, environment)
        port = port_to_use()
        if port is None:
            return 1
        with only_one(name) as alone:
            if not alone:
                return 1
            return prepare(name, environment) or serve(name, environment, port)
    except Stop:
        return 130


def embedded_environment(name: str) -> dict[str, str]:
    """The environment of an installation that needs nothing but this folder; what is already set, wins."""
    VAR.mkdir(parents=True, exist_ok=True)
    # A database or broker named in the shell belongs to another installation: the demonstration must not load there.
    inherited = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    return {
        "DJANGO_SETTINGS_MODULE": "saman.settings",
        "SAMAN_VAR": str(VAR),
        "SECRET_KEY": secret_key(),
        "SAMAN_EMBEDDED": "1",
        "PYTHONUNBUFFERED": "1",
        **inherited,
        "SAMAN_DEMO": "0" if name == "real" else "1",
        "DATABASE_URL": f"sqlite:///{VAR / name}.sqlite3",
        "SAMAN_BROKER_DIR": str(VAR / f"broker-{name}"),
    }


def secret_key() -> str:
    """The key of this folder's installations, made once."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


def port_to_use() -> int | None:
    """PORT, or 8000, when nobody listens there; else say so and return None."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        print(f"✗ PORT={text} is not a port number.", file=sys.stderr)
        return None
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            free = int(text) + 1 if int(text) < 65535 else 8000
            print(f"✗ Port {text} cannot be used ({error.strerror}). Try: PORT={free} make run", file=sys.stderr)
            return None
    return int(text)


def steps_of(name: str) -> dict[str, list[str]]:
    """The commands that make a database ready. The demonstration enters its catalogue itself, on the day it began."""
    last = {"Demonstration data": ["load_demo"]} if name == "demo" else {"Catalogue": ["load_catalogue"]}
    return {"Database": ["migrate", "--noinput", "--verbosity", "0"], **last}


def prepare(name: str, environment: dict[str, str]) -> int:
    """Migrate the database and load what belongs in it; a second start finds everything in place."""
    for label, words in steps_of(name).items():
        print(f"… {label}", end="\r" if sys.stdout.isatty() else "\n", flush=True)
        result = subprocess.run(
            [sys.executable, "manage.py", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if result.returncode:
            print(f"✗ {label}: manage.py {' '.join(words)}\n{result.stdout}", file=sys.stderr)
            return 1
        print(f"✓ {label}" + " " * 20 * sys.stdout.isatty(), flush=True)
    return 0


def reset(name: str, environment: dict[str, str]) -> int:
    """Throw the database away and make it anew, unless it is being served."""
    with only_one(name) as alone:
        if not alone:
            return 1
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{VAR / name}.sqlite3{suffix}").unlink(missing_ok=True)
        return prepare(name, environment)


@contextmanager
def only_one(name: str) -> Iterator[bool]:
    """Hold this installation's lock; False, and a message, when another process has it."""
    with (VAR / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("✗ This installation is already running. Stop it first (Ctrl-C where it runs).", file=sys.stderr)
            yield False
        else:
            yield True


def serve(name: str, environment: dict[str, str], port: int) -> int:
    """Start web and worker, forward what they say, and stop both as soon as one ends or a signal comes."""
    Path(environment["SAMAN_BROKER_DIR"]).mkdir(parents=True, exist_ok=True)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for child, command in commands(name, port).items():
            children[child] = start(child, command, environment)
        wait_until_answering(port, children)
        print_address(name, port)
        return watch(children)
    except Stop:
        print("\n… Stopping", flush=True)
        return 0
    finally:
        stop_all(children)
        print("✓ Stopped", flush=True)


def commands(name: str, port: int) -> dict[str, list[str]]:
    """The two processes: gunicorn, and one solo worker with beat in it."""
    web = [str(PROGRAMS / "gunicorn"), "saman.wsgi:application", "--config", "scripts/gunicorn.py"]
    web += ["--bind", f"127.0.0.1:{port}"]
    worker = [sys.executable, "-m", "celery", "--quiet", "-A", "saman", "worker", "-B", "--pool", "solo"]
    worker += ["--loglevel", "warning", "--without-gossip", "--without-mingle", "--hostname", f"{name}@%h"]
    return {"web": web, "worker": worker}


def start(child: str, command: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start one child in a process group of its own, with a thread that forwards its output."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    assert process.stdout is not None
    threading.Thread(target=forward, args=(child, process.stdout), daemon=True).start()
    return process


def forward(child: str, output: IO[bytes]) -> None:
    """Print a child's lines with its name in front."""
    for line in output:
        print(f"{child:<6} │ {line.decode(errors='replace').rstrip()}", flush=True)


def wait_until_answering(port: int, children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    """Wait until the web process listens, or a child has died."""
    while all(child.poll() is None for child in children.values()):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def print_address(name: str, port: int) -> None:
    """Tell where to look, and in a real installation how to get in."""
    print(f"✓ Saman is running: http://127.0.0.1:{port}  (Ctrl-C stops it)", flush=True)
    if name == "real":
        database = f"sqlite:///{VAR / name}.sqlite3"
        print(
            "  Make yourself administrator, in another window:\n"
            f"    DATABASE_URL={database} .venv/bin/python manage.py create_admin you@example.org 'Your Name'\n"
            "  Sign-in codes are printed here until EMAIL_HOST is set.",
            flush=True,
        )


def watch(children: dict[str, "subprocess.Popen[bytes]"]) -> int:
    """Return when a child has ended by itself: that is always a failure."""
    while True:
        for name, child in children.items():
            code = child.poll()
            if code is not None:
                print(f"✗ The {name} process ended (exit code {code}).", file=sys.stderr, flush=True)
                return code if code > 0 else 1
        time.sleep(0.2)


def stop_all(children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    """Ask every group to stop, wait, and kill what is left."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children.values():
        signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + STOP_LIMIT_SECONDS
    for child in children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        signal_group(child, signal.SIGKILL)
        child.wait()


def signal_group(child: "subprocess.Popen[bytes]", number: int) -> None:
    """Signal a child and all it has started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def ask_to_stop(number: int, frame: FrameType | None) -> None:
    """Signal handler: leave through the ordinary way out."""
    raise Stop


if __name__ == "__main__":
    sys.exit(main())
