"""This year's answer beside last year's: answers as people read them, and which sentences are new or gone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from reporting.annual.models import Question
from reporting.annual.models.forms import text_in
from reporting.annual.reading import in_words

_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|\n|$)\s*|.+?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence; `is_marked` where only this side has it."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with both answers in sentences; [] is not answered, and `before` None a question not asked then."""

    key: str
    type: str
    title: str
    before: list[Piece] | None
    now: list[Piece]

    @property
    def is_fact(self) -> bool:
        """Whether the system answered it."""
        return self.type in Question.FACTS

    @property
    def is_same(self) -> bool:
        """Whether a text stands as it stood last year."""
        return self.type == Question.Type.TEXT and bool(self.now) and self.now == self.before


def pair(question: Mapping[str, Any], before: Mapping[str, Any] | None) -> Pair:
    """A question of a content beside the same question a year earlier (None: not asked then)."""
    old = "" if before is None else shown(before)
    was, now = compared(old, shown(question))
    return Pair(question["key"], question["type"], text_in(question["title"]), None if before is None else was, now)


def shown(question: Mapping[str, Any]) -> str:
    """The answer to a question of a content as one text, a line for each item; "" when it is not answered."""
    answer = in_words(question["type"], question["answer"], question["unit"], question["choices"])
    return "\n".join([answer.text, *answer.items, *map(_lesson, answer.lessons)]).strip()


def compared(before: str, now: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in sentences, marked where the other lacks them."""
    old, new = _sentences(before), _sentences(now)
    blocks = SequenceMatcher(
        a=[text.strip() for text in old], b=[text.strip() for text in new], autojunk=False
    ).get_matching_blocks()
    kept_old = {block.a + step for block in blocks for step in range(block.size)}
    kept_new = {block.b + step for block in blocks for step in range(block.size)}
    return (
        [Piece(text, n not in kept_old) for n, text in enumerate(old)],
        [Piece(text, n not in kept_new) for n, text in enumerate(new)],
    )


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCES.findall(text.strip()) if sentence.strip()]


def _lesson(lesson: Mapping[str, str]) -> str:
    heading = f"{lesson['title']} ({lesson['about']})" if lesson["about"] else lesson["title"]
    return f"{heading}: {lesson['text']}" if lesson["text"] else heading
