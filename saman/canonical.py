"""Canonical JSON: the same content is always the same bytes, so that a checksum says whether anything has changed.

After RFC 8785: keys sorted by UTF-16 code units, no white space, texts in NFC with LF line ends. Numbers are whole
numbers; a decimal is a text in its shortest form, since binary fractions do not survive a checksum.
"""

import hashlib
import json
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class NotCanonical(TypeError):
    """The value has no canonical form: a float, or an object that is not data."""


def canonical(value: Any) -> str:
    """The canonical text of a value; raises NotCanonical."""
    return json.dumps(_clean(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(value: Any) -> str:
    """The SHA-256 of a value's canonical text, as 64 hexadecimal digits."""
    return sha256(canonical(value))


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def parse(text: str) -> Any:
    """The value of a canonical text."""
    return json.loads(text)


def normal(text: str) -> str:
    """A text as it is kept: NFC, LF line ends, and U+FFFD for what no database or file can hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSTORABLE.sub("\ufffd", lines))


def decimal_text(value: Decimal) -> str:
    """A decimal in its shortest form, never with an exponent."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _clean(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        cleaned = {normal(str(key)): _clean(item) for key, item in value.items()}
        return {key: cleaned[key] for key in sorted(cleaned, key=lambda key: key.encode("utf-16-be", "surrogatepass"))}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")
