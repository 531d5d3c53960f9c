"""The dashboard's numbers, counted from the rows that are shown; nothing here asks the database."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from benefits.engine.concerns import ADVISER_PROJECTS
from benefits.freed_sums import FreedSum, freed_sum
from benefits.models import Concern
from benefits.queries.ranking import project_key
from projects.models import Project
from reporting.portfolio.filters import PITFALLS, SIGN
from reporting.portfolio.reports import Received, received
from reporting.portfolio.rows import Portfolio, ProjectRow, Tile
from saman.words import RESULTS

MONTHS = 24  # how far back «Status over tid» goes
REASONS = 3  # concerns shown for each project an adviser may help


@dataclass(frozen=True, slots=True)
class Headline:
    """What the programme consists of: confirmed projects, their municipalities, and the entries not yet settled."""

    projects: int
    municipalities: int
    unresolved: tuple[ProjectRow, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The headline figures. `levels`: severity -> pitfalls with it; `newest` and `oldest`: measurements that count."""

    projects: int
    results: dict[str, int]
    not_assessed: int
    outdated: int
    with_targets: int
    targets: int
    measured: int
    newest: date | None
    oldest: date | None
    levels: dict[int, int]
    with_signs: int
    not_assessable: int
    as_of: date | None
    computed_at: datetime | None
    freed: FreedSum

    @property
    def signs(self) -> int:
        """Pitfalls with a sign, all projects together."""
        return sum(self.levels.values())

    @property
    def is_beginning(self) -> bool:
        """Whether most projects have no effect target yet: then that is the news, not what is unknown."""
        return 2 * self.with_targets < self.projects


@dataclass(frozen=True, slots=True)
class Help:
    """A project an adviser may help, and the first of its concerns."""

    row: ProjectRow
    reasons: tuple[Concern, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Month:
    """How many projects had each result at the end of a month, or today."""

    on: date
    results: dict[str, int]


@dataclass(frozen=True, slots=True)
class CountyTile:
    """A county on the map, with its projects in the order of the legend."""

    tile: Tile
    rows: tuple[ProjectRow, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """(result, number) for those that occur."""
        found = Counter(row.result for row in self.rows)
        return [(result, found[result]) for result in RESULTS if found[result]]

    @property
    def summary(self) -> Summary:
        """The county's own figures."""
        return summary(self.rows)

    @property
    def reports(self) -> Received:
        """The county's own reports."""
        return received(row.report for row in self.rows)


def headline(portfolio: Portfolio) -> Headline:
    """Counts by confirmed participation, also of projects not in use."""
    confirmed = [row for row in portfolio.listed if row.participation == Project.Participation.CONFIRMED]
    unresolved = tuple(row for row in portfolio.listed if row.participation == Project.Participation.UNRESOLVED)
    return Headline(len(confirmed), len({place.number for row in confirmed for place in row.places}), unresolved)


def summary(rows: Sequence[ProjectRow]) -> Summary:
    """The headline figures of some projects."""
    results = Counter(row.result for row in rows if row.result is not None)
    signs = [level for row in rows for code in PITFALLS if (level := row.levels.get(code) or 0) >= SIGN]
    targets = [target for row in rows for target in row.targets]
    measured_on = [target.measured_on for target in targets if target.measured_on is not None]
    assessed = [row for row in rows if row.is_assessed]
    return Summary(
        projects=len(rows),
        results=dict(results),
        not_assessed=len(rows) - len(assessed),
        outdated=sum(row.is_outdated for row in assessed),
        with_targets=sum(bool(row.targets) for row in rows),
        targets=len(targets),
        measured=sum(target.is_measured for target in targets),
        newest=max(measured_on, default=None),
        oldest=min(measured_on, default=None),
        levels=dict(Counter(signs)),
        with_signs=sum((row.risk or 0) >= SIGN for row in rows),
        not_assessable=sum(row.risk is None for row in assessed),
        as_of=min((row.as_of for row in assessed if row.as_of), default=None),
        computed_at=max((row.computed_at for row in assessed if row.computed_at), default=None),
        freed=freed_sum((row.freed_time, row.as_of) for row in rows),
    )


def ranked(rows: Iterable[ProjectRow]) -> list[ProjectRow]:
    """The projects an adviser may help, in the one ranking."""
    keyed = [(key, row.pk, row) for row in rows if (key := project_key(row.concerns)) is not None]
    return [row for _key, _pk, row in sorted(keyed, key=lambda entry: entry[:2])]


def help_list(rows: Sequence[ProjectRow], show_all: bool) -> list[Help]:
    """The first of them with their first concerns; all when asked for."""
    shown = rows if show_all else rows[:ADVISER_PROJECTS]
    return [Help(row, row.concerns[:REASONS], len(row.concerns[REASONS:])) for row in shown]


def months(rows: Sequence[ProjectRow], today: date) -> list[Month]:
    """Results at each month's end from the first verdict to today, at most `MONTHS`; the unknown is not counted."""
    first = min((row.history[0][0] for row in rows if row.history), default=None)
    if first is None:
        return []
    start = max(first, min(row.cohort_starts_on for row in rows))
    ends = month_ends(start, today)[-MONTHS:]
    return [Month(end, dict(Counter(result for row in rows if (result := result_on(row, end))))) for end in ends]


def month_ends(first: date, last: date) -> list[date]:
    """The last day of each month from `first` on, and `last` itself in its own month."""
    ends = []
    year, month = first.year, first.month
    while (year, month) < (last.year, last.month):
        ends.append(date(year, month, monthrange(year, month)[1]))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return [*ends, last]


def result_on(row: ProjectRow, day: date) -> str | None:
    """The result a project had on a date; None before its first verdict."""
    return next((result for as_of, result in reversed(row.history) if as_of <= day), None)


def county_tiles(portfolio: Portfolio, rows: Sequence[ProjectRow]) -> list[CountyTile]:
    """The counties with projects, and around them the empty ones that existed when the first cohort started.

    As the eye and the keyboard meet them: from north to south, then from west to east.
    """
    order = [*RESULTS, None]
    found: dict[str, list[ProjectRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: order.index(row.result)):
        for county in {place.county for place in row.places}:
            found[county].append(row)
    tiles = [CountyTile(tile, tuple(found[tile.number])) for tile in _tiles(portfolio)]
    return sorted(tiles, key=lambda entry: (entry.tile.row or 99, entry.tile.column or 99, entry.tile.number))


def _tiles(portfolio: Portfolio) -> Iterable[Tile]:
    """Counties with entries in the catalogue first; one whose place on the map is taken is left without a place."""
    used = {place.county for row in portfolio.listed for place in row.places}
    since = _map_date(portfolio)
    shown: dict[str, Tile] = {}
    taken: set[tuple[int | None, int | None]] = {(None, None)}
    for tile in sorted(portfolio.tiles, key=lambda tile: tile.number not in used):
        is_free = (tile.row, tile.column) not in taken
        if tile.number in used:
            shown.setdefault(tile.number, tile if is_free else replace(tile, row=None, column=None))
        elif is_free and tile.valid_from <= since <= (tile.valid_to or since):
            shown[tile.number] = tile
        taken.add((tile.row, tile.column))
    return shown.values()


def _map_date(portfolio: Portfolio) -> date:
    """The date whose counties the map shows: the first cohort's start, or where the list of counties begins."""
    first = min((tile.valid_from for tile in portfolio.tiles), default=date.min)
    return max(first, min((row.cohort_starts_on for row in portfolio.listed), default=first))
