"""Who does something, when, and in which request: the one argument every action takes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User
from saman import clock


class NotAllowed(PermissionDenied):
    """The actor has no right to this, or has lost it since the page was asked for. The answer is 403."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (None: the system itself) acting at a moment of the edge clock."""

    user: User | None
    now: datetime
    request_id: str = ""

    @property
    def today(self) -> date:
        """The calendar date of the act."""
        return self.now.date()

    @property
    def user_id(self) -> int | None:
        """The person's id, or None for the system."""
        return self.user.pk if self.user else None


def check_administrator(by: Actor) -> None:
    """Raise NotAllowed for anyone but an administrator or the system itself."""
    if by.user is not None and not (by.user.is_active and by.user.is_administrator):
        raise NotAllowed


class SignedInRequest(HttpRequest):
    """A request to a page behind sign-in: the middleware has already turned the others away. For annotations only."""

    user: User


def actor_from(request: HttpRequest) -> Actor:
    """The signed-in person, now."""
    assert isinstance(request.user, User)
    return Actor(user=request.user, now=clock.now(), request_id=getattr(request, "request_id", ""))


def system(now: datetime) -> Actor:
    """The system itself: commands, loaders, the worker."""
    return Actor(user=None, now=now)
