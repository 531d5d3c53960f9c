"""Reads the product's own catalogue of programmes and projects (projects/data/)."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

PULJE_2 = Path(__file__).parent / "data" / "pulje2.toml"


@dataclass(frozen=True, slots=True)
class Ministry:
    """What the responsible ministry is called from a date on."""

    valid_from: date
    name: str
    abbreviation: str


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme and its name in three languages."""

    key: str
    name_nb: str
    name_nn: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A project as the catalogue names it. `themes` maps a key to its public source; empty: not publicly known."""

    name: str
    slug: str
    municipalities: tuple[str, ...]
    host: str = ""
    themes: dict[str, str] = field(default_factory=dict)
    participation: str = "confirmed"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A programme with one cohort. `printed` is the source's own list, line by line."""

    slug: str
    name: str
    language: str
    description: str
    claimed_projects: int
    claimed_municipalities: int
    claim_source: str
    ministries: tuple[Ministry, ...]
    cohort_slug: str
    cohort_name: str
    starts_on: date
    themes: tuple[ThemeEntry, ...]
    projects: tuple[Entry, ...]
    printed: tuple[str, ...]

    def in_list_order(self) -> list[Entry]:
        """The projects in the source's order, the unresolved last."""
        return sorted(self.projects, key=lambda entry: entry.participation != "confirmed")


def read(path: Path = PULJE_2) -> Catalogue:
    """Read a catalogue file."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    programme, cohort, sources = data["programme"], data["cohort"], data["theme_sources"]
    return Catalogue(
        slug=programme["slug"],
        name=programme["name"],
        language=programme["language"],
        description=programme["description"].strip(),
        claimed_projects=programme["claimed_projects"],
        claimed_municipalities=programme["claimed_municipalities"],
        claim_source=programme["claim_source"],
        ministries=tuple(Ministry(**row) for row in data["ministries"]),
        cohort_slug=cohort["slug"],
        cohort_name=cohort["name"],
        starts_on=cohort["starts_on"],
        themes=tuple(ThemeEntry(**row) for row in data["themes"]),
        projects=tuple(_entry(row, sources) for row in data["projects"]),
        printed=tuple(data["printed"]),
    )


def _entry(row: dict[str, Any], sources: dict[str, str]) -> Entry:
    themes = {key: sources[source] for key, source in row.get("themes", {}).items()}
    return Entry(**{**row, "municipalities": tuple(row["municipalities"]), "themes": themes})
