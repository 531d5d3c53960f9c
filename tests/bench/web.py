"""A server with one worker, as production runs it, and someone who asks it as fast as it answers."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.services.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
CLIENTS, LIMIT_SECONDS = 2, 120


@contextmanager
def served(*, compressed: bool = False) -> Iterator[int]:
    """gunicorn on the bench's database; its port. `compressed`: static files as in production, without admin's."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.bench.wsgi:application", "--config", "scripts/gunicorn.py"]
    environment = {**os.environ, "WEB_WORKERS": "1", "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    environment["SAMAN_PLAIN_STATIC"] = "0" if compressed else "1"
    # No worker is exchanged for a new one in the middle of a count.
    command += ["--max-requests", "0"]
    process = subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + LIMIT_SECONDS
        while True:
            try:
                answered(port, "/hello")
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(LIMIT_SECONDS)


def answered(port: int, path: str, *headers: str) -> tuple[int, bytes]:
    """Status and head of one answer."""
    with socket.create_connection(("127.0.0.1", port)) as wire:
        return _ask(wire, _request(path, headers))


def rates(port: int, asked: dict[str, tuple[str, ...]], repeats: int, seconds: float) -> dict[str, float]:
    """Answers each second for each name, as medians; `asked` has path and headers. All are asked in turn."""
    found: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(repeats):
        for name, (path, *headers) in asked.items():
            found[name].append(_rate(port, _request(path, headers), seconds))
    return {name: median(each) for name, each in found.items()}


def _rate(port: int, request: bytes, seconds: float) -> float:
    counts = [0] * CLIENTS
    end = time.monotonic() + seconds

    def work(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as wire:
            while not counts[number] or time.monotonic() < end:
                status, _ = _ask(wire, request)
                assert status in (200, 304), (status, request)
                counts[number] += 1

    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(work, range(CLIENTS)))
    return sum(counts) / (time.monotonic() - began)


def _request(path: str, headers: tuple[str, ...] | list[str]) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode()


def _ask(wire: socket.socket, request: bytes) -> tuple[int, bytes]:
    """Send a request and read its answer to the end: the body is as long as its head says, or in chunks."""
    wire.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += _more(wire)
    head, _, body = got.partition(b"\r\n\r\n")
    status, low = int(head.split(b" ", 2)[1]), head.lower()
    if status == 304:
        return status, head
    if b"transfer-encoding: chunked" in low:
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(wire)
        return status, head
    length = int(low.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(_more(wire))
    return status, head


def _more(wire: socket.socket) -> bytes:
    if not (part := wire.recv(1 << 16)):
        raise ConnectionError("the server closed the connection")
    return part
