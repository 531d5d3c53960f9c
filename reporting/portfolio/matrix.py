"""The matrix of projects and pitfalls: its columns, its order, and which concern a cell leads to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from benefits.queries.ranking import project_key
from benefits.wording import concern_url, rule_short, rule_title
from reporting.portfolio.filters import PITFALLS, SIGN, Filters
from reporting.portfolio.rows import ProjectRow
from saman.sorting import norwegian
from saman.words import RESULTS

# Ascending by status is best first, as legends and bars have it; not assessed comes after all.
RESULT_ORDER = {result: place for place, result in enumerate(RESULTS)}


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, the address that sorts by it, and how it is sorted now (an aria-sort value, or nothing)."""

    key: str
    word: str
    title: str
    address: str
    sorted: str
    is_number: bool
    is_pitfall: bool
    signs: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One pitfall of one project: severity, and where in the project's pages a sign is explained.

    `is_unused`: it is about a room the project has not opened.
    """

    rule: str
    severity: int | None
    address: str = ""
    is_unused: bool = False

    @property
    def is_sign(self) -> bool:
        """Whether there is evidence to open."""
        return (self.severity or 0) >= SIGN


@dataclass(frozen=True, slots=True)
class Line:
    """One project of the matrix."""

    row: ProjectRow
    cells: tuple[Cell, ...]


def columns(rows: Sequence[ProjectRow], filters: Filters) -> list[Column]:
    """All columns from left to right."""
    texts = [("prosjekt", _("Prosjekt")), ("fylke", _("Fylke")), ("tema", _("Tema")), ("status", _("Status"))]
    made = [_column(key, word, "", filters) for key, word in texts]
    made.append(_column("malt", pgettext("targets", "Målt"), _("Effektmål som er målt"), filters, is_number=True))
    for code in PITFALLS:
        signs = sum((row.levels.get(code) or 0) >= SIGN for row in rows)
        made.append(_column(code, rule_short(code), rule_title(code), filters, is_pitfall=True, signs=signs))
    made.append(_column("saker", pgettext("concerns", "Saker"), "", filters, is_number=True))
    return made


def _column(
    key: str,
    word: str,
    title: str,
    filters: Filters,
    is_number: bool = False,
    is_pitfall: bool = False,
    signs: int = 0,
) -> Column:
    """A first click sorts texts from A, and numbers and signs from the top; the next turns it round."""
    now = {key: "ascending", f"-{key}": "descending"}.get(filters.sort, "")
    first = f"-{key}" if is_number or is_pitfall else key
    other = key if first != key else f"-{key}"
    address = filters.address(sort=other if filters.sort == first else first)
    return Column(key, word, title, address, now, is_number, is_pitfall, signs)


def lines(rows: Sequence[ProjectRow], filters: Filters) -> list[Line]:
    """The projects in the order asked for; the most exposed first when nothing is asked for."""
    return [Line(row, tuple(_cell(row, code) for code in PITFALLS)) for row in ordered(rows, filters.sort)]


def _cell(row: ProjectRow, code: str) -> Cell:
    severity = row.levels.get(code)
    if (severity or 0) < SIGN:
        return Cell(code, severity, is_unused=row.is_assessed and code not in row.levels)
    concern = next((concern for concern in row.concerns if code in concern.rules), None)
    return Cell(code, severity, concern_url(concern) if concern else reverse("project_overview", args=[row.slug]))


def ordered(rows: Sequence[ProjectRow], sort: str) -> list[ProjectRow]:
    """Sorted by a column, equal projects always by name."""
    by_name = sorted(rows, key=lambda row: norwegian(row.title))
    if not sort:
        return sorted(by_name, key=_exposure)
    return sorted(by_name, key=_sort_key(sort.removeprefix("-")), reverse=sort.startswith("-"))


def _exposure(row: ProjectRow) -> tuple[Any, ...]:
    """The gravest risk first, then as the one ranking has it, then by how many concerns."""
    place = project_key(row.concerns)
    return (-(row.risk or 0), place is None, place or (), -len(row.concerns))


def _sort_key(column: str) -> Callable[[ProjectRow], Any]:
    keys: dict[str, Callable[[ProjectRow], Any]] = {
        "prosjekt": lambda row: norwegian(row.title),
        "fylke": lambda row: norwegian(row.places[0].county_name if row.places else ""),
        "tema": lambda row: [norwegian(str(theme)) for theme in row.themes],
        "status": lambda row: RESULT_ORDER.get(row.result or "", len(RESULT_ORDER)),
        "malt": lambda row: (row.measured / len(row.targets) if row.targets else -1, len(row.targets)),
        "saker": lambda row: len(row.concerns),
    }
    return keys.get(column) or (lambda row: -1 if (level := row.levels.get(column)) is None else level)
