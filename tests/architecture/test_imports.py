"""Who may import whom."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.files import APPS, ROOT, written_by_hand

ENGINE = ROOT / "benefits" / "engine"
# The engine has no input or output, no clock and no chance: the same facts give the same verdict, always.
BANNED_IN_ENGINE = {"os", "io", "pathlib", "socket", "subprocess", "time", "random", "logging", "sqlite3", "urllib"}


def test_contracts_hold():
    """The contracts in pyproject.toml: layers between apps, layers inside each, nothing into the engine."""
    lint = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda path: path.stem)
def test_engine_imports_the_standard_library_numpy_and_itself(path):
    allowed = (set(sys.stdlib_module_names) | {"numpy"}) - BANNED_IN_ENGINE
    wrong = [name for name in _imports(path) if name.split(".")[0] not in allowed and not _is_engine(name)]
    assert not wrong


def test_saman_imports_no_app():
    """Settings and urls wire apps by string, and the leaf helpers stay leaves."""
    found = {path.name: name for path in (ROOT / "saman").rglob("*.py") for name in _imports(path)}
    assert {file: name for file, name in found.items() if name.split(".")[0] in APPS} == {}


def test_no_import_inside_a_function():
    """An import inside a function dodges a cycle; a heavy library or a registry is loaded by dotted path instead."""
    found = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for app in (*APPS, "saman")
        for path in written_by_hand(".py")
        if path.relative_to(ROOT).parts[0] == app
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom) and not _is_ready_hook(path, outer)
    ]
    assert not found


def _imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def _is_engine(name: str) -> bool:
    return name == "benefits.engine" or name.startswith("benefits.engine.")


def _is_ready_hook(path: Path, function: ast.AST) -> bool:
    """AppConfig.ready is where Django itself asks for late imports."""
    return path.name == "apps.py" and getattr(function, "name", "") == "ready"
