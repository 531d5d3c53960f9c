"""A SQLite database with every migration applied: made once for each set of migrations, copied from then on."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"


def copy_migrated(url_or_path: str) -> None:
    """Put a migrated database where a path or a sqlite:/// address points; any other address is left alone."""
    if url_or_path.startswith("sqlite:///") or "://" not in url_or_path:
        path = url_or_path.removeprefix("sqlite:///")
        for left in ("-wal", "-shm"):  # of a run that was killed: never beside another database
            Path(path + left).unlink(missing_ok=True)
        shutil.copyfile(_migrated(), path)


def _migrated() -> Path:
    """The database to copy, made now where the migrations or the packages are not those it was made from."""
    made = VAR / f"migrated-{_digest()}.sqlite3"
    VAR.mkdir(exist_ok=True)
    with _alone():
        if not made.exists():
            for old in VAR.glob("migrated-*.sqlite3*"):
                old.unlink()
            _migrate(being_made := made.with_suffix(".sqlite3.tmp"))
            being_made.rename(made)
    return made


def _digest() -> str:
    """What the schema comes from: our own migrations, and the packages that bring theirs."""
    files = sorted(path for path in ROOT.glob("*/**/migrations/*.py") if "node_modules" not in path.parts)
    said = hashlib.sha256()
    for path in [*files, ROOT / "requirements.txt", ROOT / "saman" / "settings.py"]:
        said.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return said.hexdigest()[:16]


def _migrate(path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    own = {"DJANGO_SETTINGS_MODULE": "saman.settings", "SAMAN_DEMO": "1", "SECRET_KEY": "k" * 50}
    own |= {"SAMAN_VAR": str(VAR), "DATABASE_URL": f"sqlite:///{path}"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env={**kept, **own}, check=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time."""
    with (VAR / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
