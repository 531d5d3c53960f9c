"""Texts for documents whose fonts must have every character they show, as PDF/A and PDF/UA ask."""

import re
import unicodedata
from typing import Any

# What typst's own fonts have of Latin (all the Sami languages too), Greek, Cyrillic, punctuation, signs and arrows.
_HAS = re.compile(
    "[\n\t -~\u00a0-\u04ff\u1e00-\u200a\u2010-\u2027\u202f-\u2040\u2044-\u2052\u2054-\u205f\u2070-\u20bf"
    "\u2100-\u211e\u2122\u2126-\u214f\u2190-\u22ff\u25a0-\u25ff\u2713]"
)
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def printable(text: str) -> str:
    """A text with the number of each character no font has in its place, such as [U+1F600]; unseen ones left out."""
    return "".join(letter if is_printable(letter) else f"[U+{ord(letter):04X}]" for letter in _UNSEEN.sub("", text))


def is_printable(letter: str) -> bool:
    """Whether a font has the character."""
    return _HAS.fullmatch(letter) is not None and unicodedata.category(letter) != "Cn"


def printed(value: Any) -> Any:
    """The same data with every text in it printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printed(item) for key, item in value.items()}
    return [printed(item) for item in value] if isinstance(value, list | tuple) else value
