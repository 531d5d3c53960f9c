"""`make bench`: ratios of the engine's work and of pages, goals 1, 2, 4, 5 and 7 to 11, on a database of its own.

Times depend on the machine and its other work, so compared things are done in turn and ratios are what to read.
The pandas variant of goal 1 is left out: it would need a dependency, and could not say what the rules say.
`--projects N` is the largest size (5,100; the goals ask for 51,000, which takes hours on two cores), `--sqlite` uses a
file instead of a PostgreSQL of its own, `--pages` leaves out goals 1 to 5.
"""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack

from tests.services.servers import ServerDidNotStart, own_postgres

SIZES, LARGE = (51, 510), 5100


def main() -> int:
    """Start a database, fill it size by size, measure, and print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--projects", type=int, default=LARGE)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--saves", type=int, default=300)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--pages", action="store_true")
    chosen = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="saman-bench-"))
        url = f"sqlite:///{folder}/bench.sqlite3"
        if not chosen.sqlite:
            try:
                url = stack.enter_context(own_postgres()).url
            except ServerDidNotStart as reason:
                print(f"On SQLite: {reason}")
        os.environ |= {"DATABASE_URL": url, "SAMAN_VAR": folder, "SAMAN_DEMO": "1", "SAMAN_EMBEDDED": "1"}
        os.environ |= {"SAMAN_PLAIN_HTTP": "1", "SAMAN_PLAIN_STATIC": "1"}
        os.environ |= {"SECRET_KEY": "k" * 50, "LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "saman.settings"}
        import django

        django.setup()
        from django.db import connection

        from tests.bench import charts, maps, reading, sizes
        from tests.bench.measure import run

        numbers = sorted({*(size for size in SIZES if size < chosen.projects), chosen.projects})
        if chosen.pages:
            sizes.grown(numbers)
        else:
            maps.run()
            run(numbers, chosen.repeats, chosen.saves, sizes.look)
        sizes.told()
        reading.run(chosen.repeats)
        charts.run()

        connection.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
