"""Addresses made of names: æ becomes ae, ø becomes o, å becomes a, as in the public addresses of the catalogue."""

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ö": "o", "ä": "a", "đ": "d", "ŧ": "t", "ŋ": "n", "ß": "ss"})


def slug_of(text: str, limit: int) -> str:
    """Lower-case ASCII words with hyphens between, at most `limit` characters; empty when nothing can be spelt."""
    spelt = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    ascii_only = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", ascii_only).strip("-")[:limit].rstrip("-")
