"""A file that grows past its budget has more than one purpose."""

import pytest

from tests.architecture.files import ROOT, written_by_hand

LINES = {".py": 400, ".js": 400, ".html": 200}


@pytest.mark.parametrize("suffix", LINES)
def test_no_file_outgrows_its_purpose(suffix):
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in written_by_hand(suffix)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LINES[suffix]} == {}
