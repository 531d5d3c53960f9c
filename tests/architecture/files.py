"""Which files the rules are about."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("journal", "accounts", "municipalities", "projects", "benefits", "reporting")
NOT_OURS = {".venv", "node_modules", "var", "staticfiles", ".git"}


@cache
def written_by_hand(suffix: str) -> tuple[Path, ...]:
    """Files of ours with this suffix: neither installed, nor generated, nor migrations."""
    found = (path for path in ROOT.rglob(f"*{suffix}") if path.is_file())
    return tuple(sorted(path for path in found if not _is_generated(path.relative_to(ROOT))))


def _is_generated(path: Path) -> bool:
    return bool(NOT_OURS & set(path.parts)) or "migrations" in path.parts or path.parts[:2] == ("static", "vendor")


def git(*words: str) -> "subprocess.CompletedProcess[str]":
    """Run git in the repository."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
