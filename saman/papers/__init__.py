"""A plain document as data: headings, paragraphs, quotes and lists, written as DOCX or ODT to go on writing in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LOCALES = {"nb": "nb-NO", "nn": "nn-NO"}
WRITTEN = (1980, 1, 1, 0, 0, 0)  # in the files: the same paper is the same bytes
# What XML cannot hold, however it came into a text.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line breaks in it stay."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list with bullets."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Someone's words in their own written language."""

    text: str
    language: str


Block = Heading | Text | Item | Quote


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in one language; `before` stands over the title."""

    title: str
    language: str
    blocks: Sequence[Block]
    before: Sequence[Text] = ()


def writable(text: str) -> str:
    """A text without what no document can hold."""
    return _UNWRITABLE.sub(" ", text)
