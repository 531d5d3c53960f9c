"""Starting a report, sending it to the owner, signing it, and submitting it."""

from typing import Any
from uuid import UUID

from accounts.actor import Actor
from projects.models import Project
from reporting.annual.models import OwnerSignature, Report, Round, Submission


class RoundNotOpen(Exception):
    """The round has not opened, or has been closed."""


class ShortFormNotOffered(Exception):
    """The round has no short form."""


class Incomplete(Exception):
    """Required answers are missing or wrong. `errors`: section key -> question key -> code."""

    def __init__(self, errors: dict[str, dict[str, str]]) -> None:
        super().__init__("required answers are missing")
        self.errors = errors


class ChangedSinceSeen(Exception):
    """The content is not what was on the screen. `changes` is what differs, `now` the content and `digest` its own."""

    def __init__(self, changes: list[Any], now: dict[str, Any], digest: str) -> None:
        super().__init__("the content has changed")
        self.changes, self.now, self.digest = changes, now, digest


class NotSigned(Exception):
    """The owner has not signed this content, and the deadline has not come."""


class AlreadySubmitted(Exception):
    """This revision has been submitted, by another request than this one. `submission` is it."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission.number)
        self.submission = submission


class KeyReused(Exception):
    """The idempotency key belongs to a submission of something else (422)."""


def prepare(*, by: Actor, round_: Round) -> int:
    """Give every project in use in the round's programme its report, not started. Idempotent. Raises NotAllowed."""
    raise NotImplementedError


def start(*, by: Actor, project: Project, round_: Round, short: bool = False) -> Report:
    """Begin a report on the full or the short form. Raises NotAllowed, RoundNotOpen, ShortFormNotOffered."""
    raise NotImplementedError


def send_to_owner(*, by: Actor, report: Report) -> None:
    """Ask the owner to sign. Raises NotAllowed, NotWritable, Incomplete."""
    raise NotImplementedError


def sign(*, by: Actor, report: Report, seen: dict[str, Any]) -> OwnerSignature:
    """Sign the content that was on the screen (`unseal(...)`). Signing the same content again answers the same row.

    Raises NotAllowed, Incomplete, ChangedSinceSeen.
    """
    raise NotImplementedError


def submit(*, by: Actor, report: Report, idempotency_key: UUID, seen: dict[str, Any]) -> Submission:
    """Submit the content that was on the screen, exactly once: a repeated request answers the same submission.

    Raises NotAllowed, RoundNotOpen, Incomplete, ChangedSinceSeen, NotSigned, AlreadySubmitted, KeyReused.
    """
    raise NotImplementedError
