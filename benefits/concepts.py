"""What a target may be about, in controlled words, and which indicators measure it (benefits/data/concepts.toml)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from benefits.indicators import Text

SOURCE = Path(__file__).parent / "data" / "concepts.toml"


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that can change. `needs_all`: only its indicators together show it."""

    key: str
    name: Text
    indicators: tuple[str, ...]
    needs_all: bool = False


@cache
def concepts() -> dict[str, Concept]:
    """All concepts by key, in the order of the data file."""
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return {
        key: Concept(key, Text(**row["name"]), tuple(row["indicators"]), row.get("needs_all", False))
        for key, row in rows.items()
    }


def measured_by(concept: str) -> tuple[str, ...]:
    """The indicators that measure a concept; none for one that is not known."""
    known = concepts().get(concept)
    return known.indicators if known else ()


def needs_all(concept: str) -> bool:
    """Whether only all its indicators together show a concept."""
    known = concepts().get(concept)
    return known is not None and known.needs_all


def concept_name(key: str, language: str | None = None) -> str:
    """A concept's name in a language, the active one unless told."""
    known = concepts().get(key)
    return known.name.in_language(language or get_language()) if known else key


def concept_choices(language: str) -> list[tuple[str, str]]:
    """Every concept with its name, for a choice."""
    return [(key, concept.name.in_language(language)) for key, concept in concepts().items()]
