"""The words of a submitted answer: what can be quoted from it, its sentences, and where a quote stands.

A quote is kept as offsets in `words_of`, which says the same in every reader's language.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reporting.annual.models import Question, Submission
from reporting.annual.models.forms import text_in
from reporting.annual.pieces import Piece, run_together
from reporting.annual.reading import Answer, in_words

# Marks with a blank after them end a sentence; others are part of it. Nothing is tried twice, however many there are.
_END = r"[.!?…]++[»\"”')]*+"
_SENTENCE = re.compile(rf"\S(?:[^\n.!?…]++|{_END}(?!\s|$))*+(?:{_END})?")
_MARKS = ' \t\n«»"“”„'

Span = tuple[int, int]


class NotThere(ValueError):
    """The words do not stand in the answer."""


class SeveralPlaces(ValueError):
    """The words stand in more than one place, and nothing says which is meant."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a submitted report with its answer; `words` is "" where nobody has written any of their own."""

    section: str
    key: str
    type: str
    title: str
    answer: Answer
    words: str

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer of any kind."""
        return self.answer.is_given


def asked_in(submission: Submission, key: str) -> Asked | None:
    """A question people answer, by its key, in the words it was submitted with; None where it was not asked."""
    for section in submission.contents["content"]["sections"]:
        for question in section["questions"]:
            if question["key"] == key and question["type"] not in Question.FACTS:
                return _asked(section["key"], question)
    return None


def words_of(question: Mapping[str, Any]) -> str:
    """What people have written in answer: a text, or the lessons one after another; "" for a choice or a number."""
    answer = question["answer"]
    if question["type"] == Question.Type.TEXT:
        return answer or ""
    if question["type"] == Question.Type.LESSONS:
        return "\n\n".join("\n".join(filter(None, [row["title"], row["text"]])) for row in answer or [])
    return ""


def sentences(words: str) -> list[Span]:
    """Where each sentence begins and ends; a line is at least one."""
    return [(found.start(), found.start() + len(found[0].rstrip())) for found in _SENTENCE.finditer(words)]


def joined(spans: Iterable[int], of: list[Span]) -> list[Span]:
    """The chosen sentences, those that follow each other as one passage."""
    runs: list[list[int]] = []
    for number in sorted(set(spans)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [(of[run[0]][0], of[run[-1]][1]) for run in runs]


def find(quote: str, words: str, near: int | None = None) -> Span:
    """Where a quote stands in the answer, however its white space and capitals came along.

    Of several places, the one nearest to `near`. Raises NotThere, SeveralPlaces.
    """
    bare = quote.strip(_MARKS)
    found = _places(quote, words) or _places(bare, words) or _places(bare, words, re.IGNORECASE)
    if not found:
        raise NotThere
    if near is not None:
        return min(found, key=lambda span: abs(span[0] - near))
    if len(found) > 1:
        raise SeveralPlaces
    return found[0]


def still_at(text: str, words: str, near: int, taken: Container[Span | None] = ()) -> Span | None:
    """Where words of an older version stand unchanged in a newer one, the place nearest to `near`; None: nowhere.

    `taken`: where the same words, marked in another place of the older version, stand already.
    """
    free = [span for span in _places(text, words) if span not in taken]
    return min(free, key=lambda span: abs(span[0] - near), default=None)


def pieces(words: str, spans: Iterable[Span]) -> list[Piece]:
    """The answer in stretches that are marked or not; passages may overlap."""
    marked = [span for span in spans if span[0] < span[1] <= len(words)]
    cuts = sorted({0, len(words), *(place for span in marked for place in span)})
    return run_together(
        Piece(words[start:end], any(span[0] <= start and end <= span[1] for span in marked))
        for start, end in pairwise(cuts)
    )


def _places(quote: str, words: str, flags: int = 0) -> list[Span]:
    parts = quote.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), flags)
    return [found.span() for found in pattern.finditer(words)]


def _asked(section: str, question: Mapping[str, Any]) -> Asked:
    answer = in_words(question["type"], question["answer"], question["unit"], question["choices"])
    return Asked(section, question["key"], question["type"], text_in(question["title"]), answer, words_of(question))
