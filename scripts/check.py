"""Everything a machine can say about the code without running the suite, side by side, in under a minute."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable

CHECKS = {
    "Format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "Lint": [PYTHON, "-m", "ruff", "check", "."],
    "Types": [PYTHON, "-m", "mypy"],
    # The walk of every address with every role is behaviour, not form: `make test` does it.
    "Imports, migrations, translations, sizes": [
        *(PYTHON, "-m", "pytest", "-q", "-m", "architecture", "-p", "no:cacheprovider"),
        "--ignore=tests/architecture/test_access.py",
    ],
}


def main() -> int:
    """Run the checks two at a time; print one line for each, and the output of those that failed."""
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for name, result, seconds in pool.map(run, CHECKS):
            failed += result.returncode != 0
            print(f"{'✗' if result.returncode else '✓'} {name} ({seconds:.1f} s)", flush=True)
            if result.returncode:
                print(result.stdout)
    return int(failed > 0)


def run(name: str) -> tuple[str, "subprocess.CompletedProcess[str]", float]:
    """Run one check with its output kept; return its name, the result and its duration in seconds."""
    started = time.monotonic()
    environment = {**os.environ, "SAMAN_DEMO": os.environ.get("SAMAN_DEMO", "1")}
    result = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return name, result, time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
