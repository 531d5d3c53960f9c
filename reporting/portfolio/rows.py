"""What the dashboard counts from: one frozen row for each project, and a programme of them on a date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from benefits.models import Concern
from projects.models import Theme
from reporting.annual.models import Round

NOBODY = "ingen"  # in the place of the adviser who reads a project's reports


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality taking part, by number and name, and its county."""

    number: str
    municipality: str
    county: str
    county_name: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A county with its place on the map of tiles, which may be unknown."""

    number: str
    name: str
    valid_from: date
    valid_to: date | None
    row: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class EffectTargetRow:
    """An effect target that is not withdrawn; `measured_on` is the latest measurement its verdict rests on."""

    is_measured: bool
    measured_on: date | None


@dataclass(frozen=True, slots=True)
class Reported:
    """A project's report in one yearly round: whether it is owed, the day it first came, and whether it is approved."""

    is_owed: bool = False
    received_on: date | None = None
    is_approved: bool = False


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project as the dashboard knows it. `result` None: not assessed yet; `risk` None: not assessable.

    `levels` maps pitfall to severity as people outside the project may see it; `concerns` only those that are visible,
    in the one ranking; `history` is (date, result) from the first verdict on. `adviser` is who read its newest report.
    `freed_time`: what the verdict says was freed, one part for each municipality; none where there is no ledger.
    """

    pk: int
    slug: str
    title: str
    language: str
    participation: str
    followed_since: date | None
    cohort: str
    cohort_name: str
    cohort_starts_on: date
    is_outdated: bool
    result: str | None
    as_of: date | None
    computed_at: datetime | None
    risk: int | None
    levels: Mapping[str, int | None]
    places: tuple[Place, ...]
    themes: tuple[Theme, ...]
    targets: tuple[EffectTargetRow, ...]
    concerns: tuple[Concern, ...]
    history: tuple[tuple[date, str], ...]
    adviser: str
    adviser_name: str
    report: Reported
    report_before: Reported
    freed_time: tuple[dict[str, Any], ...]
    searched: str = field(repr=False)

    @property
    def is_assessed(self) -> bool:
        """Whether there is a verdict to show."""
        return self.result is not None

    @property
    def measured(self) -> int:
        """Effect targets with a verdict from measurements that are fresh enough to count."""
        return sum(target.is_measured for target in self.targets)

    def is_used(self, today: date) -> bool:
        """Whether the project is followed, so that it has a status and duties."""
        return self.followed_since is not None and self.followed_since <= today


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A whole programme on a date: projects in use, the other catalogue entries, and the counties of the map."""

    used: tuple[ProjectRow, ...]
    unused: tuple[ProjectRow, ...]
    tiles: tuple[Tile, ...]
    round: Round | None
    round_before: Round | None = None

    @property
    def listed(self) -> tuple[ProjectRow, ...]:
        """Every entry of the catalogue that is not withdrawn."""
        return self.used + self.unused
