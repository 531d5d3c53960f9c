"""A report that has come back, for whoever looks it over: why, what is not answered, and if anything is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reporting.annual.models import Report, Submission
from reporting.annual.models.forms import text_in
from saman.canonical import canonical


@dataclass(frozen=True, slots=True)
class Waiting:
    """An adviser's comment nobody has replied to; `section` is a key, `title` its section in the reader's language."""

    pk: int
    section: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Back:
    """The adviser's reason ("": none was given), the comments without a reply, and what came back.

    `is_unchanged`: answers, replies, statements and figures are all as they were in that revision.
    """

    revision: int
    note: str
    waiting: list[Waiting]
    is_unchanged: bool


def back_of(report: Report, what: Mapping[str, Any]) -> Back | None:
    """Why a report came back, beside its content now; None for one that is not back. One query, none for a first."""
    if not report.is_back:
        return None
    sent = report.submissions.select_related("review").filter(revision=report.revision - 1).first()
    if sent is None:
        return None
    replies, titles = what.get("replies", []), {row["key"]: text_in(row["title"]) for row in what["sections"]}
    waiting = [
        Waiting(row["comment"], row["section"], titles.get(row["section"], row["section"]), row["said"])
        for row in replies
        if row["reply"] is None
    ]
    is_replied = len(waiting) < len(replies)
    note = sent.review.note if hasattr(sent, "review") else ""
    return Back(sent.revision, note, waiting, not is_replied and _said(sent) == _of(what))


def _said(sent: Submission) -> str:
    return _of(sent.contents["content"])


def _of(what: Mapping[str, Any]) -> str:
    """What a content says, without what differs from one revision to the next whatever anybody writes."""
    return canonical({key: value for key, value in what.items() if key not in {"revision", "replies"}})
