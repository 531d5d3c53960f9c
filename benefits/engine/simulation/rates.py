"""One line of the simulation's answer: how often, how often was demanded, and whether it holds."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benefits.engine.noise import Bools


@dataclass(frozen=True, slots=True)
class Rate:
    """`ever`: the share of series in which it happened at any look; `per_look`: of all looks; `worst`: at one look.

    `least`, `most`: what is demanded of `ever` (or of `per_look` where `is_per_look`); None: printed, not demanded.
    """

    group: str
    process: str
    ever: float
    per_look: float
    worst: float
    series: int
    least: float | None = None
    most: float | None = None
    is_per_look: bool = False
    is_goal: bool = False

    @property
    def judged(self) -> float:
        """The figure the demand is about."""
        return self.per_look if self.is_per_look else self.ever

    @property
    def is_met(self) -> bool | None:
        """Whether the demand holds; None where nothing is demanded. A goal is printed, and never fails."""
        if (self.least is None and self.most is None) or self.is_goal:
            return None
        return self.reaches(0.0)

    def reaches(self, slack: float) -> bool:
        """Whether the figure is within its bounds, but for `slack`."""
        low = 0.0 if self.least is None else self.least
        return low - slack <= self.judged <= (1.0 if self.most is None else self.most) + slack

    @property
    def demand(self) -> str:
        """What is demanded, in signs."""
        if self.least is not None and self.most is not None:
            text = f"{self.least:.0%}–{self.most:.0%}"
        elif self.least is not None:
            text = f"≥ {self.least:.0%}"
        else:
            text = "" if self.most is None else f"≤ {self.most:.0%}"
        if not text:
            return ""
        return text + (" per look" if self.is_per_look else "") + (" (goal)" if self.is_goal else "")


def looked(looks: list[Bools]) -> tuple[float, float, float]:
    """(ever, per look, worst look) of what was seen at each look, arrays (s,)."""
    seen = np.array(looks)
    return float(seen.any(axis=0).mean()), float(seen.mean()), float(seen.mean(axis=1).max())


def each_look(look: Callable[[int], Bools], first: int, last: int) -> tuple[float, float, float]:
    """(ever, per look, worst look) when series are looked at after each of points `first` … `last`, as in life."""
    return looked([look(end) for end in range(first, last + 1)])
