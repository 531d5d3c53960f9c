"""What a section's form sends, read into changes: only what differs from what the page showed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import BadRequest
from django.http import QueryDict

from reporting.annual.answers import MOST_LESSONS, UNCHANGED, WrongShape, shaped
from reporting.annual.merge import Change, PageSave
from reporting.annual.models import Question
from reporting.annual.returned import PREFIX as REPLY
from saman.canonical import canonical, normal
from saman.parsing import InvalidText

PREFIX = "sv-"
Type = Question.Type


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a comment: as the page showed it, and as it is now."""

    seen: str
    text: str


@dataclass(slots=True)
class Posted:
    """A form as sent. `was` is what the page showed, `now` what it says, `errors` texts that must not be stored.

    `person` is the one the page was made for; `settles` the conflict copies it shows; `replies` those to an adviser's
    comments, by comment.
    """

    base_version: int | None
    page: PageSave
    person: int | None
    was: dict[str, Any]
    now: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    settles: list[int] = field(default_factory=list)
    replies: dict[int, Reply] = field(default_factory=dict)

    @property
    def save_id(self) -> UUID:
        """The same for the same answers sent again as the same turn of the same page, another for all else."""
        return uuid5(self.page.page, canonical([self.page.turn, self.now]))

    def fields(self, but_for: Iterable[str] = ()) -> dict[str, Change]:
        """Every answer the page holds, as it was and as it is, without those named."""
        left_out = set(but_for)
        return {key: Change(self.was.get(key), value) for key, value in self.now.items() if key not in left_out}

    def changes(self) -> dict[str, Change]:
        """The answers that differ from what the page showed."""
        return {key: change for key, change in self.fields().items() if change.old != change.new}

    def now_shown(self, but_for: Iterable[str]) -> dict[str, Any]:
        """What the page shows once its answers are stored, but for those named."""
        return {**self.was, **{key: change.new for key, change in self.fields(but_for).items()}}


def posted(data: QueryDict, questions: Iterable[Question]) -> Posted:
    """Read a form; raises BadRequest for what no page of ours would send."""
    try:
        read = Posted(
            base_version=int(str(data["base_version"])) if data.get("base_version") else None,
            page=PageSave(UUID(data.get("save_id") or str(UUID(int=0))), _turn(data.get("nr") or "0")),
            person=int(str(data["person"])) if data.get("person") else None,
            was=_was(data.get("was") or "{}"),
            settles=[int(pk) for pk in data.getlist("avgjor")],
            replies={int(pk): _reply(data, pk) for pk in data.getlist("kommentar")},
        )
    except ValueError as error:
        raise BadRequest("not a form of ours") from error
    shown = set(data.getlist("felt"))
    for question in questions:
        if question.key in shown and not question.is_fact:
            _read(read, data, question)
    if UNCHANGED in shown:
        read.now[UNCHANGED] = read.raw[UNCHANGED] = PREFIX + UNCHANGED in data or None
    return read


def _turn(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise ValueError("not a turn")
    return int(text)


def _reply(data: QueryDict, pk: str) -> Reply:
    return Reply(normal(data.get(f"{REPLY}var-{pk}", "")), normal(data.get(f"{REPLY}{pk}", "")))


def _was(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _read(read: Posted, data: QueryDict, question: Question) -> None:
    value = read.raw[question.key] = _value(data, question)
    try:
        read.now[question.key] = shaped(question, value)
    except WrongShape as error:
        raise BadRequest("not an answer to the question") from error
    except InvalidText as refused:
        read.errors[question.key] = str(refused.message)


def _value(data: QueryDict, question: Question) -> Any:
    name = PREFIX + question.key
    if question.type == Type.MULTIPLE:
        return data.getlist(name)
    if question.type == Type.CONFIRMATION:
        return name in data or None
    if question.type == Type.LESSONS:
        return _lessons(data, name)
    return data.get(name, "")


def _lessons(data: QueryDict, name: str) -> list[dict[str, str]]:
    parts = ("title", "text", "theme", "outcome")
    rows = [{part: data.get(f"{name}-{n}-{part}", "") for part in parts} for n in range(MOST_LESSONS)]
    return [row for row in rows if any(value.strip() for value in row.values())]
