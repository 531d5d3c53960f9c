"""Freed time summed over projects, from what each assessment says: attested time only, each hour once.

A project without a ledger is not in the sum, and is not zero: the sum says how many projects it is of, and how fresh.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from benefits.suppression import FEWEST

ZERO = Decimal(0)
Part = Mapping[str, Any]  # a stored `FreedTotal`


@dataclass(frozen=True, slots=True)
class FreedSum:
    """In årsverk: what the line has attested, what of it is decided on, and what is entered and not attested.

    `ledgers`: projects with a ledger, of `projects`; `as_of`: the oldest assessment among those. `is_hidden`: any part
    of it is about so few that somebody could be known by it, to people outside the projects; a sum would tell it.
    """

    freed: Decimal = ZERO
    used: Decimal = ZERO
    unattested: Decimal = ZERO
    ledgers: int = 0
    projects: int = 0
    as_of: date | None = None
    is_hidden: bool = False

    @property
    def share(self) -> float | None:
        """The part of the freed time that is decided on; None where nothing is freed."""
        return float(self.used / self.freed) if self.freed else None


def freed_sum(projects: Iterable[tuple[Iterable[Part], date | None]]) -> FreedSum:
    """The sum of (parts, date of the assessment) of some projects; parts are of the places one asks about."""
    every = [(list(parts), as_of) for parts, as_of in projects]
    kept = [(parts, as_of) for parts, as_of in every if parts]
    parts = [part for own, _as_of in kept for part in own]
    return FreedSum(
        freed=_total(parts, "freed"),
        used=_total(parts, "used"),
        unattested=_total(parts, "unattested"),
        ledgers=len(kept),
        projects=len(every),
        as_of=min((as_of for _own, as_of in kept if as_of), default=None),
        is_hidden=any(_is_of_few(part) for part in parts),
    )


def _is_of_few(part: Part) -> bool:
    """Whether the attested time, or what waits for it, is known to be spread over too few; unknown is not few."""
    of = ((part["freed"], part["positions"]), (part["unattested"], part.get("positions_unattested")))
    return any(fte > 0 and positions is not None and positions < FEWEST for fte, positions in of)


def _total(parts: Iterable[Part], name: str) -> Decimal:
    return sum((Decimal(str(part[name])) for part in parts), ZERO)
