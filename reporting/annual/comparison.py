"""This year's answer beside last year's: answers as people read them, and which sentences are new or gone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.annual.models import Question
from reporting.annual.models.forms import text_in
from saman import formatting
from saman.parsing import InvalidNumber, parse_decimal

_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|\n|$)\s*|.+?", re.DOTALL)

OUTCOMES = {
    "worked": gettext_lazy("virket"),
    "partly": gettext_lazy("virket delvis"),
    "failed": gettext_lazy("virket ikke"),
}


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
    """The answer to a question of a content, as people read it; "" when it is not answered."""
    answer, kind = question["answer"], question["type"]
    if answer is None:
        return ""
    words = {choice["key"]: text_in(choice) for choice in question["choices"]}
    if kind == Question.Type.NUMBER:
        return _amount(answer, text_in(question["unit"]))
    if kind == Question.Type.CHOICE:
        return words.get(answer, answer)
    if kind == Question.Type.MULTIPLE:
        return formatting.joined([words.get(key, key) for key in answer])
    if kind == Question.Type.LESSONS:
        return "\n".join(_lesson(lesson, words) for lesson in answer)
    if kind == Question.Type.CONFIRMATION:
        return _("Ja, bekreftet")
    return str(answer)


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


def _amount(answer: str, unit: str) -> str:
    try:
        return formatting.with_unit(parse_decimal(answer.replace(".", ",")), unit)
    except InvalidNumber:
        return answer


def _lesson(lesson: Mapping[str, str], themes: Mapping[str, str]) -> str:
    outcome, theme = OUTCOMES.get(lesson["outcome"], ""), themes.get(lesson["theme"], "")
    about = ", ".join(str(word) for word in (theme, outcome) if word)
    heading = f"{lesson['title']} ({about})" if about else lesson["title"]
    return f"{heading}: {lesson['text']}" if lesson["text"] else heading
