"""The indicator catalogue: what a target may measure, with everything a leader should not have to fill in.

Texts are data in three languages (benefits/data/indicators.toml); `OWN` is the key of an indicator of one's own.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "data" / "indicators.toml"
OWN = "egen"


@dataclass(frozen=True, slots=True)
class Text:
    """A catalogue text in the three languages."""

    nb: str
    nn: str
    en: str

    def __str__(self) -> str:
        return self.nb

    def in_language(self, language: str | None) -> str:
        """The text in a language; bokmål where the language is not one of ours."""
        return {"nn": self.nn, "en": self.en}.get((language or "nb")[:2], self.nb)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the catalogue. Figures are in `unit`; see `TargetVersion` for kind, direction, level, frequency.

    `mmc` is the smallest change worth caring about, `plausible` the range outside which a value is asked about,
    `counters` the keys of indicators that would show that a gain was moved rather than made.
    """

    key: str
    themes: tuple[str, ...]
    name: Text
    definition: Text
    source: Text
    unit: Text
    kind: str
    direction: int
    level: str
    frequency: str
    mmc: Decimal
    declared_sd: Decimal | None
    plausible: tuple[Decimal, Decimal]
    counters: tuple[str, ...]


@cache
def catalogue() -> dict[str, Indicator]:
    """All indicators by key, in the order of the data file."""
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return {key: _indicator(key, row) for key, row in rows.items()}


def indicator(key: str) -> Indicator | None:
    """The indicator with a key; None for one of the project's own."""
    return catalogue().get(key)


def for_theme(theme: str) -> list[Indicator]:
    """The indicators of a theme, those that belong to it first of all before those that also do."""
    found = [entry for entry in catalogue().values() if theme in entry.themes]
    return sorted(found, key=lambda entry: entry.themes.index(theme))


def counters_of(key: str, used: Iterable[str]) -> tuple[list[Indicator], bool]:
    """The counter-indicators of an indicator, and whether a project measures one of them already."""
    entry = indicator(key)
    found = [catalogue()[counter] for counter in entry.counters] if entry else []
    return found, bool({counter.key for counter in found} & set(used))


def _indicator(key: str, row: dict[str, Any]) -> Indicator:
    low, high = row["plausible"]
    return Indicator(
        key=key,
        themes=tuple(row["themes"]),
        name=_text(row["name"]),
        definition=_text(row["definition"]),
        source=_text(row["source"]),
        unit=_text(row["unit"]),
        kind=row["kind"],
        direction=row["direction"],
        level=row.get("level", "effect"),
        frequency=row["frequency"],
        mmc=Decimal(row["mmc"]),
        declared_sd=Decimal(row["declared_sd"]) if "declared_sd" in row else None,
        plausible=(Decimal(low), Decimal(high)),
        counters=tuple(row["counters"]),
    )


def _text(value: str | dict[str, str]) -> Text:
    return Text(value, value, value) if isinstance(value, str) else Text(**value)
