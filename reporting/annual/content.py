"""What a report says: the form's texts, the answers, and the facts beside them, as data with one checksum.

`content(report)` is what a preview shows, an owner signs and a leader submits. A page carries it to the next request
as a sealed text (`seal`/`unseal`), so that a change in between can be shown word by word.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting.annual.models import Report


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not what was seen: an answer (`section`, `question`) or a fact. Values as in the content."""

    section: str
    question: str
    seen: Any
    now: Any


def content(report: Report, today: date) -> dict[str, Any]:
    """Everything the report says on a date."""
    raise NotImplementedError


def seal(what: dict[str, Any]) -> str:
    """A content as text for a hidden field, signed, so that nobody can invent one."""
    raise NotImplementedError


def unseal(text: str) -> dict[str, Any]:
    """The content of a sealed text; raises django.core.signing.BadSignature."""
    raise NotImplementedError


def differences(seen: dict[str, Any], now: dict[str, Any]) -> list[Difference]:
    """What differs, in the form's order."""
    raise NotImplementedError
