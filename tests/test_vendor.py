"""The script that brings the browser's files into place."""

import importlib.util
from pathlib import Path
from xml.etree import ElementTree

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "vendor.py"


@pytest.fixture
def vendor(tmp_path):
    spec = importlib.util.spec_from_file_location("vendor", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.TARGET = tmp_path / "vendor"
    return module


def stamps(vendor):
    return {path.name: path.stat().st_mtime_ns for path in vendor.TARGET.iterdir()}


def test_running_it_again_writes_nothing_and_leaves_nothing_old(vendor):
    vendor.main()
    first = stamps(vendor)
    (vendor.TARGET / "old.js").write_text("")
    vendor.main()
    assert stamps(vendor) == first
    assert set(first) == {*vendor.FILES, "icons.svg"}


def test_no_file_names_a_source_map_that_is_not_there(vendor):
    vendor.main()
    assert [path.name for path in vendor.TARGET.iterdir() if b"sourceMappingURL=" in path.read_bytes()] == []


def test_the_sprite_has_one_symbol_for_each_icon(vendor):
    names = [symbol.get("id") for symbol in ElementTree.fromstring(vendor.sprite())]
    assert len(names) == len(set(names))
    assert set(vendor.LEVELS) < set(names)


def test_what_is_missing_is_said(vendor, tmp_path):
    vendor.PACKAGES = tmp_path / "node_modules"
    with pytest.raises(SystemExit, match="npm ci"):
        vendor.main()
