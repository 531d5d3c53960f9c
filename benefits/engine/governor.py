"""The governor: a rule that cries too often is held at WATCH until an administrator has looked (source: decisions 18c).

What counts as too often, how long a release lasts, and how many warnings chance alone would give.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

CRITICAL_SHARE = 0.20  # of a programme's projects in use (decisions 18c)
FEWEST_PROJECTS = 10  # in use, before a share of them is judged: the n of decisions 18c, here for projects too
FALSE_SHARE = 0.25  # of a rule's warnings opened in the last year (decisions 18c)
FEWEST_OPENINGS = 10  # warnings opened in that year, before a share of them is judged (decisions 18c: n >= 10)
LOOK_BACK = timedelta(days=365)
Share = tuple[float, float]  # where the target says what change matters, and where it does not
Looks = Mapping[tuple[str, bool], int]  # points judged, by frequency and whether the target says what change matters
RELEASE = timedelta(days=90)  # a release lasts this long, or until the share has grown (our choice)

# How often chance alone opens a rule at one look: the share of series it is ever open in, of those that should never
# meet it, over the looks in them. R0 from statistics.md «R0, relapse» (24 months at sd/gain .5: monthly 2.4 % in 24
# looks, quarterly 2.7 % in 8; yearly 5 % demanded, in 2). V6 from `simulate_rules` (`simulation.movement`, on the path,
# the worse spread of the two), apart for targets that say what change matters and those that do not.
FALSE_PER_LOOK: dict[str, dict[str, Share]] = {
    "R0": {"monthly": (0.024 / 24,) * 2, "quarterly": (0.027 / 8,) * 2, "yearly": (0.05 / 2,) * 2},
    "V6": {
        "monthly": (0.025 / 36, 0.41 / 36),
        "quarterly": (0.017 / 12, 0.19 / 12),
        "yearly": (0.006 / 6, 0.13 / 6),
    },
}
# Chance has a part in V5 too; how large depends on what change matters in the control indicator, so no figure is known.
# The other rules compare what is recorded, and chance has no part in them.
CHANCE_UNKNOWN = frozenset({"V5"})
# The share of looks at which a series on its path is called behind or at risk (`simulate_rules`, sd/way .5, σ known).
BEHIND_PER_LOOK = {"monthly": 0.087, "quarterly": 0.073, "yearly": 0.04}


class Ground(StrEnum):
    """Why a rule is held."""

    CRITICAL = "critical"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Tally:
    """One rule in one programme on a date: projects in use and those where it is CRITICAL; its warnings opened within
    a year and those of them that people have reported as false.
    """

    rule: str
    projects: int = 0
    critical: int = 0
    openings: int = 0
    false: int = 0

    def share(self, ground: Ground) -> float | None:
        """The share that may hold the rule; None with too few to judge."""
        part, whole, fewest = {
            Ground.CRITICAL: (self.critical, self.projects, FEWEST_PROJECTS),
            Ground.FALSE: (self.false, self.openings, FEWEST_OPENINGS),
        }[ground]
        return part / whole if whole >= fewest else None


@dataclass(frozen=True, slots=True)
class Release:
    """That an administrator has looked: the ground, the share then, and when."""

    ground: Ground
    share: float
    on: date


def ground_to_hold(tally: Tally, releases: Mapping[Ground, Release], as_of: date) -> Ground | None:
    """Why the rule is to be held on a date; None when it is not. `releases`: the newest one for each ground."""
    limits = {Ground.CRITICAL: CRITICAL_SHARE, Ground.FALSE: FALSE_SHARE}
    for ground, limit in limits.items():
        share = tally.share(ground)
        if share is not None and share > limit and not _is_released(share, releases.get(ground), as_of):
            return ground
    return None


def _is_released(share: float, release: Release | None, as_of: date) -> bool:
    """Whether an administrator has looked at no worse figures lately."""
    return release is not None and as_of <= release.on + RELEASE and share <= release.share


def expected_false(rule: str, looks: Looks) -> float | None:
    """How many warnings chance alone would open; None where it has no part, or a part nobody knows the size of."""
    rates = FALSE_PER_LOOK.get(rule)
    if rates is None:
        return None
    none = (0.0, 0.0)
    return sum(rates.get(often, none)[0 if is_said else 1] * count for (often, is_said), count in looks.items())


def expected_behind(looks: Looks) -> float:
    """How many of the looks chance alone would call behind or at risk, were every target on its path."""
    return sum(BEHIND_PER_LOOK.get(often, 0.0) * count for (often, _is_said), count in looks.items())
