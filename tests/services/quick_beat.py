"""Beat, with minutes of two seconds: the product's own clockwork, on a clock that runs fast."""

import os
import time
from datetime import datetime, timedelta

PACE_SECONDS = 2.0
BEGINNING = "SAMAN_TEST_BEGINNING"  # ISO moment at which the fast clock was right


def main() -> None:
    """Look at the clock until killed."""
    import django

    django.setup()
    from journal.beat import Clockwork
    from saman import clock
    from saman.celery import app

    beginning = datetime.fromisoformat(os.environ[BEGINNING])

    def now() -> datetime:
        return clock.real_now() + (clock.real_now() - beginning) * (60 / PACE_SECONDS)

    def send(job, slot):
        app.send_task(job.task, kwargs={"slot": slot}, expires=50, retry=False)

    beat = Clockwork(send, now=now, lease_seconds=PACE_SECONDS, again_seconds=timedelta(seconds=5).total_seconds())
    while True:
        try:
            beat.look()
        except Exception as error:
            print(f"{type(error).__name__}: {error}", flush=True)
        time.sleep(PACE_SECONDS / 4)


if __name__ == "__main__":
    main()
