"""Run the suite on PostgreSQL and Redis where they are at hand, and on SQLite with the browser journeys.

What any database would answer alike is asked once, of PostgreSQL when it is there (tests/conftest.py says what is
asked of both); `--robustness` asks SQLite everything too.

TEST_DATABASE_URL and TEST_REDIS_URL name the servers (defaults on localhost). Where a default does not answer but the
server is installed, a server of our own is started for the run and removed afterwards. REQUIRE_SERVICES=1 makes a
missing server or browser a failure. `--robustness` runs only the tests marked so, as hard as they can be tried, and
shows the figures they print. Other arguments are passed on to pytest.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402
from tests.services.servers import OwnServer, ServerDidNotStart, answers, own_postgres, own_redis  # noqa: E402

DEFAULT_DATABASE_URL = "postgres://postgres@127.0.0.1:5432/test"
DEFAULT_REDIS_URL = "redis://127.0.0.1:6379/15"
THOROUGH = "--robustness" in sys.argv
# Two processes, the longest first and mostly a file at a time: see tests/scheduling.py.
PARALLEL = ["-n", "2", "-p", "tests.scheduling"] if (os.cpu_count() or 1) > 1 else []
OFFER = "«make system», as root, installs browser and servers on Debian 12 and Ubuntu 24.04."


def main() -> int:
    """Run pytest once for each database and return the first exit code that is not zero."""
    required = os.environ.get("REQUIRE_SERVICES") == "1"
    with ExitStack() as stack:
        left_out = []
        database = server_url("TEST_DATABASE_URL", DEFAULT_DATABASE_URL, own_postgres, stack, left_out)
        redis = server_url("TEST_REDIS_URL", DEFAULT_REDIS_URL, own_redis, stack, left_out)
        if not chromium():
            left_out.append("browser journeys: no Chromium on PATH or in CHROMIUM")
        if left_out:
            print("Left out:", *(f"  - {line}" for line in left_out), OFFER, sep="\n", flush=True)
            if required:
                print("REQUIRE_SERVICES=1: that is a failure.", file=sys.stderr)
                return 1
        os.environ["SAMAN_TEST_LEFT_OUT"] = "\n".join(left_out)
        for name, environment, selection in runs(database, redis):
            print(f"\n── {name} ──", flush=True)
            code = run_pytest(environment, selection)
            if code:
                return code
    return 0


def runs(database: str | None, redis: str | None) -> list[tuple[str, dict[str, str], list[str]]]:
    """What to run: name, environment and pytest's selection. The browser goes once through all journeys."""
    # One process more than elsewhere: journeys and services wait for a browser, a worker or a clock now and then.
    crowd = PARALLEL and ["-n", "3"]
    name = "SQLite, with browser journeys"
    if not database:
        return [(name, {}, ["-m", "robustness"] if THOROUGH else crowd)]
    servers = {"DATABASE_URL": database} | ({"REDIS_URL": redis} if redis else {})
    chosen = "robustness and not services" if THOROUGH else "not (journey or services) or smoke"
    on_postgres = ("PostgreSQL and Redis" if redis else "PostgreSQL", servers, ["--only-database", "-m", chosen])
    if THOROUGH:
        whole = ("SQLite, all that PostgreSQL is asked", {}, ["--only-database", "-m", "not (journey or services)"])
        return [on_postgres, (name, {}, ["-m", "robustness"]), whole]
    return [on_postgres, (name, {}, [*crowd, "--asked-before"])]


def run_pytest(environment: dict[str, str], selection: list[str]) -> int:
    """One run of the suite; output goes straight through, so pytest's closing lines come last."""
    # Nobody's own settings may leak in: an installation's variables would make another installation of the tests.
    foreign = ("SAMAN_", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_", "OIDC_", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    kept["SAMAN_TEST_LEFT_OUT"] = os.environ["SAMAN_TEST_LEFT_OUT"]
    # Two clones on one machine share the default server, but never a test database.
    kept.setdefault("TEST_DB_SUFFIX", hashlib.sha256(bytes(ROOT)).hexdigest()[:8])
    how = PARALLEL
    if THOROUGH:
        kept["SAMAN_ROBUSTNESS"] = "1"
        how = ["-s", "--durations=0", "--durations-min=1"]
    passed_on = [word for word in sys.argv[1:] if word != "--robustness"]
    command = [sys.executable, "-m", "pytest", *how, *selection, *passed_on]
    return subprocess.run(command, cwd=ROOT, env={**kept, **environment}, check=False).returncode


def server_url(
    variable: str,
    default: str,
    own_server: Callable[[], AbstractContextManager[OwnServer]],
    stack: ExitStack,
    left_out: list[str],
) -> str | None:
    """The URL of a server that answers: the named, the default, or one of our own; None is noted in left_out."""
    named = os.environ.get(variable)
    if answers(named or default):
        return named or default
    if named:
        left_out.append(f"{variable}: nothing answers at the address it names")
        return None
    try:
        return stack.enter_context(own_server()).url
    except ServerDidNotStart as reason:
        left_out.append(f"{variable}: {str(reason).strip().splitlines()[-1]}")
        return None


if __name__ == "__main__":
    sys.exit(main())
