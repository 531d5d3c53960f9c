"""What holds while nobody else writes, in a cluster where others do.

PostgreSQL's word for what it holds (saman.kept) is of the whole cluster: other tests' databases change it too, and then
a page is made anew, which is right and costs only time. SQLite's word is of the one file.
"""

import time
from collections.abc import Callable

LIMIT_SECONDS = 120  # reached only where somebody writes without a pause


def holds_undisturbed(check: Callable[[], bool]) -> bool:
    """Whether the check holds, tried again until nobody has come between; False when it never does."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while not (held := check()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return held
