"""The clock is read once, at the edge, through saman.clock: ruff must refuse it everywhere else."""

import subprocess
import sys

import pytest

from tests.architecture.files import ROOT

READINGS = {
    "date.today": "from datetime import date\n\nday = date.today()\n",
    "datetime.now": "from datetime import datetime\n\nmoment = datetime.now()\n",
    "timezone.now": "from django.utils import timezone\n\nmoment = timezone.now()\n",
    "timezone.localdate": "from django.utils.timezone import localdate\n\nday = localdate()\n",
    "time.time": "import time\n\nseconds = time.time()\n",
}


@pytest.mark.parametrize("code", READINGS.values(), ids=READINGS.keys())
def test_reading_the_clock_is_refused(code):
    assert "TID251" in _ruff(code, "benefits/actions/measurements.py")


@pytest.mark.parametrize("code", READINGS.values(), ids=READINGS.keys())
def test_the_clock_itself_may_read_it(code):
    assert "TID251" not in _ruff(code, "saman/clock.py")


def _ruff(code: str, file: str) -> str:
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", file, "--output-format", "concise", "-"]
    return subprocess.run(command, cwd=ROOT, input=code, capture_output=True, text=True, check=False).stdout
