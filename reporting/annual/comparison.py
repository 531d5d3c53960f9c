"""This year's answer beside last year's: answers as people read them, and which words are new or gone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from reporting.annual.models import Question
from reporting.annual.models.forms import text_in
from reporting.annual.pieces import Piece, run_together
from reporting.annual.reading import in_words

ALIKE = 0.5  # the share of words in common from which a rewritten sentence is compared word by word
_WORDS = re.compile(r"\S+\s*|\s+")
# A sentence with the white space after it; a dot inside a number, a date or an address ends none.
_SENTENCES = re.compile(r"\S(?:[^\n.!?]++|[.!?]++(?!\s|$))*+[.!?]*+\s*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with both answers in pieces, marked where only that side has the words.

    [] is not answered, and `before` None a question not asked then.
    """

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
    """Both texts in pieces, marked where the other lacks them.

    Sentences that stand unchanged are found first. Where one was rewritten its words are compared, unless so little of
    it is left that single words in common would only disturb: then the whole of it is marked.
    """
    old, new = _sentences(before), _sentences(now)
    was, is_ = list[Piece](), list[Piece]()
    for kind, a, b, c, d in _matcher(old, new).get_opcodes():
        if kind == "equal":
            was += [Piece(text, False) for text in old[a:b]]
            is_ += [Piece(text, False) for text in new[c:d]]
        else:
            gone, come = _rewritten("".join(old[a:b]), "".join(new[c:d]))
            was, is_ = was + gone, is_ + come
    return run_together(was), run_together(is_)


def _rewritten(before: str, now: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts word by word; marked whole when they have little in common."""
    old, new = _WORDS.findall(before), _WORDS.findall(now)
    matcher = _matcher(old, new)
    if matcher.ratio() < ALIKE:
        return [Piece(before, True)], [Piece(now, True)]
    was, is_ = list[Piece](), list[Piece]()
    for kind, a, b, c, d in matcher.get_opcodes():
        was.append(Piece("".join(old[a:b]), kind != "equal"))
        is_.append(Piece("".join(new[c:d]), kind != "equal"))
    return was, is_


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    """A comparison that does not mind the white space after a word or a sentence.

    From 200 words on, a word that is more than one in a hundred begins no likeness, but may be part of one (difflib's
    autojunk): what repeats a few words over and over would take cubic time otherwise.
    """
    return SequenceMatcher(a=[text.strip() for text in old], b=[text.strip() for text in new])


def _sentences(text: str) -> list[str]:
    return _SENTENCES.findall(text.strip())


def _lesson(lesson: Mapping[str, str]) -> str:
    heading = f"{lesson['title']} ({lesson['about']})" if lesson["about"] else lesson["title"]
    return f"{heading}: {lesson['text']}" if lesson["text"] else heading
