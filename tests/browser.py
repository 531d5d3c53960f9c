"""Where the browser is, how it is started, and what every journey does with it."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def chromium() -> str | None:
    """The path of a Chromium: the one CHROMIUM names, else one on PATH, else None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, NAMES) if path and not _is_snap_stub(path)), None)


def _is_snap_stub(path: str) -> bool:
    """Ubuntu's apt package is a shell script that asks for the snap; the snap itself lies under /snap."""
    with open(os.path.realpath(path), "rb") as program:
        head = program.read(4096)
    return head.startswith(b"#!") and b"snap install chromium" in head and not os.path.exists("/snap/bin/chromium")
