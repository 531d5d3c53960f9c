"""Exit code 0 when a process is well: an address answers 200, or the process in a pid file lives."""

import os
import sys
import urllib.error
import urllib.request
from pathlib import Path


def main(words: list[str]) -> int:
    """`healthy.py URL` or `healthy.py --pid FILE`."""
    if words[:1] == ["--pid"]:
        return 0 if lives(Path(words[1])) else 1
    return 0 if answers(words[0]) else 1


def answers(url: str) -> bool:
    """Whether the address answers 200 within four seconds."""
    try:
        with urllib.request.urlopen(url, timeout=4) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def lives(pid_file: Path) -> bool:
    """Whether the process named in the file exists."""
    try:
        os.kill(int(pid_file.read_text()), 0)
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
