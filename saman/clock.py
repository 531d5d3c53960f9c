"""The edge clock: the only place that asks what time it is. Views, tasks and commands read it once and pass it down.

In a demonstration the date stands still at `settings.DEMO_TODAY` while the time of day is real (decision 5).
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment, with time zone."""
    real = timezone.localtime()
    if not settings.DEMO:
        return real
    shown = settings.DEMO_TODAY
    return real.replace(year=shown.year, month=shown.month, day=shown.day, fold=0)


def today() -> date:
    """The present calendar date in Europe/Oslo."""
    return now().date()


def real_now() -> datetime:
    """The real moment, for sessions, leases and heartbeats, which no demonstration date may touch."""
    return timezone.localtime()


def real_in(**delta: float) -> datetime:
    """The real moment `delta` (as for timedelta) from now."""
    return real_now() + timedelta(**delta)
