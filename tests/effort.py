"""How hard the tests of races and kills try: a little in every run of the suite, in full in `make robustness`."""

import os

THOROUGH = os.environ.get("SAMAN_ROBUSTNESS") == "1"


def times(ordinary: int, thorough: int) -> int:
    """How many times to try: `thorough` in `make robustness`, else `ordinary`."""
    return thorough if THOROUGH else ordinary
