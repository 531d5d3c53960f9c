"""What a map is made of, for drawing and following it: boxes in columns, and lines that lead onwards."""

from dataclasses import dataclass

COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Box:
    """One box: which column it stands in (from 0), and its place among those that are otherwise equal."""

    id: int
    column: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One box leads to another, in a column further on."""

    id: int
    origin: int
    leads_to: int
