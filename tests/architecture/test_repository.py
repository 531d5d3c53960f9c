"""What is committed, and what must not be."""

import json
import re

import pytest
from django.core.management import call_command

from tests.architecture.files import ROOT, git
from tests.scheduling import APART

LOCKS = ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "package-lock.json", "package.json", ".npmrc")
LARGEST = 1_000_000  # bytes; pictures and catalogues are well below
GENERATED = (
    ".venv",
    "node_modules",
    "static/vendor",
    "staticfiles/staticfiles.json",
    "var/demo.sqlite3",
    "var/secret_key",
    "locale/nn/LC_MESSAGES/django.mo",
    "saman/__pycache__/settings.pyc",
    ".env",
)


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_the_machine_it_was_made_on(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.findall(r'"resolved"|--(?:extra-)?index-url|--find-links|file://|https?://[^\s"]+\.(?:whl|tgz)', text)


def test_python_packages_are_locked_by_hash():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        packages = [line for line in lines if "==" in line and not line.startswith((" ", "#"))]
        assert packages
        assert [line for line in packages if not line.rstrip().endswith("\\")] == []


def test_browser_packages_are_pinned_exactly():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = wanted["dependencies"] | wanted.get("devDependencies", {})
    assert {name: version for name, version in versions.items() if not version[0].isdigit()} == {}


def test_what_is_generated_is_ignored():
    if git("rev-parse").returncode:
        pytest.skip("not a git repository")
    assert [name for name in GENERATED if git("check-ignore", "--quiet", name).returncode] == []
    assert git("ls-files", "--cached", "--ignored", "--exclude-standard").stdout == ""


def test_no_large_file_is_committed():
    if git("rev-parse").returncode:
        pytest.skip("not a git repository")
    files = [ROOT / name for name in git("ls-files").stdout.splitlines()]
    assert [path.name for path in files if path.is_file() and path.stat().st_size > LARGEST] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_setting_is_documented():
    documented = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    read = {
        name
        for path in [*(ROOT / "saman").glob("*.py"), ROOT / "scripts" / "gunicorn.py"]
        for name in re.findall(
            r"""(?:environ(?:\.get\(|\[)|_flag\(|_list\()\s*["']([A-Z_]+)["']""", path.read_text(encoding="utf-8")
        )
    } - {"TEST_DB_SUFFIX", "DJANGO_SETTINGS_MODULE"}
    assert "SECRET_KEY" in read
    assert {name for name in read if f"`{name}`" not in documented} == set()


def test_compose_takes_every_value_from_the_example():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert used == set(re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE))


def test_the_files_that_are_dealt_out_first_are_there():
    assert [name for name in APART if not (ROOT / name).is_file()] == []
