"""Saving a draft: every save says which version it was based on; nobody's text is lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.actor import Actor
from accounts.models import User
from reporting.annual.models import ConflictCopy, Report, ReportSection


class MissingVersion(Exception):
    """A save must say which version it was based on (428)."""


class NotWritable(Exception):
    """The report has been submitted or approved, or the round is not open: the draft cannot be changed."""


class UnknownField(Exception):
    """The form has no such question in this section, or the answer has the wrong shape."""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer as it was when the page was loaded, and as it is now."""

    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save led to: the section as stored now. `merged`: others' changes the page has not seen yet."""

    version: int
    at: datetime
    data: dict[str, Any]
    merged: dict[str, Any]


class Conflict(Exception):
    """Someone else has changed the same answers. What could be merged is stored (`saved`); the rest is in `copies`."""

    def __init__(self, copies: list[ConflictCopy], saved: Saved) -> None:
        super().__init__("the same answers have been changed")
        self.copies, self.saved = copies, saved

    @property
    def mine(self) -> dict[str, Any]:
        """What this save wanted, by question."""
        return {copy.question: copy.mine for copy in self.copies}

    @property
    def theirs(self) -> dict[str, Any]:
        """What is stored, by question."""
        return {copy.question: copy.theirs for copy in self.copies}

    @property
    def who(self) -> User | None:
        """Who saved what is stored."""
        return self.copies[0].theirs_by

    @property
    def when(self) -> datetime | None:
        """When that was."""
        return self.copies[0].theirs_at


def save_section(
    *, by: Actor, report: Report, key: str, base_version: int | None, save_id: UUID, fields: dict[str, Change]
) -> Saved:
    """Store changed answers of a section. The same `save_id` again changes nothing and answers the same version.

    Raises NotAllowed, MissingVersion, NotWritable, UnknownField, Conflict (after storing both texts).
    """
    raise NotImplementedError


def settle(*, by: Actor, copy: ConflictCopy, base_version: int, value: Any) -> Saved:
    """End a conflict with the answer that is to stand: mine, theirs or a new one. Raises as `save_section`."""
    raise NotImplementedError


def restore(*, by: Actor, section: ReportSection, version: int, base_version: int) -> Saved:
    """Bring a kept version of a section back, as a new version. Raises as `save_section`."""
    raise NotImplementedError
