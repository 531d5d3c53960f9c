"""How long a session lasts: until nobody has used it for a while, and never longer than a working day. Real time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN, BEFORE = "signed_in_at", "seen_at", "here_before"
SAME_VISIT = timedelta(hours=1)  # signing in again sooner than this is not a new visit
SEEN_EVERY = timedelta(minutes=5)  # so that reading pages does not write to the database each time


def begin(session: SessionBase, now: datetime, before: datetime | None) -> None:
    """Note when someone signed in, and when they did the last time before, by the edge clock."""
    session[BEGAN] = session[SEEN] = now.timestamp()
    session[BEFORE] = before.isoformat() if before else ""


def here_before(session: SessionBase) -> datetime | None:
    """When the person signed in the last time before this; None where it is not known."""
    text = session.get(BEFORE)
    return datetime.fromisoformat(text) if text else None


def is_over(session: SessionBase, now: datetime) -> bool:
    """Whether the session has been idle too long, or has lasted too long."""
    if BEGAN not in session:
        return False  # nobody has signed in; the cookie's own age is the limit
    moment = now.timestamp()
    age, idle = moment - session[BEGAN], moment - session[SEEN]
    return bool(age > settings.SESSION_COOKIE_AGE or idle > settings.SESSION_IDLE_SECONDS)


def keep_alive(session: SessionBase, now: datetime) -> None:
    """Note that the session is in use."""
    if BEGAN in session and now.timestamp() - session[SEEN] > SEEN_EVERY.total_seconds():
        session[SEEN] = now.timestamp()
